package io.causeway.simulator.fleet;

import io.causeway.simulator.scenario.Sleep;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** When a sleeper wakes (1.2 §6.14). Owned by the thread of the run. */
final class SleepCycle {
    /** The gateway waits for one and a half periods: after two it has lost the sensor. */
    private static final int MOST_MISSED = 2;

    private final Sleep sleep;
    private final RandomGenerator random;
    private long wakeNanos;
    private long wokeNanos;
    private long fetchedNanos;
    private int missed;
    private boolean isFresh;

    SleepCycle(Sleep sleep, RandomGenerator random, long nowNanos) {
        this.sleep = sleep;
        this.random = random;
        this.fetchedNanos = nowNanos;
        this.wakeNanos = nowNanos;
        this.wokeNanos = nowNanos;
    }

    Duration period() {
        return sleep.period();
    }

    long wakeNanos() {
        return wakeNanos;
    }

    /** It wakes, and asks for what the gateway has for it. */
    void wake(long nowNanos) {
        wokeNanos = nowNanos;
        next(nowNanos);
    }

    /** The gateway heard of it just now, and waits for the next time. */
    void next(long nowNanos) {
        long periodNanos = sleep.period().toNanos();
        wakeNanos = nowNanos + periodNanos + (long) (sleep.jitter() * periodNanos * random.nextDouble(-1, 1));
    }

    void wakeAt(long nanos) {
        wakeNanos = nanos;
    }

    /**
     * It has what the gateway had for it, and now may publish what was due.
     *
     * @param openSinceNanos since when the network has lost nothing; only then it surely has all
     */
    void onFetched(long openSinceNanos, long nowNanos) {
        if (openSinceNanos - wokeNanos <= 0) {
            fetchedNanos = nowNanos;
        }
        missed = 0;
        isFresh = true;
    }

    /** It has returned to active: the gateway has not lost it. */
    void onActive() {
        missed = 0;
    }

    /** @return whether the gateway has lost the sensor by now */
    boolean onMissed() {
        missed++;
        return missed >= MOST_MISSED;
    }

    /** When it last had all that the gateway had for it; when it began, if never. */
    long fetchedNanos() {
        return fetchedNanos;
    }

    /** Whether it has fetched just now; once. */
    boolean takeFresh() {
        boolean wasFresh = isFresh;
        isFresh = false;
        return wasFresh;
    }
}
