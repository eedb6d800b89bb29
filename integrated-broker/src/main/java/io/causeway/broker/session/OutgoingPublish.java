package io.causeway.broker.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.store.Changes;
import io.causeway.store.StoredMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message on its way to one client, from its queue to its acknowledgement. Owned by the session's loop. */
final class OutgoingPublish {
    /** At QoS 0, and before it is sent. */
    static final int NO_PACKET_ID = 0;

    /** The client gets all of a topic and QoS in the order in which they came [MQTT-4.6.0-5]. */
    record Order(String topic, Qos qos) {}

    private final ApplicationMessage message;
    private final Qos qos;
    private final List<Integer> subscriptionIds;
    private @Nullable Changes together;
    private int packetId = NO_PACKET_ID;
    private long sequence;
    private boolean recorded;
    private boolean released;
    private boolean outstanding;

    /**
     * @param message  with the retain flag as the client is to get it
     * @param qos      no more than the message's own
     * @param together what has to be durable before the client may get the message, or null
     */
    private OutgoingPublish(
            ApplicationMessage message, Qos qos, List<Integer> subscriptionIds, @Nullable Changes together) {
        this.message = message;
        this.qos = qos;
        this.subscriptionIds = subscriptionIds;
        this.together = together;
    }

    /** As a subscription wants the message. */
    static OutgoingPublish of(ApplicationMessage message, SubscriptionOptions options, @Nullable Changes together) {
        return new OutgoingPublish(message, message.qos().min(options.qos()), options.identifiers(), together);
    }

    /** As it was kept; a packet id is still to be given to it. */
    static OutgoingPublish restored(StoredMessage stored) {
        ApplicationMessage message = stored.message();
        OutgoingPublish publish = new OutgoingPublish(message, message.qos(), stored.identifiers(), null);
        publish.sequence = stored.sequence();
        publish.released = stored.released();
        publish.recorded = true;
        return publish;
    }

    StoredMessage toStored() {
        return new StoredMessage(sequence, message.withQos(qos), subscriptionIds, packetId, released);
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

    void assign(int newPacketId) {
        packetId = newPacketId;
    }

    /** Place among all messages that were to be sent to the client, from 1. */
    long sequence() {
        return sequence;
    }

    void setSequence(long newSequence) {
        sequence = newSequence;
    }

    /** What it becomes durable with, or null when that is done. */
    @Nullable
    Changes together() {
        return together;
    }

    /** Whether the client may get it. */
    boolean isReady() {
        return together == null;
    }

    /** What it is one step with is durable. */
    void becomeReady() {
        together = null;
    }

    Order order() {
        return new Order(message.topic(), qos);
    }

    /** The store has it, or will. */
    boolean isRecorded() {
        return recorded;
    }

    void setRecorded(boolean now) {
        recorded = now;
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
