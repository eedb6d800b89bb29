package io.causeway.store.sqlite;

import io.causeway.store.Change;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes what has been submitted, commits it as a group, tells those who wait for it; removes
 * what has expired and sees to the write-ahead log between commits. What cannot be committed is tried again until it can.
 */
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long RESERVED_AHEAD = 10_000;
    private static final Duration BETWEEN_SWEEPS = Duration.ofMillis(50);
    private static final List<String> SWEEPS = List.of(
            "DELETE FROM message WHERE (session, sequence) IN (SELECT session, sequence FROM message"
                    + " WHERE expires <= ? AND packet_id = 0 LIMIT ?)",
            "DELETE FROM retained WHERE topic IN (SELECT topic FROM retained WHERE expires <= ? LIMIT ?)");

    private final Path file;
    private final Tuning tuning;
    private final Intake intake;
    private final Progress progress;
    private final Supplier<Moment> clock;
    private final AtomicLong lastId;
    private long reservedId;
    private @Nullable WriteConnection connection;
    private long nextSweepNanos;

    /** What is bound to one connection: another one is opened when the disk has failed. */
    private record WriteConnection(Connection connection, Statement statement, GroupStatements statements) {
        void execute(String sql) throws SQLException {
            statement.execute(sql);
        }
    }

    /**
     * @param reservedId ids up to this one are reserved in the file already
     * @param lastId     the last id given out
     */
    Writer(
            Path file,
            Tuning tuning,
            Intake intake,
            Progress progress,
            Supplier<Moment> clock,
            AtomicLong lastId,
            long reservedId) {
        this.file = file;
        this.tuning = tuning;
        this.intake = intake;
        this.progress = progress;
        this.clock = clock;
        this.lastId = lastId;
        this.reservedId = reservedId;
        this.nextSweepNanos = clock.get().nanos();
    }

    /** Until the intake is closed and empty, or what is in it cannot be committed. */
    @Override
    public void run() {
        boolean done = false;
        try {
            Duration longest = Duration.ZERO;
            while (!done) {
                boolean closed = intake.isClosed();
                List<Unit> units = intake.take(longest);
                boolean lost = !units.isEmpty() && !commit(units);
                done = closed || lost; // what came later must not be there without it
                longest = done ? Duration.ZERO : tidyUp();
            }
        } catch (InterruptedException asked) {
            LOG.warn("{}: the thread that writes was interrupted", file);
        } catch (RuntimeException bug) {
            LOG.error("{}: what was submitted cannot be written", file, bug);
        } finally {
            if (!done) {
                progress.onTrouble(file + ": the thread that writes has ended; start the gateway anew");
            }
            disconnect();
        }
    }

    /** False if the units are lost, because it could not be done before the store was closed. */
    private boolean commit(List<Unit> units) throws InterruptedException {
        Group group = new Group();
        for (Unit unit : units) {
            for (Change change : unit.list()) {
                group.add(change);
            }
        }
        if (group.size() > 0 && !commitUntilDone(group)) {
            return false;
        }
        for (Unit unit : units) {
            intake.settle(unit);
            tell(unit);
        }
        return true;
    }

    private void tell(Unit unit) {
        try {
            unit.changes().becomeDurable();
        } catch (Exception failure) { // of whoever waited: the others wait too
            progress.failedFollowers.incrementAndGet();
            LOG.error("What waited for a commit failed", failure);
        }
    }

    /** False if it could not be done before the store was closed. */
    private boolean commitUntilDone(Group group) throws InterruptedException {
        Duration pause = tuning.firstRetry();
        long sinceNanos = 0;
        for (int attempt = 1; ; attempt++) {
            boolean last = intake.isClosed();
            try {
                commit(group);
                if (attempt > 1) {
                    progress.onRecovery();
                    Duration lasted = Duration.ofNanos(clock.get().nanos() - sinceNanos);
                    LOG.info("{}: what waited is kept now, after {} s", file, lasted.toSeconds());
                }
                return true;
            } catch (SQLException failure) {
                String trouble = Failure.inWords(file, failure);
                progress.onTrouble(trouble);
                if (attempt == 1) {
                    sinceNanos = clock.get().nanos();
                    LOG.error("{}. Until then nothing new is taken, and what was is kept in memory", trouble);
                }
                if (last) {
                    LOG.error("{}. {} changes are lost", trouble, intake.waitingChanges());
                    return false;
                }
                intake.pause(pause);
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(tuning.longestRetry()) < 0 ? doubled : tuning.longestRetry();
            }
        }
    }

    private void commit(Group group) throws SQLException {
        Moment began = clock.get();
        WriteConnection to = connect();
        try {
            to.execute("BEGIN IMMEDIATE");
            to.statements().write(group, began);
            long given = lastId.get(); // only now: places of subscriptions are such numbers too
            long reserved = given < reservedId ? reservedId : given + RESERVED_AHEAD;
            if (reserved != reservedId) {
                to.statements().reserveIds(reserved);
            }
            to.execute("COMMIT");
            reservedId = reserved;
        } catch (SQLException failure) {
            giveUp(to);
            throw failure;
        }
        progress.onCommit(group.size(), clock.get().nanos() - began.nanos());
    }

    /** Rolls back; the connection is closed as well, because what the disk has done to its state nobody knows. */
    private void giveUp(WriteConnection from) {
        try {
            from.execute("ROLLBACK");
        } catch (SQLException rolledBackAlready) {
            LOG.debug("{}: {}", file, rolledBackAlready.getMessage());
        }
        disconnect();
    }

    /** Returns how long there is nothing more of that kind to do. */
    private Duration tidyUp() {
        long nowNanos = clock.get().nanos();
        try {
            checkpoint();
            if (nowNanos - nextSweepNanos < 0) {
                return tuning.sweepInterval();
            }
            if (sweep()) {
                return BETWEEN_SWEEPS;
            }
        } catch (SQLException failure) {
            // If it is more than a passing one, the next commit fails too, and that is told in the log.
            LOG.debug("{}: {}", file, failure.getMessage());
            progress.failures.incrementAndGet();
            disconnect();
        }
        nextSweepNanos = nowNanos + tuning.sweepInterval().toNanos();
        return tuning.sweepInterval();
    }

    /** True if there may be more. */
    private boolean sweep() throws SQLException {
        boolean more = false;
        for (String each : SWEEPS) {
            try (PreparedStatement statement = connect().connection().prepareStatement(each)) {
                statement.setLong(1, clock.get().epochMillis());
                statement.setInt(2, tuning.sweepRows());
                int removed = statement.executeUpdate();
                progress.swept.addAndGet(removed);
                more |= removed == tuning.sweepRows();
            }
        }
        return more;
    }

    /** Not as part of a commit, so that nobody waits for it. */
    private void checkpoint() throws SQLException {
        if (pagesAfter("PRAGMA wal_checkpoint(NOOP)") >= tuning.checkpointPages()) {
            pagesAfter("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /** How long the log is. The result is closed at once: a statement in progress would be in the way of the next. */
    private int pagesAfter(String checkpoint) throws SQLException {
        try (ResultSet log = connect().statement().executeQuery(checkpoint)) {
            return log.getInt(2);
        }
    }

    private WriteConnection connect() throws SQLException {
        WriteConnection present = connection;
        if (present == null) {
            Connection opened = Database.openToWrite(file, tuning);
            try {
                present = new WriteConnection(
                        opened, opened.createStatement(), new GroupStatements(opened, lastId::incrementAndGet));
            } catch (SQLException failure) {
                opened.close();
                throw failure;
            }
            connection = present;
        }
        return present;
    }

    private void disconnect() {
        WriteConnection present = connection;
        connection = null;
        if (present == null) {
            return;
        }
        try {
            present.connection().close();
        } catch (SQLException failure) {
            LOG.warn("{}: {}", file, failure.getMessage());
        }
    }
}
