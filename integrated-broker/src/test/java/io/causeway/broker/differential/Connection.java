package io.causeway.broker.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection of a {@link Participant}: answers what comes as the protocol wants it, unless told to hold the answers
 * back, and remembers what came.
 */
final class Connection {
    private final RawClient client;
    private final PacketWriter writer;
    private final List<Packet> received = new ArrayList<>();
    private final List<byte[]> held = new ArrayList<>();
    private final List<Step.Stage> holding = new ArrayList<>();
    /** Of what was sent and is to be answered: type and packet id. */
    private final List<String> awaited = new ArrayList<>();

    private boolean ended;
    private boolean cut;

    Connection(int port, Version version) {
        client = new RawClient(port, version);
        writer = new PacketWriter(version);
    }

    PacketWriter writer() {
        return writer;
    }

    void send(byte[] octets) {
        client.send(octets);
    }

    /** Sends what is to be answered by such a packet. */
    void sendAwaiting(PacketType answer, int id, byte[] octets) {
        awaited.add(answer + " " + id);
        client.send(octets);
    }

    /** Reads until a packet of the type or the end. */
    void readUntil(PacketType type) {
        while (!ended && next() != type) {
            // what came is remembered
        }
    }

    void readToTheEnd() {
        while (!ended) {
            next();
        }
    }

    void readOne() {
        next();
    }

    /**
     * Reads until the answer to a PINGREQ.
     *
     * @return whether anything else has come
     */
    boolean readUntilPong() {
        int before = received.size();
        while (!ended && next() != PacketType.PINGRESP) {
            // what came is remembered
        }
        return ended || received.size() > before;
    }

    private PacketType next() {
        Optional<Packet> read = client.read();
        if (read.isEmpty()) {
            ended = true;
            awaited.clear();
            client.close();
            return PacketType.DISCONNECT;
        }
        Packet packet = read.get();
        if (packet.type() != PacketType.PINGRESP) {
            received.add(packet);
            checkOrder(packet);
            awaited.remove(packet.type() + " " + packet.id());
            answer(packet);
        }
        return packet.type();
    }

    /** PUBACKs come in the order of what they acknowledge [MQTT-4.6.0-2]. */
    private void checkOrder(Packet packet) {
        String answer = packet.type() + " " + packet.id();
        boolean isFirst = awaited.stream()
                .filter(each -> each.startsWith(packet.type().name()))
                .findFirst()
                .filter(answer::equals)
                .isPresent();
        if (packet.type() == PacketType.PUBACK && !isFirst) {
            throw new IllegalStateException(answer + " instead of " + awaited);
        }
    }

    private void answer(Packet packet) {
        switch (packet.type()) {
            case PUBLISH -> answerPublish(packet);
            case PUBREL -> answer(Step.Stage.PUBREL, PacketType.PUBCOMP, packet.id());
            case PUBREC -> answerPubRec(packet);
            default -> {}
        }
    }

    private void answerPublish(Packet publish) {
        switch (publish.qos()) {
            case 1 -> answer(Step.Stage.PUBLISH, PacketType.PUBACK, publish.id());
            case 2 -> answer(Step.Stage.PUBLISH, PacketType.PUBREC, publish.id());
            default -> {}
        }
    }

    /** A message that was only begun is finished by a step of its own. */
    private void answerPubRec(Packet pubRec) {
        if (awaited.contains(PacketType.PUBCOMP + " " + pubRec.id())) {
            if (pubRec.isRefusal()) {
                awaited.remove(PacketType.PUBCOMP + " " + pubRec.id());
            } else {
                client.send(writer.acknowledgement(PacketType.PUBREL, pubRec.id()));
            }
        }
    }

    private void answer(Step.Stage stage, PacketType type, int id) {
        byte[] octets = writer.acknowledgement(type, id);
        if (holding.contains(stage)) {
            held.add(octets);
        } else {
            client.send(octets);
        }
    }

    void hold(Step.Stage stage) {
        holding.add(stage);
    }

    void release() {
        holding.clear();
        held.forEach(client::send);
        held.clear();
    }

    /** Ends it without a word. */
    void cut() {
        ended = true;
        cut = true;
        awaited.clear();
        client.close();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether it was the broker who ended it. */
    boolean wasEnded() {
        return ended && !cut;
    }

    boolean isWaiting() {
        return !awaited.isEmpty();
    }

    /** What was to be answered and, as it seems, never will be. */
    List<String> takeUnanswered() {
        List<String> taken = List.copyOf(awaited);
        awaited.clear();
        return taken;
    }

    /** What has come since the last call. */
    List<Packet> takeReceived() {
        List<Packet> taken = List.copyOf(received);
        received.clear();
        return taken;
    }
}
