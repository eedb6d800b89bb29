package io.causeway.store.sqlite;

import java.time.Duration;

/**
 * What no user needs to set.
 *
 * @param pageOctets       of a new file, a power of two from 512
 * @param checkpointPages  the write-ahead log is copied into the file at so many
 * @param waitingChanges   nothing new is taken while so many are not durable
 * @param waitingOctets    the same, by their weight
 * @param firstRetry       after a commit that failed; doubled each time it fails again
 * @param longestRetry     the bound of that
 * @param sweepInterval    between looks for what has expired
 * @param sweepRows        removed by one sweep, so that no commit waits long for it
 */
record Tuning(
        int pageOctets,
        int checkpointPages,
        int waitingChanges,
        long waitingOctets,
        Duration firstRetry,
        Duration longestRetry,
        Duration sweepInterval,
        int sweepRows) {
    static final Tuning DEFAULTS = new Tuning(
            4_096,
            1_000,
            200_000,
            64L << 20,
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            200);
}
