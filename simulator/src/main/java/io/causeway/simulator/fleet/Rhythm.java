package io.causeway.simulator.fleet;

import io.causeway.simulator.scenario.Pace;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Regular but for some jitter, whatever becomes of the messages: an open loop. */
final class Rhythm implements Occasions {
    /** Reports that a sensor keeps while it cannot send them. */
    private static final long MOST_KEPT = 100;

    private final long intervalNanos;
    private final double jitter;
    private final RandomGenerator random;

    /** When the next one would be due without jitter. */
    private long beatNanos;

    private long dueNanos;

    Rhythm(Pace.Every pace, RandomGenerator random, long nowNanos) {
        this(pace.interval(), pace.jitter(), random, nowNanos);
    }

    Rhythm(Duration interval, double jitter, RandomGenerator random, long nowNanos) {
        this.intervalNanos = interval.toNanos();
        this.jitter = jitter;
        this.random = random;
        restart(nowNanos);
    }

    @Override
    public long dueNanos() {
        return dueNanos;
    }

    @Override
    public long onTaken(long nowNanos) {
        beatNanos += intervalNanos;
        long leftOut = Math.max(0, (nowNanos - beatNanos) / intervalNanos - MOST_KEPT);
        beatNanos += leftOut * intervalNanos;
        dueNanos = beatNanos + (long) (jitter * intervalNanos * random.nextDouble(-1, 1));
        return leftOut;
    }

    @Override
    public void onSettled(long nowNanos) {}

    @Override
    public void restart(long nowNanos) {
        beatNanos = nowNanos + random.nextLong(intervalNanos);
        dueNanos = beatNanos;
    }
}
