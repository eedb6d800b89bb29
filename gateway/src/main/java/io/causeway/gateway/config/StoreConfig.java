package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import java.time.Duration;

/**
 * How what is kept in {@code data-dir} is gathered into commits: {@code store}.
 *
 * @param commitInterval how long the first change of a commit may wait for others, 0 to 10 s
 * @param commitChanges  a commit begins at once at so many changes, 1 to 100000
 */
public record StoreConfig(Duration commitInterval, int commitChanges) {
    static final Bounds<Duration> COMMIT_INTERVAL = new Bounds<>(Duration.ZERO, Duration.ofSeconds(10));
    static final Bounds<Integer> COMMIT_CHANGES = new Bounds<>(1, 100_000);

    /** What a device hardly notices, and an SD card can live with. */
    public static final StoreConfig DEFAULT = new StoreConfig(Duration.ofMillis(10), 1_000);

    /** @throws IllegalArgumentException if a value is out of bounds */
    public StoreConfig {
        COMMIT_INTERVAL.require("commit-interval", commitInterval);
        COMMIT_CHANGES.require("commit-changes", commitChanges);
    }
}
