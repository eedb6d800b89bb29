package io.causeway.radio.port;

import java.time.Duration;

/**
 * When the next octets may be written so that they wait with us and not in the system, of which nobody knows how many it
 * holds: a USB adapter takes them far faster than its line sends them. One thread's own.
 */
final class Pace {
    /** With its start and its stop bit. */
    static final int BITS_PER_OCTET = 10;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    /** What a thread may wake up too late without the line being slower for it. */
    private static final long LATENESS_NANOS = Duration.ofMillis(5).toNanos();

    private final long octetNanos;
    private final long gapNanos;
    private long idleFromNanos;

    Pace(int bitsPerSecond, Duration gap, long nowNanos) {
        this.octetNanos = BITS_PER_OCTET * SECOND_NANOS / bitsPerSecond;
        this.gapNanos = gap.toNanos();
        this.idleFromNanos = nowNanos;
    }

    /** How long to wait before the next write, 0 or below for not at all. */
    long waitNanos(long nowNanos) {
        return idleFromNanos - nowNanos;
    }

    /** @param nowNanos when the write began */
    void wrote(int octets, long nowNanos) {
        long begin = nowNanos - idleFromNanos < LATENESS_NANOS ? idleFromNanos : nowNanos;
        idleFromNanos = begin + octets * octetNanos + gapNanos;
    }

    /** How long the line takes for so many octets. */
    Duration timeFor(int octets) {
        return Duration.ofNanos(octets * octetNanos);
    }
}
