package io.causeway.simulator.network;

import io.causeway.simulator.scenario.NetworkConditions;
import java.util.random.RandomGenerator;

/**
 * When the network of a group is out: a Poisson process, and each outage as long as chance has it. Moves with the time that
 * it is asked about. Owned by the thread of the run.
 */
public final class Outages {
    private final NetworkConditions conditions;
    private final RandomGenerator random;
    private boolean isOut;
    private long upSinceNanos;
    private long changeNanos;

    /** @param nowNanos the network is up then */
    public Outages(NetworkConditions conditions, RandomGenerator random, long nowNanos) {
        this.conditions = conditions;
        this.random = random;
        this.upSinceNanos = nowNanos;
        this.changeNanos = nowNanos + untilNext();
    }

    /** @param nowNanos not before that of the last call */
    boolean isOut(long nowNanos) {
        if (conditions.outageEvery().isZero()) {
            return false;
        }
        while (nowNanos - changeNanos >= 0) {
            isOut = !isOut;
            upSinceNanos = changeNanos;
            changeNanos += isOut ? Draw.between(conditions.outage(), random) : untilNext();
        }
        return isOut;
    }

    /** Since when the network has been up; its beginning, if it has never been out. Now, if it is out. */
    long upSinceNanos(long nowNanos) {
        return isOut(nowNanos) ? nowNanos : upSinceNanos;
    }

    private long untilNext() {
        return Draw.exponential(conditions.outageEvery(), random);
    }
}
