package io.causeway.session;

import org.slf4j.LoggerFactory;

/**
 * Tells those who have no session that they may not connect, or are not connected. Their addresses may be invented, so
 * that they are answered at a limited rate. Owned by the shard's loop.
 */
final class Strangers {
    private static final int ANSWERS_PER_SECOND = 5_000;
    private static final int EVENT_LINES_PER_SECOND = 50;

    private final Counters<Count> counters;
    private final TokenBucket answers;
    /** Apart from the others: a flood of strangers must not hide who of the known is lost. */
    private final EventLog log;

    Strangers(Counters<Count> counters, long nowNanos) {
        this.counters = counters;
        this.answers = new TokenBucket(ANSWERS_PER_SECOND, nowNanos);
        this.log = new EventLog(LoggerFactory.getLogger("clients"), EVENT_LINES_PER_SECOND, nowNanos);
    }

    /** Refuses a CONNECT. */
    void refuse(Count cause, ReasonCode reason, String clientId, NetworkIdentity from, ClientPort port, long nowNanos) {
        counters.add(cause);
        log.warning(nowNanos, "connection refused", clientId, from, cause.help());
        if (answers.tryTake(nowNanos)) {
            port.connAck(reason);
        } else {
            counters.add(Count.CONNECTS_REFUSED_UNANSWERED);
        }
    }

    /** A packet needed a session, and its sender has none (1.2 §5.4.21). */
    void turnAway(ClientPort port, long nowNanos) {
        counters.add(Count.UNKNOWN_SENDER);
        if (answers.tryTake(nowNanos)) {
            port.disconnect();
        }
    }

    void sumUp(long nowNanos) {
        log.sumUp(nowNanos);
    }
}
