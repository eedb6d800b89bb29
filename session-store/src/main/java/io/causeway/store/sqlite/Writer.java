package io.causeway.store.sqlite;

import io.causeway.store.Change;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
    /** Between two looks whether the file is still where it was, and the clock on the wall as well. */
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(2);

    private static final List<String> SWEEPS = List.of(
            "DELETE FROM message WHERE (session, sequence) IN (SELECT session, sequence FROM message"
                    + " WHERE expires <= ? AND packet_id = 0 LIMIT ?)",
            "DELETE FROM retained WHERE topic IN (SELECT topic FROM retained WHERE expires <= ? LIMIT ?)");

    private final OpenedFile opened;
    private final Path file;
    private final Tuning tuning;
    private final Intake intake;
    private final Progress progress;
    private final StoreClock clock;
    private final AtomicLong lastId;
    private long reservedId;
    private @Nullable Anchor writtenAnchor;
    private @Nullable WriteConnection connection;
    private long nextSweepNanos;
    private long troubleSinceNanos;

    /**
     * @param writtenAnchor what the file has, if anything
     * @param lastId        the last id given out; up to the present one all are reserved in the file already
     */
    Writer(
            OpenedFile opened,
            Tuning tuning,
            Intake intake,
            Progress progress,
            StoreClock clock,
            @Nullable Anchor writtenAnchor,
            AtomicLong lastId) {
        this.opened = opened;
        this.file = opened.path();
        this.tuning = tuning;
        this.intake = intake;
        this.progress = progress;
        this.clock = clock;
        this.writtenAnchor = writtenAnchor;
        this.lastId = lastId;
        this.reservedId = lastId.get();
        this.nextSweepNanos = clock.now().nanos();
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
                longest = done ? Duration.ZERO : untilNextTask();
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

    /**
     * Units without changes wait for nothing, unless there is trouble: who waits by one for the end of it would go round
     * and round.
     *
     * @return false if the units are lost, because it could not be done before the store was closed
     */
    private boolean commit(List<Unit> units) throws InterruptedException {
        Group group = new Group();
        for (Unit unit : units) {
            for (Change change : unit.list()) {
                group.add(change);
            }
        }
        boolean waits = group.size() > 0 || progress.trouble().isPresent();
        if (waits && !commitUntilDone(group)) {
            return false;
        }
        for (Unit unit : units) {
            intake.settle(unit);
            tell(unit);
        }
        return true;
    }

    private Duration untilNextTask() {
        Duration tidy = tidyUp();
        watch();
        return tidy.compareTo(WATCH_INTERVAL) < 0 ? tidy : WATCH_INTERVAL;
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
        while (true) {
            boolean last = intake.isClosed();
            try {
                commit(group);
                onSuccess();
                return true;
            } catch (SQLException failure) {
                onFailure(failure);
                if (last) {
                    tellLoss();
                    return false;
                }
                intake.pause(pause);
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(tuning.longestRetry()) < 0 ? doubled : tuning.longestRetry();
            }
        }
    }

    private void tellLoss() {
        long changes = intake.waitingChanges();
        if (changes > 0) {
            LOG.error("{}: {} changes are lost", file, changes);
        }
    }

    private void onFailure(SQLException failure) {
        if (progress.trouble().isEmpty()) {
            troubleSinceNanos = clock.now().nanos();
        }
        String trouble = Failure.inWords(file, failure);
        if (progress.onTrouble(trouble)) {
            LOG.error("{}. Until then nothing new is taken, and what was is kept in memory", trouble);
        }
    }

    private void onSuccess() {
        if (progress.onRecovery()) {
            Duration lasted = Duration.ofNanos(clock.now().nanos() - troubleSinceNanos);
            LOG.info("{}: what waited is kept now, after {} s", file, lasted.toSeconds());
        }
    }

    private void commit(Group group) throws SQLException {
        Moment began = clock.now();
        WriteConnection to = connect();
        try {
            to.begin();
            to.statements().write(group, began);
            long given = lastId.get(); // only now: places of subscriptions are such numbers too
            long reserved = given < reservedId ? reservedId : given + RESERVED_AHEAD;
            if (reserved != reservedId) {
                to.statements().reserveIds(reserved);
            }
            Anchor anchor = clock.anchor();
            boolean news = writtenAnchor == null || anchor.isNews(writtenAnchor);
            if (news) {
                to.statements().keepAnchor(anchor);
            }
            to.commit();
            reservedId = reserved;
            writtenAnchor = news ? anchor : writtenAnchor;
        } catch (SQLException failure) {
            disconnect(); // what the disk has done to its state nobody knows
            throw failure;
        }
        progress.onCommit(group.size(), clock.now().nanos() - began.nanos());
    }

    /** Sees that the file is still in its place and nobody else's, and that its time can be told over a restart. */
    private void watch() {
        try {
            if (writtenAnchor != null && clock.anchor().hasJumpedSince(writtenAnchor)) {
                commit(new Group());
            }
            connect().begin();
            onSuccess();
        } catch (SQLException failure) {
            disconnect();
            onFailure(failure);
        }
    }

    /** Returns how long there is nothing more of that kind to do. */
    private Duration tidyUp() {
        long nowNanos = clock.now().nanos();
        try {
            connect().commit(); // of nothing, but within a transaction there is no checkpoint
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
                statement.setLong(1, clock.now().fileMillis());
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
            present = WriteConnection.open(opened, tuning, lastId::incrementAndGet);
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
            present.close();
        } catch (SQLException failure) {
            LOG.warn("{}: {}", file, failure.getMessage());
        }
    }
}
