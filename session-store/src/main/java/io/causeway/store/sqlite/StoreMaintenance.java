package io.causeway.store.sqlite;

import io.causeway.store.sqlite.StoreInfo.Content;
import io.causeway.store.sqlite.StoreInfo.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Looks after the store of a data directory. All but {@link #compact} only read, beside a gateway at work as well. */
public final class StoreMaintenance {
    private final Path directory;
    private final Path file;
    private final int version;

    private StoreMaintenance(Path directory, Path file, int version) {
        this.directory = directory;
        this.file = file;
        this.version = version;
    }

    /** @throws StoreException if there is no store, or one of another release, or one that another's log lies beside */
    public static StoreMaintenance of(Path directory) throws StoreException {
        Path file = requireFile(directory);
        new Stamp(file).requireOwnLog();
        int version = Schema.CURRENT.versionOf(file);
        if (version != Schema.CURRENT.version()) {
            throw new StoreException(file + ": is of schema version " + version + ", this release works with "
                    + Schema.CURRENT.version() + "; start the gateway once, it brings the file up");
        }
        return new StoreMaintenance(directory, file, version);
    }

    /** @throws StoreException if the file cannot be read */
    public StoreInfo info() throws StoreException {
        try (Connection connection = Database.openToRead(file);
                Statement statement = connection.createStatement()) {
            long free =
                    number(statement, "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size");
            return new StoreInfo(
                    file,
                    version,
                    SqliteSessionStore.octetsOf(file),
                    free,
                    SqliteSessionStore.octetsOf(Database.logOf(file)),
                    contents(statement),
                    journals(connection));
        } catch (SQLException failure) {
            throw new StoreException(Failure.inWords(file, failure), failure);
        }
    }

    /**
     * Reads everything there is.
     *
     * @throws StoreException if there is no store, or one of another release
     */
    public static StoreCheck check(Path directory) throws StoreException {
        Path file = requireFile(directory);
        try {
            of(directory);
        } catch (StoreException unreadable) {
            if (unreadable.getCause() instanceof SQLException failure) {
                return new StoreCheck(file, 0, 0, List.of(String.valueOf(failure.getMessage())));
            }
            throw unreadable;
        }
        return new Inspection(file, Clock.systemUTC()).run();
    }

    /**
     * Gives back the room that is not used, while no gateway is at work.
     *
     * @return octets that the file has less
     * @throws StoreException if a gateway is at work, or the disk has no room for a second copy meanwhile
     */
    public long compact() throws StoreException {
        DataDirectory own = DataDirectory.open(directory);
        long before = SqliteSessionStore.octetsOf(file);
        try (Connection connection = Database.openToWrite(file, Tuning.DEFAULTS);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA temp_store = FILE");
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException failure) {
            throw new StoreException(Failure.inWords(file, failure), failure);
        } finally {
            own.close();
        }
        return before - SqliteSessionStore.octetsOf(file);
    }

    /**
     * Writes every row as a line of JSON, what cannot be decoded as the octets that it is. Where a table cannot be read to
     * its end, the next one follows.
     *
     * @return what is damaged, in words; nothing if all is well
     * @throws StoreException if the file cannot be read
     * @throws IOException    if the lines cannot be written
     */
    public List<String> export(Appendable to) throws StoreException, IOException {
        List<String> damages = new ArrayList<>();
        try (Connection connection = Database.openToRead(file);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN"); // all tables as they are at one moment
            for (String table : tables(statement)) {
                try {
                    JsonExport.write(connection, table, to, damages::add);
                } catch (SQLException failure) {
                    damages.add("table " + table + ": cannot be read to its end: " + failure.getMessage());
                }
            }
            return damages;
        } catch (SQLException failure) {
            throw new StoreException(Failure.inWords(file, failure), failure);
        }
    }

    private static Path requireFile(Path directory) throws StoreException {
        Path file = DataDirectory.databaseIn(directory);
        if (!Files.exists(file)) {
            throw new StoreException(file + ": there is no store; check data-dir");
        }
        NativeLibrary.load(NativeLibrary.temporaryDirectory());
        return file;
    }

    private static List<Content> contents(Statement statement) throws SQLException {
        List<Content> contents = new ArrayList<>();
        for (String table : tables(statement)) {
            contents.add(new Content(
                    table,
                    number(statement, "SELECT count(*) FROM " + table),
                    number(
                            statement,
                            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN"
                                    + " (SELECT name FROM sqlite_schema WHERE tbl_name = '" + table + "')")));
        }
        return contents;
    }

    private static List<Journal> journals(Connection connection) throws SQLException {
        long aheadMillis = Anchor.read(connection).map(Anchor::aheadMillis).orElse(0L);
        List<Journal> journals = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, count(sequence), coalesce(sum(octets), 0),"
                        + " coalesce(min(since), 0) FROM link LEFT JOIN forward ON link = name GROUP BY name")) {
            while (rows.next()) {
                journals.add(new Journal(
                        rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4) - aheadMillis));
            }
        }
        return journals;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet names =
                statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet number = statement.executeQuery(query)) {
            return number.getLong(1);
        }
    }
}
