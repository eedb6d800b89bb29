package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Draw;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/** Something that happens to a sensor at random times: a Poisson process. Owned by the thread of the run. */
final class Chance {
    private final TimerWheel wheel;
    private final RandomGenerator random;
    private final Duration every;
    private final LongConsumer event;
    private final Timer timer = new Timer((expired, nowNanos) -> happen(nowNanos));

    /**
     * @param every the mean time
     * @param event told the time each time
     */
    Chance(TimerWheel wheel, RandomGenerator random, Duration every, LongConsumer event) {
        this.wheel = wheel;
        this.random = random;
        this.every = every;
        this.event = event;
    }

    /** From now on it happens, again and again. */
    void start(long nowNanos) {
        wheel.arm(timer, nowNanos + Draw.exponential(every, random));
    }

    void stop() {
        wheel.disarm(timer);
    }

    /** The event may stop it. */
    private void happen(long nowNanos) {
        start(nowNanos);
        event.accept(nowNanos);
    }
}
