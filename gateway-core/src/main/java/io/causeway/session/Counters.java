package io.causeway.session;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of one loop, one for each constant. Written by that loop alone, with plain ordered stores and no contention;
 * read by any thread, which may see them a moment late.
 */
@SuppressWarnings("EnumOrdinal") // an index into this process's memory, never stored or sent
public final class Counters<E extends Enum<E>> {
    private final AtomicLongArray values;

    public Counters(Class<E> counts) {
        values = new AtomicLongArray(counts.getEnumConstants().length);
    }

    public void add(E count) {
        add(count, 1);
    }

    public void add(E count, long amount) {
        int index = count.ordinal();
        values.lazySet(index, values.getPlain(index) + amount);
    }

    public long get(E count) {
        return values.get(count.ordinal());
    }
}
