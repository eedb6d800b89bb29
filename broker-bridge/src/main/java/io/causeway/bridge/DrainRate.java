package io.causeway.bridge;

/** Lets so many through in a second, a few at once. Owned by the worker. */
final class DrainRate {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long LONGEST_BURST_NANOS = 50_000_000L;

    private final long intervalNanos;
    private final long burstNanos;
    private long paidUntilNanos;

    /** @param perSecond from 1 */
    DrainRate(int perSecond, long nowNanos) {
        this.intervalNanos = Math.max(1, NANOS_PER_SECOND / perSecond);
        this.burstNanos = Math.max(intervalNanos, LONGEST_BURST_NANOS);
        this.paidUntilNanos = nowNanos - burstNanos;
    }

    /** Nanoseconds until the next may pass, zero or less: it may now. */
    long waitNanos(long nowNanos) {
        return paidUntilNanos - nowNanos;
    }

    /** One passes. */
    void pass(long nowNanos) {
        long earliestNanos = nowNanos - burstNanos;
        if (paidUntilNanos - earliestNanos < 0) {
            paidUntilNanos = earliestNanos;
        }
        paidUntilNanos += intervalNanos;
    }
}
