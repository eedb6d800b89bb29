package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;

/**
 * A message on its way: first it waits, for its topic id or its turn, then it is PUBLISH and PUBACK at QoS 1, and at QoS 2
 * PUBLISH, PUBREC, PUBREL and PUBCOMP, or a rejecting PUBACK (1.2 §6.6). Owned by the session.
 */
final class Publication implements Exchange {
    /** Is told how it ended. */
    @FunctionalInterface
    interface Owner {
        void onAnswered(Publication publication, ReturnCode returnCode);
    }

    final OutgoingMessage message;
    final Reply<Done> reply;

    private final Owner owner;
    private int topicId;
    private int packetId = PacketIds.NONE;
    private boolean isCopy;
    private boolean isReceived;
    private boolean isSecondTry;

    Publication(OutgoingMessage message, Reply<Done> reply, Owner owner) {
        this.message = message;
        this.reply = reply;
        this.owner = owner;
    }

    /** Whether a PUBLISH is to be sent, and not only the PUBREL that follows its PUBREC. */
    boolean needsTopicId() {
        return !isReceived;
    }

    /** Whether it goes on in a connection after the one it began in, under the packet id that it had. */
    boolean isCarriedOver() {
        return packetId != PacketIds.NONE;
    }

    int packetId() {
        return packetId;
    }

    void begin(int newTopicId, int newPacketId) {
        isCopy = isCarriedOver();
        topicId = newTopicId;
        packetId = newPacketId;
    }

    /** As if it had never been sent. */
    void startOver() {
        packetId = PacketIds.NONE;
        isReceived = false;
    }

    /** Its topic id was refused; false if another one is of no use, or has been tried already. */
    boolean beginsAnew() {
        if (isSecondTry || !(message.topic() instanceof Topic.Name)) {
            return false;
        }
        isSecondTry = true;
        packetId = PacketIds.NONE;
        return true;
    }

    @Override
    public Packet packet() {
        if (isReceived) {
            return new PubRel(packetId);
        }
        return new Publish(
                isCopy,
                message.qos(),
                message.retain(),
                message.topic().idType(),
                topicId,
                packetId,
                message.payload());
    }

    @Override
    public Step onAnswer(Packet answer) {
        if (answer instanceof PubAck pubAck && ends(pubAck)) {
            return Step.SETTLE;
        }
        if (message.qos() == Qos.EXACTLY_ONCE && !isReceived && answer instanceof PubRec) {
            isReceived = true; // a second PUBREC is a copy: the retry timer repeats PUBREL anyway
            return Step.CONTINUE;
        }
        return isReceived && answer instanceof PubComp ? Step.SETTLE : Step.IGNORE;
    }

    private boolean ends(PubAck pubAck) {
        return message.qos() == Qos.AT_LEAST_ONCE || (!isReceived && pubAck.returnCode() != ReturnCode.ACCEPTED);
    }

    @Override
    public void onSettled(Packet answer) {
        owner.onAnswered(this, answer instanceof PubAck pubAck ? pubAck.returnCode() : ReturnCode.ACCEPTED);
    }

    @Override
    public void onFailed(ClientException cause) {
        reply.failed(cause);
    }
}
