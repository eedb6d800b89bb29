package io.causeway.simulator.fleet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a sensor rests before it tries again: longer each time, and never as long as others, so that a fleet that has lost
 * its gateway does not come back as one. Owned by the thread of the run.
 */
final class Backoff {
    private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;
    private int doublings;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Between nothing and the longest rest, which doubles with each call up to about a minute. */
    long nextNanos() {
        long longestNanos = FIRST_NANOS << doublings;
        doublings = Math.min(MOST_DOUBLINGS, doublings + 1);
        return random.nextLong(longestNanos);
    }

    /** It went well. */
    void reset() {
        doublings = 0;
    }
}
