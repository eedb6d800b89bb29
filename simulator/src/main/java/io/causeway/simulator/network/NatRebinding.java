package io.causeway.simulator.network;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a NAT on the way forgets the address that a sensor has on its other side, and so gives it another one with the next
 * datagram: a Poisson process. Owned by the thread of the run.
 */
final class NatRebinding {
    private final Duration every;
    private final RandomGenerator random;
    private long sinceNanos;
    private long dueNanos;

    /** @param every the mean time; zero for never */
    NatRebinding(Duration every, RandomGenerator random, long nowNanos) {
        this.every = every;
        this.random = random;
        next(nowNanos);
    }

    boolean isDue(long nowNanos) {
        return !every.isZero() && nowNanos - dueNanos >= 0;
    }

    /** Since when the sensor has had its address; now, if it is about to lose it. */
    long stableSinceNanos(long nowNanos) {
        return isDue(nowNanos) ? nowNanos : sinceNanos;
    }

    void next(long nowNanos) {
        sinceNanos = nowNanos;
        dueNanos = nowNanos + Draw.exponential(every, random);
    }
}
