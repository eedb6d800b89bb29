package io.causeway.store.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One point in time on both scales: the one of this process, and the wall clock, which means something to the next one
 * too but may be set at any time.
 *
 * @param nanos       on the scale of {@code System.nanoTime()}
 * @param epochMillis of the wall clock
 */
record Moment(long nanos, long epochMillis) {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_MILLIS = Duration.ofDays(36_500).toMillis();

    static Moment now(LongSupplier nanoTime, Clock clock) {
        return new Moment(nanoTime.getAsLong(), clock.millis());
    }

    long toEpochMillis(long otherNanos) {
        return epochMillis - (nanos - otherNanos) / NANOS_PER_MILLI;
    }

    /** Never later than this moment, even if the clock was set back since, and never longer ago than the scale allows. */
    long toNanos(long otherEpochMillis) {
        long agoMillis = Math.min(Math.max(0, epochMillis - otherEpochMillis), LONGEST_MILLIS);
        return nanos - agoMillis * NANOS_PER_MILLI;
    }
}
