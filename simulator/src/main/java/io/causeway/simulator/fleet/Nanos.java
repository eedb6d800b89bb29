package io.causeway.simulator.fleet;

/** Points in time, on the {@link System#nanoTime()} scale. */
final class Nanos {
    private Nanos() {}

    static long earlier(long nanos, long otherNanos) {
        return nanos - otherNanos < 0 ? nanos : otherNanos;
    }

    static long later(long nanos, long otherNanos) {
        return nanos - otherNanos > 0 ? nanos : otherNanos;
    }
}
