package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import java.time.Duration;

/**
 * How what a client does not acknowledge is repeated: {@code retry} (T_retry and N_retry, 1.2 §7.2).
 *
 * @param interval from one attempt to the next, 100 ms to 10 min
 * @param count repetitions after the first attempt, 0 to 20
 */
public record RetryConfig(Duration interval, int count) {
    static final Bounds<Duration> INTERVAL = new Bounds<>(Duration.ofMillis(100), Duration.ofMinutes(10));
    static final Bounds<Integer> COUNT = new Bounds<>(0, 20);

    /** The least that the specification recommends. */
    public static final RetryConfig DEFAULT = new RetryConfig(Duration.ofSeconds(10), 3);

    /** @throws IllegalArgumentException if a value is out of bounds */
    public RetryConfig {
        INTERVAL.require("interval", interval);
        COUNT.require("count", count);
    }
}
