package io.causeway.testkit;

import java.time.Duration;

/**
 * Time on the {@link System#nanoTime()} scale that passes only when told. Starts a few seconds before that scale wraps,
 * so that code comparing points in time other than by subtraction does not pass its tests. Not thread-safe.
 */
public final class VirtualTime {
    private static final Duration UNTIL_WRAP = Duration.ofSeconds(5);

    private long nowNanos;

    public VirtualTime() {
        this(Long.MAX_VALUE - UNTIL_WRAP.toNanos());
    }

    public VirtualTime(long startNanos) {
        this.nowNanos = startNanos;
    }

    public long nowNanos() {
        return nowNanos;
    }

    /** @throws IllegalArgumentException if the duration is negative */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards: " + duration);
        }
        nowNanos += duration.toNanos();
    }

    /** @throws IllegalArgumentException if the point in time has passed */
    public void advanceTo(long nanos) {
        advance(Duration.ofNanos(nanos - nowNanos));
    }
}
