package io.causeway.bridge;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: they double up to a limit, each shortened at random so that gateways do not march in step. */
final class Backoff {
    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long nextNanos;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.minNanos = min.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
        this.nextNanos = minNanos;
    }

    /** Between a half and the whole of the pause that is due. */
    long nextPauseNanos() {
        long pauseNanos = jittered(nextNanos);
        nextNanos = nextNanos > maxNanos / 2 ? maxNanos : nextNanos * 2;
        return pauseNanos;
    }

    /** The first pause, without making the next one longer. */
    long shortestPauseNanos() {
        return jittered(minNanos);
    }

    void reset() {
        nextNanos = minNanos;
    }

    private long jittered(long pauseNanos) {
        return pauseNanos - random.nextLong(pauseNanos / 2 + 1);
    }
}
