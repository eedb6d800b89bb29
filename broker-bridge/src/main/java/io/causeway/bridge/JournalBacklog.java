package io.causeway.bridge;

import io.causeway.bridge.JournalIndex.State;
import io.causeway.store.StoreUnreadableException;
import io.causeway.store.StoredForward;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a journal for what had to wait: one message after the other, at a limited rate, as far as the store can
 * be read. Owned by the worker.
 */
final class JournalBacklog {
    /** How soon to try again to read. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final JournalBook book;
    private final JournalPages pages;
    private final JournalRemovals removals;
    private final JournalReport report;
    private final DrainRate rate;
    private @Nullable PendingPublish next;
    private long nextReadNanos;
    private volatile String trouble = "";

    JournalBacklog(
            JournalBook book,
            JournalPages pages,
            JournalRemovals removals,
            JournalReport report,
            DrainRate rate,
            long nowNanos) {
        this.book = book;
        this.pages = pages;
        this.removals = removals;
        this.report = report;
        this.rate = rate;
        this.nextReadNanos = nowNanos;
    }

    /**
     * The message whose turn it is; null if there is none, it is not durable yet, or the store cannot be read at present.
     * Blocks if it has to be read back.
     */
    @Nullable
    PendingPublish next(long nowNanos) {
        if (nowNanos - nextReadNanos < 0) {
            return null;
        }
        try {
            PendingPublish first = readNext(nowNanos);
            report.onReadable();
            trouble = "";
            return first;
        } catch (StoreUnreadableException failure) {
            nextReadNanos = nowNanos + RETRY_NANOS;
            trouble = "the journal cannot be read: " + failure.getMessage();
            report.onUnreadable(failure, nowNanos);
            return null;
        }
    }

    private @Nullable PendingPublish readNext(long nowNanos) {
        for (long position = book.next(); position >= 0; position = book.next()) {
            long sequence = book.sequence(position);
            if (next != null && next.sequence() == sequence) {
                return next;
            }
            StoredForward forward = pages.read(sequence);
            if (forward == null) {
                removals.dropUnreadable(position, nowNanos);
            } else if (forward.message().properties().isExpired(nowNanos)) {
                removals.dropExpired(position, nowNanos);
            } else {
                next = PendingPublish.of(forward);
                return next;
            }
        }
        return null;
    }

    /** Nanoseconds until {@link #next} may be taken, by the rate at which a backlog goes. */
    long waitNanos(long nowNanos) {
        return rate.waitNanos(nowNanos);
    }

    /** What {@link #next} returned is on its way. */
    void take(PendingPublish taken, long nowNanos) {
        rate.pass(nowNanos);
        book.become(book.find(taken.sequence()), State.TAKEN);
        pages.forget(taken.sequence());
        next = null;
    }

    /** Why it cannot be read, in words; empty if it can. Any thread. */
    String trouble() {
        return trouble;
    }
}
