package io.causeway.broker.events;

import java.time.Duration;

/** How much of something there is in a minute, on average over the last minutes, the nearer the weightier. */
final class LoadAverage {
    private static final double MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final double minutes;
    private double perMinute;

    /** @param minutes over which it is averaged: 1, 5, 15 */
    LoadAverage(int minutes) {
        this.minutes = minutes;
    }

    /**
     * @param more         that came since it was asked last
     * @param elapsedNanos since then, more than 0
     * @return the average, in a minute
     */
    double update(long more, long elapsedNanos) {
        double elapsedMinutes = elapsedNanos / MINUTE_NANOS;
        double now = more / elapsedMinutes;
        perMinute = now + Math.exp(-elapsedMinutes / minutes) * (perMinute - now);
        return perMinute;
    }
}
