package io.causeway.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Tells whose the write-ahead log is. Each start gives the database another stamp, and notes it in a file beside it. Who
 * puts back an earlier copy but leaves the log where it is has a database with another stamp than the noted one; SQLite
 * would write into it what was changed in the other. Without a note all logs are taken to be the database's own.
 */
final class Stamp {
    private static final Logger LOG = LoggerFactory.getLogger(Stamp.class);
    /** A table of its own, so that no later commit touches its page: it can be read without the log, whatever happened. */
    static final List<String> TABLE = List.of("CREATE TABLE stamp (value TEXT NOT NULL)");

    private static final String NOTE = "causeway.stamp";
    /** A note that does not end with it was not written to its end. */
    private static final String END = "\n";

    private final Path database;
    private final Path log;
    private final Path note;

    Stamp(Path database) {
        this.database = database;
        this.log = Database.logOf(database);
        this.note = database.resolveSibling(NOTE);
    }

    /**
     * Looks at the files without changing them.
     *
     * @throws StoreException if there is a log of another database
     */
    void requireOwnLog() throws StoreException {
        if (foreign().isPresent()) {
            throw new StoreException(
                    log + ": is of another database than the one beside it; start the gateway, which sets"
                            + " it aside, or put back the one that it is of");
        }
    }

    /**
     * To be called before the database is opened, by whoever has the directory.
     *
     * @throws StoreException if there is a log of another database, and it cannot be renamed
     */
    void setForeignLogAside() throws StoreException {
        Optional<String> stamp = foreign();
        if (stamp.isEmpty()) {
            return;
        }
        Path aside = log.resolveSibling(log.getFileName() + "-" + stamp.get());
        try {
            Files.move(log, aside);
            Files.deleteIfExists(Database.indexOf(database));
        } catch (IOException failure) {
            throw new StoreException(
                    log + ": is of another database than the one beside it; move it away (" + failure + ")", failure);
        }
        LOG.error(
                "{}: was of another database than the one beside it, which was put there since; it is {} now, and the"
                        + " gateway goes on without it",
                log,
                aside.getFileName());
    }

    /** Gives the database another stamp, before anything is promised. Where that fails there is no note until the next start. */
    void renew(Connection connection) {
        String stamp = UUID.randomUUID().toString();
        try (Statement statement = connection.createStatement()) {
            write(""); // at no time there is a note of what the database is not
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("DELETE FROM stamp");
            statement.execute("INSERT INTO stamp (value) VALUES ('" + stamp + "')");
            statement.execute("COMMIT");
            if (Database.emptyLog(statement)) {
                write(stamp + END);
            }
        } catch (SQLException | IOException failure) {
            LOG.warn("{}: should the database be replaced, that goes unnoticed ({})", note, failure.getMessage());
        }
    }

    /** The noted stamp, if there is a log and the database has not that stamp. */
    private Optional<String> foreign() throws StoreException {
        if (SqliteSessionStore.octetsOf(log) == 0) {
            return Optional.empty();
        }
        return noted().filter(stamp -> !isOnDatabase(stamp));
    }

    private Optional<String> noted() throws StoreException {
        try {
            String text = Files.readString(note, StandardCharsets.US_ASCII);
            return text.endsWith(END) ? Optional.of(text.strip()) : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new StoreException(note + ": cannot be read: " + failure, failure);
        }
    }

    private boolean isOnDatabase(String stamp) {
        try (Connection connection = Database.openWithoutLog(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM stamp")) {
            return row.next() && stamp.equals(row.getString(1));
        } catch (SQLException failure) {
            return !hasNoStamps(failure); // a damaged one may well be its own
        }
    }

    private static boolean hasNoStamps(SQLException failure) {
        return failure instanceof SQLiteException known && known.getResultCode() == SQLiteErrorCode.SQLITE_ERROR;
    }

    /** On the disk when it returns. */
    private void write(String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                note, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }
}
