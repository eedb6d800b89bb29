package io.causeway.bridge;

import io.causeway.store.StoreUnreadableException;
import io.causeway.store.StoredForward;

/**
 * How messages leave a journal: the broker has them or will never have them, they make room, they are too old, the store
 * has lost them. Each is counted by its reason. Owned by the worker.
 */
final class JournalRemovals {
    private final JournalShares shares;
    private final JournalBook book;
    private final JournalPages pages;
    private final JournalUnit unit;
    private final JournalReport report;
    private final UpstreamCounters counters;
    private final boolean ages;

    JournalRemovals(
            JournalShares shares,
            JournalBook book,
            JournalPages pages,
            JournalUnit unit,
            JournalReport report,
            UpstreamCounters counters) {
        this.shares = shares;
        this.book = book;
        this.pages = pages;
        this.unit = unit;
        this.report = report;
        this.counters = counters;
        boolean aging = false;
        for (int rule = 0; rule < shares.count(); rule++) {
            aging |= !shares.boundsOf(rule).maxAge().isZero();
        }
        this.ages = aging;
    }

    /** The broker has it. */
    void drained(long position) {
        remove(position);
        counters.drainedOne();
    }

    /** The broker will never have it. */
    void dropUnsendable(long position) {
        counters.droppedOneUnsendable();
        remove(position);
    }

    /** The row of one message is damaged, and costs no other. It stays in the store, for whoever can still make sense of it. */
    void dropUnreadable(long position, long nowNanos) {
        counters.droppedOneUnreadable();
        report.onLostInStore(book.sequence(position), nowNanos);
        book.remove(position);
    }

    /** It has expired by its own properties. */
    void dropExpired(long position, long nowNanos) {
        counters.droppedOneByAge();
        drop(position, "it has expired", nowNanos);
    }

    void dropAged(long nowNanos) {
        for (int rule = 0; ages && rule < shares.count(); rule++) {
            long maxAgeNanos = shares.boundsOf(rule).maxAge().toNanos();
            for (long position = maxAgeNanos == 0 ? -1 : book.oldest(rule);
                    position >= 0 && nowNanos - book.sinceNanos(position) >= maxAgeNanos;
                    position = book.oldest(rule)) {
                counters.droppedOneByAge();
                drop(position, "it is too old", nowNanos);
            }
        }
    }

    /** Has the oldest make room for one more, where the policy says so. False if there is none. */
    boolean makeRoom(int rule, int octets, long nowNanos) {
        if (!shares.canHaveRoom(rule, octets)) {
            return false; // and nothing is dropped in vain
        }
        while (!shares.hasRoom(rule, octets)) {
            if (!shares.mayDrop(rule) || !dropForRoom(book.oldest(rule), nowNanos)) {
                return false;
            }
        }
        while (!shares.hasRoom(octets)) {
            if (!dropForRoom(book.oldestDroppable(), nowNanos)) {
                return false;
            }
        }
        return true;
    }

    private boolean dropForRoom(long position, long nowNanos) {
        if (position < 0) {
            return false;
        }
        counters.droppedOneByBound();
        drop(position, "there is no room for it any more", nowNanos);
        return true;
    }

    private void drop(long position, String why, long nowNanos) {
        if (report.isDropDue(nowNanos)) {
            report.onDropped(why, topicOf(book.sequence(position)));
        }
        remove(position);
    }

    private String topicOf(long sequence) {
        try {
            StoredForward forward = pages.read(sequence);
            return forward == null ? "?" : forward.message().topic();
        } catch (StoreUnreadableException failure) {
            return "?";
        }
    }

    private void remove(long position) {
        long sequence = book.sequence(position);
        pages.forget(sequence);
        book.remove(position);
        unit.remove(sequence);
    }
}
