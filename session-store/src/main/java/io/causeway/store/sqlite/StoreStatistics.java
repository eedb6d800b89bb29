package io.causeway.store.sqlite;

import java.time.Duration;

/**
 * What a store has done since it was opened, and where it stands.
 *
 * @param commits          that reached the disk
 * @param changes          written by them; what undid itself before is not among them
 * @param swept            rows removed because they had expired
 * @param failures         attempts to commit or to tidy up that failed
 * @param failedFollowers  units of which whoever waited for them failed
 * @param lastCommit       how long it took
 * @param longestCommit    how long it took
 * @param waitingChanges   that are not durable
 * @param waitingOctets    what they weigh
 * @param databaseOctets   size of the file
 * @param logOctets        size of its write-ahead log
 * @param taking           see {@code SessionStore.isTaking}
 */
public record StoreStatistics(
        long commits,
        long changes,
        long swept,
        long failures,
        long failedFollowers,
        Duration lastCommit,
        Duration longestCommit,
        long waitingChanges,
        long waitingOctets,
        long databaseOctets,
        long logOctets,
        boolean taking) {}
