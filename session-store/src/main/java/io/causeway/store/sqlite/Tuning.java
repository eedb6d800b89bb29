package io.causeway.store.sqlite;

import java.time.Duration;

/**
 * What no user needs to set.
 *
 * <p>Small pages, because a lone commit writes a page or two to the log: measured with a put and a removal of one small
 * message, 5.2 KB a commit at 1,024 octets, 6.4 KB at 2,048, 8.5 KB at 4,096. A log of 4,000 pages lets a page that
 * changes often be copied into the file once for many changes, and is still short enough to be read at a start.
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
            1_024,
            4_000,
            200_000,
            64L << 20,
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            200);
}
