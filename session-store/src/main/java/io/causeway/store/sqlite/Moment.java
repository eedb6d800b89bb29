package io.causeway.store.sqlite;

import java.time.Duration;

/**
 * One point in time on both scales: the one of this process, and the one of the file, which means something to the next
 * process too.
 *
 * @param nanos      on the scale of {@code System.nanoTime()}
 * @param fileMillis see {@link StoreClock}
 */
record Moment(long nanos, long fileMillis) {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_MILLIS = Duration.ofDays(36_500).toMillis();

    long toFileMillis(long otherNanos) {
        return fileMillis - (nanos - otherNanos) / NANOS_PER_MILLI;
    }

    /** Never later than this moment, and never longer ago than the scale allows. */
    long toNanos(long otherFileMillis) {
        long agoMillis = Math.min(Math.max(0, fileMillis - otherFileMillis), LONGEST_MILLIS);
        return nanos - agoMillis * NANOS_PER_MILLI;
    }
}
