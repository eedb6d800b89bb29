package io.causeway.gateway.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What several metrics of one scrape come from, like the census: taking it costs the loops a walk over all sessions. Safe
 * for many threads.
 */
final class Recent<T> {
    private static final long VALID_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Supplier<T> source;
    private T value;
    private long takenNanos;

    Recent(T first, Supplier<T> source) {
        this.source = source;
        this.value = first;
        this.takenNanos = System.nanoTime() - VALID_NANOS;
    }

    synchronized T get() {
        if (System.nanoTime() - takenNanos >= VALID_NANOS) {
            value = source.get();
            takenNanos = System.nanoTime(); // it may have taken long
        }
        return value;
    }
}
