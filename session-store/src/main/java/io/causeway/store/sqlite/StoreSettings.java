package io.causeway.store.sqlite;

import java.time.Duration;

/**
 * How changes are gathered into commits.
 *
 * @param commitInterval how long the first change of a commit may wait for others, 0 to 10 s
 * @param commitChanges  a commit begins at once at so many, from 1
 */
public record StoreSettings(Duration commitInterval, int commitChanges) {
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);
    public static final StoreSettings DEFAULTS = new StoreSettings(Duration.ofMillis(10), 1_000);

    /** @throws IllegalArgumentException if a value is out of its range */
    public StoreSettings {
        if (commitInterval.isNegative() || commitInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("commit interval " + commitInterval);
        }
        if (commitChanges < 1) {
            throw new IllegalArgumentException("a commit of " + commitChanges + " changes");
        }
    }
}
