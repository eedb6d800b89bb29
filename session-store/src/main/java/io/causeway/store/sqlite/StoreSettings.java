package io.causeway.store.sqlite;

import java.time.Duration;

/**
 * How changes are gathered into commits.
 *
 * @param commitInterval how long the first change of a commit may wait for others, 0 to 10 s
 * @param commitChanges  a commit begins at once at so many, from 1
 */
public record StoreSettings(Duration commitInterval, int commitChanges) {
    public static final StoreSettings DEFAULTS = new StoreSettings(Duration.ofMillis(10), 1_000);
}
