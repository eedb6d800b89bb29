package io.causeway.radio.udp;

import java.util.concurrent.atomic.AtomicLong;

/** Lets one log line pass in a second, so that a flood of datagrams is not a flood of log. Free to use from any thread. */
final class LineLimit {
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final AtomicLong nextNanos;

    LineLimit(long nowNanos) {
        nextNanos = new AtomicLong(nowNanos);
    }

    boolean passes(long nowNanos) {
        long due = nextNanos.get();
        return nowNanos - due >= 0 && nextNanos.compareAndSet(due, nowNanos + INTERVAL_NANOS);
    }
}
