package io.causeway.simulator.network;

import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.Span;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Lengths of time by chance, in nanoseconds. */
public final class Draw {
    private Draw() {}

    /** How long a datagram is on its way. */
    static long delay(Delay delay, RandomGenerator random) {
        if (delay instanceof Delay.Fixed fixed) {
            return fixed.time().toNanos();
        }
        if (delay instanceof Delay.Uniform uniform) {
            return between(uniform.times(), random);
        }
        if (delay instanceof Delay.Normal normal) {
            double aside = random.nextGaussian() * normal.deviation().toNanos();
            return Math.max(0, normal.mean().toNanos() + (long) aside);
        }
        Delay.LongTail longTail = (Delay.LongTail) delay;
        return longTail.least().toNanos() + exponential(longTail.mean().minus(longTail.least()), random);
    }

    public static long between(Span<Duration> span, RandomGenerator random) {
        long leastNanos = span.least().toNanos();
        return leastNanos + random.nextLong(span.most().toNanos() - leastNanos + 1);
    }

    /** From one event of a Poisson process to the next. */
    public static long exponential(Duration mean, RandomGenerator random) {
        return (long) (mean.toNanos() * random.nextExponential());
    }
}
