package io.causeway.radio;

import java.util.concurrent.atomic.AtomicLong;

/** Lets one log line pass in a second, so that a flood of datagrams is not a flood of log. Free to use from any thread. */
public final class LogLimit {
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final AtomicLong nextNanos;

    /** @param nowNanos from when on lines may pass */
    public LogLimit(long nowNanos) {
        nextNanos = new AtomicLong(nowNanos);
    }

    /** Whether a line may be written now; if so, no other one for a second. */
    public boolean passes(long nowNanos) {
        long due = nextNanos.get();
        return nowNanos - due >= 0 && nextNanos.compareAndSet(due, nowNanos + INTERVAL_NANOS);
    }
}
