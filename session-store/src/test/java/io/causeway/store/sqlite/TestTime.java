package io.causeway.store.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks of a store, standing still until they are set. */
final class TestTime extends Clock {
    static final long START_NANOS = Long.MAX_VALUE - 5;

    private final AtomicLong nanos = new AtomicLong(START_NANOS);
    private final AtomicLong epochMillis = new AtomicLong(1_800_000_000_000L);

    long nanos() {
        return nanos.get();
    }

    long nanosAgo(Duration ago) {
        return nanos() - ago.toNanos();
    }

    /** As time does. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        jump(time);
    }

    /** As somebody sets the clock on the wall. */
    void jump(Duration time) {
        epochMillis.addAndGet(time.toMillis());
    }

    /** As the process ends and another one begins: its {@code nanoTime} says nothing about the former one's. */
    void restart() {
        nanos.set(12_345);
    }

    @Override
    public long millis() {
        return epochMillis.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
