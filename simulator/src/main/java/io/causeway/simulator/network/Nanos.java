package io.causeway.simulator.network;

/** Points in time, on the {@link System#nanoTime()} scale. */
public final class Nanos {
    private Nanos() {}

    public static long earlier(long nanos, long otherNanos) {
        return nanos - otherNanos < 0 ? nanos : otherNanos;
    }

    public static long later(long nanos, long otherNanos) {
        return nanos - otherNanos > 0 ? nanos : otherNanos;
    }
}
