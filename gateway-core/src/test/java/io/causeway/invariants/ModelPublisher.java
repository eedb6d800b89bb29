package io.causeway.invariants;

import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one client publishes: one message after the other, each repeated until it is acknowledged (1.2 §6.6), over as
 * many connections as that takes.
 */
final class ModelPublisher {
    private static final long CONGESTION_PAUSE_NANOS = 1_000_000_000L;
    private static final int LONGEST_PAUSE_SECONDS = 3;

    private final String clientId;
    private final Dice dice;
    private final int messages;
    private final List<Message> acknowledged = new ArrayList<>();
    private @Nullable Message current;
    private int msgId;
    private boolean sentBefore;
    private boolean released;
    private long notBefore;

    ModelPublisher(String clientId, Dice dice, int messages) {
        this.clientId = clientId;
        this.dice = dice;
        this.messages = messages;
    }

    /** All that were acknowledged, in order. */
    List<Message> acknowledged() {
        return acknowledged;
    }

    boolean isDone() {
        return current == null && acknowledged.size() >= messages;
    }

    boolean isBusy() {
        return current != null;
    }

    /** When there may be something to send. */
    long notBefore() {
        return notBefore;
    }

    /** The message to be sent now, or null. */
    @Nullable
    Message toSend(long now) {
        if (now < notBefore) {
            return null;
        }
        if (current == null && acknowledged.size() < messages) {
            current = new Message(clientId, pickTopic(), acknowledged.size(), pickQos());
            msgId = 0;
            sentBefore = false;
            released = false;
        }
        return current;
    }

    /** The broker has it, and the client has been told: now PUBREL. */
    boolean isReleased() {
        return released;
    }

    int msgId(MsgIds ids) {
        if (msgId == 0) {
            msgId = ids.next();
        }
        return msgId;
    }

    Publish packet(Message message, int topicId, MsgIds ids) {
        boolean dup = sentBefore;
        sentBefore = true;
        return new Publish(dup, message.qos(), false, message.topic().form(), topicId, msgId(ids), message.payload());
    }

    /** Whether the acknowledgement is for the message in flight. */
    boolean awaits(int acknowledgedId) {
        return current != null && msgId == acknowledgedId && msgId != 0;
    }

    void onCongestion(long now) {
        notBefore = now + CONGESTION_PAUSE_NANOS;
    }

    void onReceived() {
        released = true;
    }

    void onDone(long now) {
        Message done = current;
        if (done != null) {
            acknowledged.add(done);
            current = null;
            notBefore = now + dice.nanos(LONGEST_PAUSE_SECONDS);
        }
    }

    private ModelTopic pickTopic() {
        return ModelTopic.ALL.get(dice.number(ModelTopic.ALL.size()));
    }

    /**
     * The first at QoS 1: only from the second on can a gateway know that this client numbers its messages, and so tell
     * the network's copy of a completed QoS 2 message from the same content sent again.
     */
    private Qos pickQos() {
        return acknowledged.isEmpty() || dice.oneIn(2) ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE;
    }
}
