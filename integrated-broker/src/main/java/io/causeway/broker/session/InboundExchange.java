package io.causeway.broker.session;

import io.causeway.routing.Qos;
import io.causeway.store.Changes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message of a client at QoS 1 or 2, from its PUBLISH to its acknowledgement; at QoS 2 to its PUBREL. Owned by the
 * session's loop, but for {@link #run}.
 */
final class InboundExchange implements Runnable {
    private final int packetId;
    private final Qos qos;
    private final Inbox<InboundExchange> settled;
    private @Nullable InboundPublishes asker;
    private Reason reason = Reason.SUCCESS;
    private @Nullable InboundSteps steps;
    private @Nullable Changes together;
    private boolean queued;
    private boolean recorded;
    private boolean safe;
    private boolean answered;

    /**
     * @param settled takes this exchange to its loop when it can go on
     * @param asker   who is to be answered, or null if nobody waits
     */
    InboundExchange(int packetId, Qos qos, Inbox<InboundExchange> settled, @Nullable InboundPublishes asker) {
        this.packetId = packetId;
        this.qos = qos;
        this.settled = settled;
        this.asker = asker;
    }

    /** Of a stored session: the client has the PUBREC, or asks for it again. */
    static InboundExchange restored(int packetId, Inbox<InboundExchange> settled) {
        InboundExchange exchange = new InboundExchange(packetId, Qos.EXACTLY_ONCE, settled, null);
        exchange.recorded = true;
        exchange.becomeSafe();
        exchange.setAnswered();
        return exchange;
    }

    /** It is one step with what its subscribers keep of it. */
    void begin(InboundSteps newSteps, Changes newTogether) {
        steps = newSteps;
        together = newTogether;
    }

    /** Every queue has taken or refused the message; if it is one step with that, again when it is durable. Any thread. */
    @Override
    public void run() {
        settled.add(this);
    }

    /** Goes on, on its loop, after {@link #run}. True if it may be answered now. */
    boolean advance() {
        InboundSteps present = steps;
        if (present != null && !queued) {
            queued = true;
            present.takeInOrder();
            return false;
        }
        becomeSafe();
        return true;
    }

    /** Every queue has the message. */
    boolean isQueued() {
        return queued;
    }

    /** Of an exchange that is one step with what others keep. */
    Changes together() {
        return Objects.requireNonNull(together);
    }

    /** The store has it, or will. */
    boolean isRecorded() {
        return recorded;
    }

    void setRecorded() {
        recorded = true;
    }

    int packetId() {
        return packetId;
    }

    Qos qos() {
        return qos;
    }

    Reason reason() {
        return reason;
    }

    /** What the answer will say. */
    void decide(Reason newReason) {
        reason = newReason;
    }

    /** Whether it may be answered: the message is where it belongs, or was refused. */
    boolean isSafe() {
        return safe;
    }

    void becomeSafe() {
        safe = true;
    }

    /** PUBREC or PUBACK was sent, on this connection or an earlier one. */
    boolean isAnswered() {
        return answered;
    }

    void setAnswered() {
        answered = true;
    }

    /** Where the client waits for the answer. */
    @Nullable
    InboundPublishes asker() {
        return asker;
    }

    void askedBy(InboundPublishes newAsker) {
        asker = newAsker;
    }

    /** The client is gone; what it sends on its next connection is another question. */
    void forgetAsker(InboundPublishes former) {
        if (asker == former) {
            asker = null;
        }
    }
}
