package io.causeway.session;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counts of one shard. Written by its loop alone, with plain ordered stores and no contention; read by any
 * thread, which may see them a moment late.
 */
@SuppressWarnings("EnumOrdinal") // an index into this process's memory, never stored or sent
public final class Counters {
    private final AtomicLongArray values = new AtomicLongArray(Count.values().length);

    void add(Count count) {
        add(count, 1);
    }

    void add(Count count, long amount) {
        int index = count.ordinal();
        values.lazySet(index, values.getPlain(index) + amount);
    }

    public long get(Count count) {
        return values.get(count.ordinal());
    }
}
