package io.causeway.simulator.radio;

import io.causeway.simulator.scenario.Span;
import java.time.Duration;

/**
 * When a device is pulled out of its port and plugged in again.
 *
 * @param times how often, 0 or more
 * @param after how long it is plugged in, each time
 * @param away  how long it is pulled, each time
 */
public record Plugging(int times, Span<Duration> after, Span<Duration> away) {
    /** It stays. */
    public static final Plugging NEVER =
            new Plugging(0, new Span<>(Duration.ZERO, Duration.ZERO), new Span<>(Duration.ZERO, Duration.ZERO));
}
