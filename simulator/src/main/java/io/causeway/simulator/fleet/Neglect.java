package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Nanos;
import io.causeway.simulator.scenario.Connection;
import java.time.Duration;

/**
 * Whether the gateway leaves a sensor without what it asks for, although the network would let an answer through. Owned by
 * the thread of the run.
 */
final class Neglect {
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(15);

    private final Wire wire;
    private final long patienceNanos;
    private boolean isAsking;
    private long askedNanos;

    /** @param connection as its firmware has it: a real network may lose an answer, too, and each repetition */
    Neglect(Wire wire, Connection connection) {
        this.wire = wire;
        long repeatingNanos = connection.retryInterval().toNanos() * (connection.retryCount() + 1);
        this.patienceNanos = Math.max(LEAST_PATIENCE.toNanos(), repeatingNanos);
    }

    /** It asks, maybe not for the first time. */
    void onAsked(long nowNanos) {
        if (!isAsking) {
            isAsking = true;
            askedNanos = nowNanos;
        }
    }

    /** The gateway serves it. */
    void onServed() {
        isAsking = false;
    }

    /** Whether all repetitions have been in vain. */
    boolean isFelt(long nowNanos) {
        return isAskingFor(patienceNanos, nowNanos);
    }

    /** Whether it waits longer than an answer takes: of one sensor alone that may be bad luck. */
    boolean isSuspected(long nowNanos) {
        return isAskingFor(LEAST_PATIENCE.toNanos(), nowNanos);
    }

    /** While the network loses what is asked, or answered, nobody is to blame: only what follows counts. */
    private boolean isAskingFor(long nanos, long nowNanos) {
        long heardNanos = Nanos.later(askedNanos, wire.openSinceNanos(nowNanos));
        return isAsking && nowNanos - heardNanos >= nanos;
    }
}
