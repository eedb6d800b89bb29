package io.causeway.store;

import io.causeway.routing.DurableStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Changes that become durable together or not at all. Filled, submitted once, and then the store's.
 *
 * <p>Safe for many threads, because a message can concern sessions of several loops.
 */
public final class Changes implements DurableStep {
    private final Consumer<Changes> store;
    private final List<Change> changes = new ArrayList<>(2);
    private final List<Runnable> followers = new ArrayList<>(1);
    private boolean submitted;
    private boolean durable;

    /** @param store takes them when they are submitted */
    public Changes(Consumer<Changes> store) {
        this.store = store;
    }

    /** @throws IllegalStateException if they are submitted already: a bug of the caller */
    public synchronized void add(Change change) {
        if (submitted) {
            throw new IllegalStateException("submitted already, too late for " + change);
        }
        changes.add(change);
    }

    /**
     * Has something done once when all of this is durable: on the store's thread, which it must not hold up, or at once
     * if it is durable already. Never if the process ends before.
     */
    public void whenDurable(Runnable follower) {
        synchronized (this) {
            if (!durable) {
                followers.add(follower);
                return;
            }
        }
        follower.run();
    }

    /** Hands them to the store; never blocks. */
    public void submit() {
        synchronized (this) {
            if (submitted) {
                throw new IllegalStateException("submitted twice");
            }
            submitted = true;
        }
        store.accept(this);
    }

    public synchronized boolean isDurable() {
        return durable;
    }

    /** In the order in which they were added. */
    public synchronized List<Change> toList() {
        return List.copyOf(changes);
    }

    /**
     * For the store: they are safe now.
     *
     * @throws RuntimeException out of a follower, when all of them have been told
     */
    public void becomeDurable() {
        List<Runnable> waiting;
        synchronized (this) {
            durable = true;
            waiting = List.copyOf(followers);
            followers.clear();
        }
        RuntimeException failure = null;
        for (Runnable each : waiting) {
            try {
                each.run();
            } catch (RuntimeException thrown) {
                failure = failure == null ? thrown : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
