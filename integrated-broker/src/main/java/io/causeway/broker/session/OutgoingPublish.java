package io.causeway.broker.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.SubscriptionOptions;
import java.util.List;

/** A message on its way to one client, from its queue to its acknowledgement. Owned by the session's loop. */
final class OutgoingPublish {
    /** At QoS 0, and before it is sent. */
    static final int NO_PACKET_ID = 0;

    private final ApplicationMessage message;
    private final Qos qos;
    private final List<Integer> subscriptionIds;
    private int packetId = NO_PACKET_ID;
    private long sequence;
    private boolean released;
    private boolean outstanding;

    /**
     * @param message with the retain flag as the client is to get it
     * @param qos     no more than the message's own
     */
    OutgoingPublish(ApplicationMessage message, Qos qos, List<Integer> subscriptionIds) {
        this.message = message;
        this.qos = qos;
        this.subscriptionIds = subscriptionIds;
    }

    /** As a subscription wants the message. */
    static OutgoingPublish of(ApplicationMessage message, SubscriptionOptions options) {
        return new OutgoingPublish(message, message.qos().min(options.qos()), options.identifiers());
    }

    ApplicationMessage message() {
        return message;
    }

    Qos qos() {
        return qos;
    }

    List<Integer> subscriptionIds() {
        return subscriptionIds;
    }

    int weightOctets() {
        return message.weightOctets();
    }

    int packetId() {
        return packetId;
    }

    /** Place among all messages that the session has sent. */
    long sequence() {
        return sequence;
    }

    void assign(int newPacketId, long newSequence) {
        packetId = newPacketId;
        sequence = newSequence;
    }

    /** QoS 2: the client has it, and PUBREL was sent. */
    boolean isReleased() {
        return released;
    }

    void release() {
        released = true;
    }

    /** Counts against the client's receive maximum: PUBLISH was sent on this connection. */
    boolean isOutstanding() {
        return outstanding;
    }

    void setOutstanding(boolean now) {
        outstanding = now;
    }
}
