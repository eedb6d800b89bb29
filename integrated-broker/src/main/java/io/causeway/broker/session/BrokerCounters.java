package io.causeway.broker.session;

import java.util.concurrent.atomic.LongAdder;

/** The counts of the broker, over all loops. Safe for many threads. */
@SuppressWarnings("EnumOrdinal") // an index into this process's memory, never stored or sent
public final class BrokerCounters {
    private final LongAdder[] values = new LongAdder[BrokerCount.values().length];

    public BrokerCounters() {
        for (int i = 0; i < values.length; i++) {
            values[i] = new LongAdder();
        }
    }

    public void add(BrokerCount count) {
        values[count.ordinal()].increment();
    }

    public void add(BrokerCount count, long amount) {
        values[count.ordinal()].add(amount);
    }

    public long get(BrokerCount count) {
        return values[count.ordinal()].sum();
    }
}
