package io.causeway.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Changes;
import io.causeway.store.StoredMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for one client, from its queue to the client's last acknowledgement. Owned by the session's loop; what the
 * store has of it is the affair of {@link SessionRecord}.
 */
final class Outgoing {
    private final ApplicationMessage message;
    private final long sequence;
    private final @Nullable Changes together;
    private int packetId;
    private boolean sentBefore;
    private boolean released;
    /** The store has been told of it. */
    private boolean recorded;
    /** It is settled or dropped: the store need not know. */
    private boolean gone;

    /**
     * @param sequence its place among all messages of the session that are kept, from 1; 0 if it is not to be kept
     * @param together what it becomes durable with, if that is not a change of its session alone
     */
    Outgoing(ApplicationMessage message, long sequence, @Nullable Changes together) {
        this.message = message;
        this.sequence = sequence;
        this.together = together;
    }

    static Outgoing restored(StoredMessage stored) {
        Outgoing restored = new Outgoing(stored.message(), stored.sequence(), null);
        restored.packetId = stored.packetId();
        restored.sentBefore = stored.packetId() != 0;
        restored.released = stored.released();
        restored.recorded = true;
        return restored;
    }

    StoredMessage toStored() {
        return new StoredMessage(sequence, message, List.of(), packetId, released);
    }

    ApplicationMessage message() {
        return message;
    }

    String topic() {
        return message.topic();
    }

    Qos qos() {
        return message.qos();
    }

    int weightOctets() {
        return message.weightOctets();
    }

    long sequence() {
        return sequence;
    }

    @Nullable
    Changes together() {
        return together;
    }

    /** Not before what it is one step with is durable: after a crash it might come once more. */
    boolean maySend() {
        return together == null || together.isDurable();
    }

    /** The packet id of its PUBLISH, 0 if it has none yet. */
    int packetId() {
        return packetId;
    }

    void setPacketId(int newPacketId) {
        packetId = newPacketId;
    }

    /** The client may have it already. */
    boolean isSentBefore() {
        return sentBefore;
    }

    /** @return false if it is larger than the link carries; nothing was sent then */
    boolean publishTo(ClientPort port, TopicReference named) {
        sentBefore = port.publish(
                sentBefore, qos(), message.retain(), named.form(), named.value(), packetId, message.payload());
        return sentBefore;
    }

    /** QoS 2: the client has said that it has it. */
    boolean isReleased() {
        return released;
    }

    void release() {
        released = true;
    }

    boolean isRecorded() {
        return recorded;
    }

    void setRecorded() {
        recorded = true;
    }

    boolean isGone() {
        return gone;
    }

    void setGone() {
        gone = true;
    }
}
