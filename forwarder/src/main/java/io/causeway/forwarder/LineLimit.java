package io.causeway.forwarder;

import java.time.Duration;

/** Lets one log line pass in a second, so that a flood of messages is not a flood of log. Owned by one thread. */
final class LineLimit {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private boolean used;
    private long usedNanos;

    boolean passes(long nowNanos) {
        if (used && nowNanos - usedNanos < INTERVAL_NANOS) {
            return false;
        }
        used = true;
        usedNanos = nowNanos;
        return true;
    }
}
