package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Draw;
import io.causeway.simulator.scenario.Alarms;
import java.util.random.RandomGenerator;

/** Several at once, at random times. */
final class Bursts implements Occasions {
    private final Alarms alarms;
    private final RandomGenerator random;
    private long dueNanos;
    private int left;

    Bursts(Alarms alarms, RandomGenerator random, long nowNanos) {
        this.alarms = alarms;
        this.random = random;
        restart(nowNanos);
    }

    @Override
    public long dueNanos() {
        return dueNanos;
    }

    @Override
    public long onTaken(long nowNanos) {
        left--;
        if (left > 0) {
            dueNanos += alarms.gap().toNanos();
        } else {
            restart(dueNanos);
        }
        return 0;
    }

    @Override
    public void onSettled(long nowNanos) {}

    @Override
    public void restart(long nowNanos) {
        dueNanos = nowNanos + Draw.exponential(alarms.every(), random);
        left = random.nextInt(alarms.burst().least(), alarms.burst().most() + 1);
    }
}
