package io.causeway.radio.port;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before a port is tried again: twice as long each time, and never quite the same. One thread's own. */
final class Backoff {
    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration shortest, Duration longest, RandomGenerator random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
        this.next = shortest;
    }

    /** Up to a quarter less than the doubled one, so that several lines do not all try at once. */
    Duration next() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return now.minusNanos(random.nextLong(now.toNanos() / 4 + 1));
    }

    void reset() {
        next = shortest;
    }
}
