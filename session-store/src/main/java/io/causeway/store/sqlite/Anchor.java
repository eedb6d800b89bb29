package io.causeway.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * What the file's own time was when the clock on the wall showed that; both in milliseconds. Kept among the counters.
 *
 * @param fileMillis see {@link StoreClock}
 * @param wallMillis since 1970
 */
record Anchor(long fileMillis, long wallMillis) {
    static final String FILE_MILLIS = "file_millis";
    static final String WALL_MILLIS = "wall_millis";
    /** In the year 5138: what is later was not written by a store. */
    private static final long LATEST_MILLIS = 100_000_000_000_000L;

    private static final long STEADY_MILLIS = Duration.ofSeconds(1).toMillis();
    private static final long FRESH_MILLIS = Duration.ofMinutes(1).toMillis();

    /** The one in a file, if there is a sound one. */
    static Optional<Anchor> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT file.value, wall.value FROM counter file, counter wall"
                        + " WHERE file.name = '" + FILE_MILLIS + "' AND wall.name = '" + WALL_MILLIS + "'")) {
            return row.next()
                    ? Optional.of(new Anchor(row.getLong(1), row.getLong(2))).filter(Anchor::isSound)
                    : Optional.empty();
        }
    }

    /** How far the file's own time is ahead of the clock on the wall. */
    long aheadMillis() {
        return fileMillis - wallMillis;
    }

    /** Whether the clock on the wall has been set between the two. */
    boolean hasJumpedSince(Anchor former) {
        return Math.abs(aheadMillis() - former.aheadMillis()) > STEADY_MILLIS;
    }

    /** Whether this one is worth writing down in place of the other. */
    boolean isNews(Anchor former) {
        return hasJumpedSince(former) || fileMillis - former.fileMillis > FRESH_MILLIS;
    }

    private boolean isSound() {
        return fileMillis > 0 && fileMillis < LATEST_MILLIS && wallMillis > 0 && wallMillis < LATEST_MILLIS;
    }
}
