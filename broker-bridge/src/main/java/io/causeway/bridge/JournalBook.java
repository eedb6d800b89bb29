package io.causeway.bridge;

import io.causeway.bridge.JournalIndex.State;
import java.util.Arrays;

/**
 * What a journal holds, by all that it is asked for: the place in the backlog where the next one stands, the oldest under
 * each rule, how much there is of each publisher and topic. Positions mean an entry until another one is added or
 * removed. Owned by the worker.
 */
final class JournalBook {
    private final UpstreamCounters counters;
    private final JournalShares shares;
    private final JournalIndex index = new JournalIndex();
    private final KeyCounts freshKeys = new KeyCounts();
    private final KeyCounts backlogKeys = new KeyCounts();
    private final long[] oldest;
    private long cursor;
    private int backlog;

    JournalBook(JournalShares shares, UpstreamCounters counters) {
        this.shares = shares;
        this.counters = counters;
        this.oldest = new long[shares.count()];
    }

    int size() {
        return index.size();
    }

    /** Entries that are not fresh. */
    int backlog() {
        return backlog;
    }

    /** Of the first entry; there must be one. */
    long oldestSinceNanos() {
        return index.sinceNanos(index.first());
    }

    boolean hasFresh(int key) {
        return freshKeys.contains(key);
    }

    boolean hasBacklog(int key) {
        return backlogKeys.contains(key);
    }

    long sequence(long position) {
        return index.sequence(position);
    }

    long sinceNanos(long position) {
        return index.sinceNanos(position);
    }

    State state(long position) {
        return index.state(position);
    }

    /** The position of the entry, or -1 if it is not here. */
    long find(long sequence) {
        return index.find(sequence);
    }

    void enter(long sequence, int octets, int key, long sinceNanos, int rule, State state) {
        if (index.isFull()) {
            repack();
        }
        index.add(sequence, octets, key, sinceNanos, rule, state);
        count(key, state);
        shares.add(rule, octets);
        counters.journalChanged(1, octets);
    }

    void remove(long position) {
        int octets = index.octets(position);
        uncount(index.key(position), index.state(position));
        shares.remove(index.rule(position), octets);
        counters.journalChanged(-1, -octets);
        index.remove(position);
        if (index.isWasteful()) {
            repack();
        }
    }

    private void count(int key, State state) {
        (state == State.FRESH ? freshKeys : backlogKeys).increment(key);
        backlog += state == State.FRESH ? 0 : 1;
    }

    private void uncount(int key, State state) {
        (state == State.FRESH ? freshKeys : backlogKeys).decrement(key);
        backlog -= state == State.FRESH ? 0 : 1;
    }

    private void repack() {
        index.makeRoom();
        cursor = index.first();
        Arrays.fill(oldest, index.first());
    }

    void become(long position, State state) {
        int key = index.key(position);
        uncount(key, index.state(position));
        index.become(position, state);
        count(key, state);
        if (state == State.UNSURE || state == State.WAITING) {
            int rule = index.rule(position);
            cursor = Math.min(cursor, position);
            oldest[rule] = Math.min(oldest[rule], position);
        }
    }

    /**
     * The entry of the backlog whose turn it is; -1 if there is none, or if it has to wait: until it is durable, or for a
     * fresh one of the same publisher and topic.
     */
    long next() {
        cursor = Math.max(cursor, index.first());
        while (cursor < index.end() && index.state(cursor) != State.WAITING && index.state(cursor) != State.UNSURE) {
            cursor++;
        }
        boolean ready =
                cursor < index.end() && index.state(cursor) == State.WAITING && !freshKeys.contains(index.key(cursor));
        return ready ? cursor : -1;
    }

    /** The first that waits under the rule, or -1. */
    long oldest(int rule) {
        long position = Math.max(oldest[rule], index.first());
        while (position < index.end() && (index.rule(position) != rule || index.state(position) != State.WAITING)) {
            position++;
        }
        oldest[rule] = position;
        return position < index.end() ? position : -1;
    }

    /** The first that waits and may be dropped, or -1. */
    long oldestDroppable() {
        long first = -1;
        for (int rule = 0; rule < shares.count(); rule++) {
            long position = shares.mayDrop(rule) ? oldest(rule) : -1;
            if (position >= 0 && (first < 0 || position < first)) {
                first = position;
            }
        }
        return first;
    }
}
