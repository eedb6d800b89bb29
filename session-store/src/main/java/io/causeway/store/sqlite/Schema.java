package io.causeway.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables and how they came to be: a file's version is the number of steps that were done on it.
 *
 * <p>Rows that belong to a session are kept beside each other under its id, and messages for a broker under its link, so
 * that a common change touches one page. What is times is milliseconds of the file's own time, see {@link StoreClock}.
 *
 * @param steps each a list of statements
 */
record Schema(List<List<String>> steps) {
    /** "Cswy" in ASCII: tells the file from those of other programs. */
    static final int APPLICATION_ID = 0x43737779;

    private static final String MESSAGE_COLUMNS =
            "topic TEXT NOT NULL, payload BLOB NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL,"
                    + " properties BLOB, expires INTEGER, ";

    private static final List<String> FIRST = List.of(
            "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE session (id INTEGER PRIMARY KEY, protocol TEXT NOT NULL, client_id TEXT NOT NULL,"
                    + " user TEXT NOT NULL, state TEXT NOT NULL, persistent INTEGER NOT NULL, address TEXT NOT NULL,"
                    + " keep_alive_ms INTEGER NOT NULL, sleep_duration_ms INTEGER NOT NULL,"
                    + " expiry_seconds INTEGER NOT NULL, since INTEGER NOT NULL, will_topic TEXT, will_payload BLOB,"
                    + " will_qos INTEGER, will_retain INTEGER, will_properties BLOB, will_expires INTEGER,"
                    + " will_delay_seconds INTEGER NOT NULL, last_packet_id INTEGER NOT NULL,"
                    + " last_received_packet_id INTEGER NOT NULL)",
            "CREATE TABLE subscription (session INTEGER NOT NULL, filter TEXT NOT NULL, qos INTEGER NOT NULL,"
                    + " form TEXT NOT NULL, no_local INTEGER NOT NULL, retain_as_published INTEGER NOT NULL,"
                    + " identifier INTEGER NOT NULL, retained_owed INTEGER NOT NULL, place INTEGER NOT NULL,"
                    + " PRIMARY KEY (session, filter)) WITHOUT ROWID",
            "CREATE TABLE alias (session INTEGER NOT NULL, value INTEGER NOT NULL, topic TEXT NOT NULL,"
                    + " known INTEGER NOT NULL, PRIMARY KEY (session, value)) WITHOUT ROWID",
            "CREATE TABLE message (session INTEGER NOT NULL, sequence INTEGER NOT NULL, " + MESSAGE_COLUMNS
                    + "identifiers TEXT, packet_id INTEGER NOT NULL, released INTEGER NOT NULL,"
                    + " PRIMARY KEY (session, sequence)) WITHOUT ROWID",
            "CREATE INDEX message_expires ON message (expires) WHERE expires IS NOT NULL",
            "CREATE TABLE received (session INTEGER NOT NULL, packet_id INTEGER NOT NULL,"
                    + " fingerprint INTEGER NOT NULL, PRIMARY KEY (session, packet_id)) WITHOUT ROWID",
            "CREATE TABLE retained (" + MESSAGE_COLUMNS + "PRIMARY KEY (topic)) WITHOUT ROWID",
            "CREATE INDEX retained_expires ON retained (expires) WHERE expires IS NOT NULL",
            "CREATE TABLE will (id INTEGER PRIMARY KEY, " + MESSAGE_COLUMNS + "client_id TEXT NOT NULL)",
            "CREATE TABLE link (name TEXT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE forward (link TEXT NOT NULL, sequence INTEGER NOT NULL, publisher TEXT NOT NULL, "
                    + MESSAGE_COLUMNS
                    + "packet_id INTEGER NOT NULL, released INTEGER NOT NULL, since INTEGER NOT NULL,"
                    + " octets INTEGER NOT NULL, PRIMARY KEY (link, sequence)) WITHOUT ROWID",
            "CREATE TABLE arrival (link TEXT NOT NULL, packet_id INTEGER NOT NULL, " + MESSAGE_COLUMNS
                    + "delivered INTEGER NOT NULL, PRIMARY KEY (link, packet_id)) WITHOUT ROWID");

    /** Who a will is of, to ask whether it may still be published. */
    private static final List<String> USER_OF_WILL =
            List.of("ALTER TABLE will ADD COLUMN user TEXT NOT NULL DEFAULT ''");

    static final Schema CURRENT = new Schema(List.of(FIRST, USER_OF_WILL, Stamp.TABLE));

    int version() {
        return steps.size();
    }

    /**
     * Looks at a file without changing it.
     *
     * @return its version, 0 if it is empty
     * @throws StoreException if it is not a store, or none that can be, or one of a later version of this program
     */
    int versionOf(Path file) throws StoreException {
        try (Connection connection = Database.openToRead(file)) {
            int version = pragma(connection, "user_version");
            int applicationId = pragma(connection, "application_id");
            if (applicationId != APPLICATION_ID && !isEmpty(connection)) {
                throw new StoreException(
                        file + ": is the database of another program; move it away, or check data-dir");
            }
            if (version < 0 || (version == 0 && !isEmpty(connection))) {
                throw new StoreException(file + ": is damaged (no release has written a schema of version " + version
                        + "); move it away, or put back an earlier copy");
            }
            if (version > version()) {
                throw new StoreException(file + ": was written by a later release (its schema is version " + version
                        + ", this release knows up to version " + version()
                        + "); run that release, or move the file away and begin anew");
            }
            return version;
        } catch (SQLException failure) {
            throw new StoreException(Failure.inWords(file, failure), failure);
        }
    }

    /** Does the steps that are missing, all or none. */
    void bringUp(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Also the proof that the file can be written.
            statement.execute("BEGIN IMMEDIATE");
            for (List<String> step : steps.subList(version, steps.size())) {
                for (String each : step) {
                    statement.execute(each);
                }
            }
            if (version < version()) {
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + version());
            }
            statement.execute("COMMIT");
        }
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
            return tables.getLong(1) == 0;
        }
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet value = statement.executeQuery("PRAGMA " + name)) {
            return value.getInt(1);
        }
    }
}
