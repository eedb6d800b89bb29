package io.causeway.broker.session;

import io.causeway.routing.Qos;
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
    private boolean safe;
    private boolean answered;

    /**
     * @param settled takes this exchange to its loop when every queue has the message
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
        exchange.becomeSafe();
        exchange.setAnswered();
        return exchange;
    }

    /** Every queue has taken or refused the message. Any thread, once. */
    @Override
    public void run() {
        settled.add(this);
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
