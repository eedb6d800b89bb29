package io.causeway.forwarder;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one forwarder. Free to use from any thread. */
final class Counters {
    private final Map<ForwarderCount, LongAdder> values = new EnumMap<>(ForwarderCount.class);

    Counters() {
        for (ForwarderCount count : ForwarderCount.values()) {
            values.put(count, new LongAdder());
        }
    }

    void add(ForwarderCount count) {
        of(count).increment();
    }

    long get(ForwarderCount count) {
        return of(count).sum();
    }

    private LongAdder of(ForwarderCount count) {
        return values.getOrDefault(count, new LongAdder());
    }
}
