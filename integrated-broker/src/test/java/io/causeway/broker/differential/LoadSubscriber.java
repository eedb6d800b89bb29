package io.causeway.broker.differential;

import java.util.ArrayList;
import java.util.List;

/** Receives what {@link LoadPublisher}s publish, in a session that outlives its connections. For one thread. */
final class LoadSubscriber implements AutoCloseable {
    private static final Properties LASTING = Properties.NONE.with(Property.SESSION_EXPIRY, 100_000);

    private final int port;
    private final String name;
    private final PacketWriter writer;
    private final Properties properties;
    private final Ledger ledger;
    private final List<Integer> unacknowledged = new ArrayList<>();
    private RawClient client;

    /** @param receiveMaximum how many messages it takes before they are acknowledged */
    LoadSubscriber(int port, Version version, String name, int qos, int receiveMaximum, int publishers) {
        this.port = port;
        this.name = name;
        this.writer = new PacketWriter(version);
        this.properties = LASTING.with(Property.RECEIVE_MAXIMUM, receiveMaximum);
        this.ledger = new Ledger(publishers);
        this.client = connected();
        client.send(writer.subscribe(1, Properties.NONE, List.of(Filter.of("load/#", qos))));
        client.expect(PacketType.SUBACK);
    }

    private RawClient connected() {
        RawClient connected = new RawClient(port, writer.version());
        connected.send(writer.connect(name, false, 0, properties, Will.NONE));
        connected.expect(PacketType.CONNACK);
        return connected;
    }

    /** Receives and acknowledges until it has so many messages in all. */
    void receive(long messages) {
        while (ledger.messages() < messages) {
            take(client.expect(PacketType.PUBLISH));
            acknowledge();
        }
    }

    /** As {@link #receive}, but its connection is cut each time when it has so many more, the last unacknowledged. */
    void receiveOverReconnections(long messages, int messagesEach) {
        while (ledger.messages() < messages) {
            Packet publish = client.expect(PacketType.PUBLISH);
            if (take(publish) && ledger.messages() % messagesEach == 0) {
                reconnect();
            } else {
                acknowledge();
            }
        }
    }

    /** Receives without acknowledging, up to the answer to a PINGREQ. */
    void receiveOnly() {
        client.send(writer.pingReq());
        Packet next = client.next();
        while (next.type() != PacketType.PINGRESP) {
            take(next);
            next = client.next();
        }
    }

    /** Receives and acknowledges until nothing more comes. */
    void receiveRest() {
        boolean isMore = true;
        while (isMore) {
            receiveOnly();
            isMore = !unacknowledged.isEmpty();
            acknowledge();
        }
    }

    private boolean take(Packet publish) {
        if (publish.qos() > 0) {
            unacknowledged.add(publish.id());
        }
        return ledger.add(publish);
    }

    private void acknowledge() {
        unacknowledged.forEach(id -> client.send(writer.acknowledgement(PacketType.PUBACK, id)));
        unacknowledged.clear();
    }

    void cut() {
        client.close();
        unacknowledged.clear();
    }

    void reconnect() {
        cut();
        client = connected();
    }

    /** Its session ends, with all that is in it. */
    void leaveForGood() {
        client.send(writer.disconnect(0, Properties.NONE.with(Property.SESSION_EXPIRY, 0)));
        while (client.read().isPresent()) {
            // until the broker has closed
        }
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        client.close();
    }
}
