package io.causeway.store.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Connections to a file. */
final class Database {
    private static final int BUSY_MILLIS = 2_000;
    /** A write-ahead log that a burst has made longer is cut to this when it begins anew. */
    private static final int LOG_KEPT_OCTETS = 16 << 20;

    private Database() {}

    /**
     * A commit on it is on the disk when it returns. Nothing is copied from the write-ahead log by itself.
     *
     * @param file that is there, if only an empty one: none is made where it has just been moved away
     */
    static Connection openToWrite(Path file, Tuning tuning) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        Connection connection = open(file.toString(), config);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + tuning.pageOctets()); // of an empty file only
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("PRAGMA journal_size_limit = " + LOG_KEPT_OCTETS);
            statement.execute("PRAGMA temp_store = MEMORY");
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /** Sees what is committed, beside a gateway at work as well, and changes nothing. */
    static Connection openToRead(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return open(isAtRest(file) ? asIs(file) : file.toString(), config);
    }

    /** Sees what is in the file itself, and takes no notice of a write-ahead log. */
    static Connection openWithoutLog(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return open(asIs(file), config);
    }

    /** Copies the whole write-ahead log into the file; false if somebody still reads in it. */
    static boolean emptyLog(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return result.getInt(1) == 0;
        }
    }

    /** The write-ahead log of a file. */
    static Path logOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** What leads through the write-ahead log of a file, made anew where it is missing. */
    static Path indexOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-shm");
    }

    /** SQLite reads a file with a write-ahead log only where it can make its own files beside it, or if told so. */
    private static boolean isAtRest(Path file) {
        return !Files.isWritable(file.toAbsolutePath().getParent()) && !Files.exists(logOf(file));
    }

    private static String asIs(Path file) {
        return "file:" + file.toUri().getRawPath() + "?immutable=1";
    }

    private static Connection open(String name, SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + name);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }
}
