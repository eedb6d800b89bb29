package io.causeway.store;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one loop changes: collected while it works off what has come in, then submitted as one unit. Owned by that loop.
 */
public final class ChangeLog {
    private final SessionStore store;
    private final Consumer<LongConsumer> mailbox;
    private final Set<Snapshot> touched = new LinkedHashSet<>();
    private @Nullable Changes open;
    private long unit;

    /** Something whose values are written as they are when a unit is submitted, and not after each change. */
    @FunctionalInterface
    public interface Snapshot {
        /** Its values now. */
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

    /** Submits what has been changed up to now. The loop does so by itself when it has done what came in before. */
    public void submit() {
        Changes complete = open;
        if (complete == null) {
            return;
        }
        for (Snapshot each : touched) {
            complete.add(each.toChange());
        }
        touched.clear();
        open = null;
        complete.submit();
    }

    private Changes unit() {
        Changes present = open;
        if (present == null) {
            present = store.begin();
            open = present;
            unit++;
            mailbox.accept(nowNanos -> submit());
        }
        return present;
    }
}
