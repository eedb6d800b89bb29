package io.causeway.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one loop changes: collected while it works off what has come in, then submitted as one unit. Owned by that loop.
 */
public final class ChangeLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChangeLog.class);

    private final SessionStore store;
    private final Consumer<LongConsumer> mailbox;
    private final Set<Snapshot> touched = new LinkedHashSet<>();
    private @Nullable Changes open;
    /** The open unit has changes besides the snapshots. */
    private boolean changed;

    /** The open unit waits for the one before it. */
    private boolean deferred;

    private @Nullable Changes last;
    private long unit;

    /** Something whose values are written as they are when a unit is submitted, and not after each change. */
    @FunctionalInterface
    public interface Snapshot {
        /** Its values now. If it throws, what the store has of it stays, and nothing else is the worse for it. */
        Change toChange();
    }

    /** @param mailbox runs work on this loop, later, with the time in nanoseconds */
    public ChangeLog(SessionStore store, Consumer<LongConsumer> mailbox) {
        this.store = store;
        this.mailbox = mailbox;
    }

    /** False if nothing is kept over a restart: the rest may be spared. */
    public boolean isDurable() {
        return store.isDurable();
    }

    /** See {@link SessionStore#isTaking}. */
    public boolean isTaking() {
        return store.isTaking();
    }

    /** See {@link SessionStore#nextId}. */
    public long nextId() {
        return store.nextId();
    }

    public void add(Change change) {
        unit().add(change);
        changed = true;
        if (deferred) {
            deferred = false;
            mailbox.accept(nowNanos -> submitInTurn());
        }
    }

    /** The values of this one have changed. */
    public void touch(Snapshot snapshot) {
        unit();
        touched.add(snapshot);
    }

    /** This one is no more: what it was is not written. */
    public void forget(Snapshot snapshot) {
        touched.remove(snapshot);
    }

    /** Has something done, on any thread, when all that was changed up to now is durable. */
    public void whenDurable(Runnable follower) {
        unit().whenDurable(follower);
    }

    /** As {@link #whenDurable}, on this loop. */
    public void afterwards(LongConsumer work) {
        whenDurable(() -> mailbox.accept(work));
    }

    /** Names the unit that the next change goes into: who has seen this number before need not wait twice. */
    public long unitNumber() {
        unit();
        return unit;
    }

    /** Begins a unit beside this one, for a message that is one step with what others change for it. */
    public Changes begin() {
        return store.begin();
    }

    /** Submits a unit from {@link #begin}, behind all that this loop has changed up to now. */
    public void submit(Changes beside) {
        submit();
        beside.submit();
    }

    /**
     * What the loop does by itself when it has done what came in before. While the store takes nothing, snapshots wait
     * for what it has: clients that change their minds again and again must not fill the memory.
     */
    private void submitInTurn() {
        Changes before = last;
        if (changed || before == null || before.isDurable() || store.isTaking()) {
            submit();
        } else {
            deferred = true;
            before.whenDurable(() -> mailbox.accept(nowNanos -> submitInTurn()));
        }
    }

    /** Submits what has been changed up to now, for what somebody else submits is to come after it. */
    public void submit() {
        Changes complete = open;
        if (complete == null) {
            return;
        }
        List<Snapshot> latest = List.copyOf(touched);
        open = null;
        changed = false;
        deferred = false;
        last = complete;
        touched.clear();
        latest.forEach(each -> addValues(each, complete));
        complete.submit();
    }

    private static void addValues(Snapshot snapshot, Changes complete) {
        try {
            complete.add(snapshot.toChange());
        } catch (RuntimeException ownFault) {
            LOGGER.error("values of a session are not kept", ownFault);
        }
    }

    private Changes unit() {
        Changes present = open;
        if (present == null) {
            present = store.begin();
            open = present;
            unit++;
            mailbox.accept(nowNanos -> submitInTurn());
        }
        return present;
    }
}
