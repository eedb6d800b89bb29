package io.causeway.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps what must survive a restart. Safe for many threads. Units of changes become durable in the order in which they
 * are submitted, several at a time maybe, but each as a whole.
 */
public interface SessionStore {
    /** Keeps nothing, and says that everything is durable as soon as it is submitted. */
    SessionStore NONE = new NoStore();

    /** False if nothing is kept over a restart: who asks may spare the changes. */
    boolean isDurable();

    /**
     * Shows all that is kept; before anything is submitted. What cannot be read by itself is left out: a row costs no
     * other. Blocks.
     *
     * @throws StoreUnreadableException if nothing more can be read
     */
    void load(Contents contents);

    /** A number above all that were given before, also in earlier lives of the store, from 1. */
    long nextId();

    /** Begins a unit of changes. */
    Changes begin();

    /**
     * Whether what is submitted now can be expected to become durable soon. If not, nothing new should be promised: what
     * was submitted stays in memory, and is tried again.
     */
    boolean isTaking();

    /** Somebody can do nothing else before what was submitted up to now is durable: it need not wait for company. */
    void hurry();

    /** Why nothing becomes durable at present, in words; nothing if all is well. */
    Optional<String> trouble();

    /**
     * What waits for a broker elsewhere, the lowest sequence first, without messages that cannot be read by themselves.
     * Blocks; not for an event loop.
     *
     * @param link  the connection that it is for
     * @param after only higher sequences than this one
     * @param limit most of them, from 1; fewer come only if there are no more
     * @throws StoreUnreadableException if nothing more can be read
     */
    List<StoredForward> forwards(String link, long after, int limit);

    /**
     * Shows the outlines of all that waits for a broker elsewhere, the lowest sequence first, without those that cannot be
     * read by themselves. A message whose outline is shown may be missing from {@link #forwards} for the same reason.
     * Blocks.
     *
     * @throws StoreUnreadableException if nothing more can be read
     */
    void outlines(String link, Consumer<StoredForward.Outline> visitor);

    /** Makes all durable that was submitted, as far as it can be, and lets go of everything. Blocks. */
    void close();
}
