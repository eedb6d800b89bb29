package io.causeway.store.sqlite;

import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.Contents;
import io.causeway.store.SessionStore;
import io.causeway.store.StoreUnreadableException;
import io.causeway.store.StoredForward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps all in the file {@code causeway.db} of a data directory, which nobody else may use meanwhile. */
public final class SqliteSessionStore implements SessionStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteSessionStore.class);
    /** A disk that takes longer is taken to hang. */
    static final Duration LONGEST_COMMIT = Duration.ofSeconds(5);
    /** At the end, as long as nothing becomes durable meanwhile. */
    private static final long CLOSE_MILLIS = 1_500;

    private static final String LAST_ID = "SELECT max("
            + "(SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM counter WHERE name = 'reserved_id'),"
            + "(SELECT coalesce(max(id), 0) FROM session),"
            + "(SELECT coalesce(max(id), 0) FROM will),"
            + "(SELECT coalesce(max(last), 0) FROM"
            + " (SELECT (SELECT max(sequence) FROM forward WHERE forward.link = link.name) AS last FROM link)))";

    private final DataDirectory directory;
    private final OpenedFile opened;
    private final Path file;
    private final Tuning tuning;
    private final StoreClock clock;
    private final Intake intake;
    private final Progress progress = new Progress();
    private final Readers readers;
    private final DamagedRows damagedRows;
    private final AtomicLong lastId;
    private final Thread writer;
    private final AtomicBoolean hangingTold = new AtomicBoolean();

    private SqliteSessionStore(
            DataDirectory directory, OpenedFile opened, Intake intake, Tuning tuning, StoreClock clock, Start start) {
        this.directory = directory;
        this.opened = opened;
        this.file = opened.path();
        this.tuning = tuning;
        this.clock = clock;
        this.intake = intake;
        this.readers = new Readers(opened);
        this.damagedRows = new DamagedRows(file);
        this.lastId = new AtomicLong(start.lastId());
        this.writer = new Thread(
                new Writer(opened, tuning, intake, progress, clock, start.anchor(), lastId), "causeway-store");
    }

    /**
     * @param directory made if it is not there
     * @param nanoTime  the scale of the times in what is kept
     * @param clock     what those times mean beyond this process
     * @throws StoreException if the directory or the file in it cannot be used
     */
    public static SqliteSessionStore open(Path directory, StoreSettings settings, LongSupplier nanoTime, Clock clock)
            throws StoreException {
        return open(directory, settings, Tuning.DEFAULTS, Schema.CURRENT, nanoTime, clock);
    }

    static SqliteSessionStore open(
            Path directory, StoreSettings settings, Tuning tuning, Schema schema, LongSupplier nanoTime, Clock clock)
            throws StoreException {
        DataDirectory own = DataDirectory.open(directory);
        try {
            NativeLibrary.load(directory, NativeLibrary.temporaryDirectory());
            Path file = own.database();
            Start start = prepare(file, tuning, schema);
            SqliteSessionStore store = new SqliteSessionStore(
                    own,
                    OpenedFile.at(file),
                    new Intake(settings, nanoTime),
                    tuning,
                    StoreClock.start(nanoTime, clock, start.anchor()),
                    start);
            store.writer.setDaemon(true);
            store.writer.start();
            return store;
        } catch (StoreException failure) {
            own.close();
            throw failure;
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void load(Contents contents) {
        Moment now = clock.now();
        Set<Long> leftOut = readers.read(connection -> new Loader(connection, now, damagedRows, contents).load());
        for (Long session : leftOut) {
            Changes removal = begin();
            removal.add(new Change.RemoveSession(session));
            removal.submit();
        }
    }

    @Override
    public long nextId() {
        return lastId.incrementAndGet();
    }

    @Override
    public Changes begin() {
        return new Changes(changes -> intake.put(Unit.of(changes)));
    }

    @Override
    public boolean isTaking() {
        return trouble().isEmpty();
    }

    @Override
    public void hurry() {
        intake.hurry();
    }

    @Override
    public Optional<String> trouble() {
        Optional<String> trouble = progress.trouble();
        if (trouble.isPresent()) {
            return trouble;
        }
        Duration standstill = intake.standstill();
        if (standstill.compareTo(LONGEST_COMMIT) > 0) {
            String hanging = file + ": the disk has not answered for " + standstill.toSeconds() + " s";
            if (hangingTold.compareAndSet(false, true)) {
                LOG.error("{}. Until it does nothing new is taken", hanging);
            }
            return Optional.of(hanging);
        }
        if (hangingTold.get() && hangingTold.compareAndSet(true, false)) {
            LOG.info("{}: the disk answers again", file);
        }
        if (intake.waitingChanges() > tuning.waitingChanges() || intake.waitingOctets() > tuning.waitingOctets()) {
            return Optional.of(file + ": the disk is slower than what is to be kept: " + intake.waitingChanges()
                    + " changes wait; lower the load or get a faster disk");
        }
        return Optional.empty();
    }

    @Override
    public List<StoredForward> forwards(String link, long after, int limit) {
        Moment now = clock.now();
        return readers.read(connection -> {
            PreparedStatement statement = connection.prepareStatement(
                    Table.FORWARD.select() + "WHERE link = ? AND sequence > ? ORDER BY sequence");
            statement.setString(1, link);
            statement.setLong(2, after);
            List<StoredForward> forwards = new ArrayList<>();
            try (var rows = new Rows<>(statement, Table.FORWARD, now, damagedRows)) {
                for (var each = rows.peek(); each != null && forwards.size() < limit; each = rows.peek()) {
                    forwards.add(each);
                    rows.next();
                }
            }
            return forwards;
        });
    }

    @Override
    public void outlines(String link, Consumer<StoredForward.Outline> visitor) {
        Moment now = clock.now();
        readers.read(connection -> {
            PreparedStatement statement =
                    connection.prepareStatement(Table.OUTLINE.select() + "WHERE link = ? ORDER BY sequence");
            statement.setString(1, link);
            try (var rows = new Rows<>(statement, Table.OUTLINE, now, damagedRows)) {
                for (var each = rows.next(); each != null; each = rows.next()) {
                    visitor.accept(each);
                }
            }
            return link;
        });
    }

    /**
     * How many messages wait for brokers elsewhere, by link; links for which none waits are left out. Blocks.
     *
     * @throws StoreUnreadableException if the file turns out to be damaged
     */
    public Map<String, Long> journals() {
        return readers.read(connection -> {
            Map<String, Long> messages = new TreeMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT name, count(*) FROM link JOIN forward ON link = name GROUP BY name")) {
                while (rows.next()) {
                    messages.put(rows.getString(1), rows.getLong(2));
                }
            }
            return messages;
        });
    }

    /** How many rows were left out up to now because they cannot be decoded, no more than 10,000. */
    public int damagedRows() {
        return damagedRows.count();
    }

    /** How the store fares; safe for many threads. */
    public StoreStatistics statistics() {
        return new StoreStatistics(
                progress.commits.get(),
                progress.changes.get(),
                progress.swept.get(),
                progress.failures.get(),
                progress.failedFollowers.get(),
                Duration.ofNanos(progress.lastCommitNanos.get()),
                Duration.ofNanos(progress.longestCommitNanos.get()),
                intake.waitingChanges(),
                intake.waitingOctets(),
                octetsOf(file),
                octetsOf(Database.logOf(file)),
                isTaking());
    }

    /** In trouble, one more attempt is made. */
    @Override
    public void close() {
        intake.close();
        if (!awaitWriter()) {
            LOG.error("{}: the disk does not answer; {} changes are lost", file, intake.waitingChanges());
            return; // what it may still write to is not given up: the end of the process does that
        }
        try {
            readers.close();
            opened.close();
        } catch (SQLException | IOException failure) {
            LOG.warn("{}: {}", file, failure.getMessage());
        }
        directory.close();
    }

    static long octetsOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException absent) {
            return 0;
        }
    }

    /** Whoever asks to stop waiting is heard afterwards. False if nothing moves any more. */
    private boolean awaitWriter() {
        boolean interrupted = false;
        long before = -1;
        while (writer.isAlive() && before != intake.waitingChanges()) {
            before = intake.waitingChanges();
            try {
                writer.join(CLOSE_MILLIS);
            } catch (InterruptedException asked) {
                interrupted = true;
                before = -1;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !writer.isAlive();
    }

    /**
     * What an earlier life has left to go on with.
     *
     * @param lastId the last id that may have been given out
     * @param anchor of its time, or null if there is none
     */
    private record Start(long lastId, @Nullable Anchor anchor) {}

    private static Start prepare(Path file, Tuning tuning, Schema schema) throws StoreException {
        Stamp stamp = new Stamp(file);
        stamp.setForeignLogAside();
        int version = schema.versionOf(file);
        try (Connection connection = Database.openToWrite(file, tuning)) {
            schema.bringUp(connection, version);
            stamp.renew(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet id = statement.executeQuery(LAST_ID)) {
                return new Start(id.getLong(1), Anchor.read(connection).orElse(null));
            }
        } catch (SQLException failure) {
            throw new StoreException(Failure.inWords(file, failure), failure);
        }
    }
}
