package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Draw;
import io.causeway.simulator.scenario.BrownOuts;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.util.random.RandomGenerator;

/** The brown-outs of one sensor. Owned by the thread of the run. */
final class PowerCuts {
    private final TimerWheel wheel;
    private final BrownOuts brownOuts;
    private final RandomGenerator random;
    private final SessionSensor sensor;
    private final Timer timer = new Timer((expired, nowNanos) -> change(nowNanos));
    private boolean isDark;
    private boolean isLast;

    PowerCuts(TimerWheel wheel, BrownOuts brownOuts, RandomGenerator random, SessionSensor sensor) {
        this.wheel = wheel;
        this.brownOuts = brownOuts;
        this.random = random;
        this.sensor = sensor;
    }

    void start(long nowNanos) {
        wheel.arm(timer, nowNanos + Draw.exponential(brownOuts.every(), random));
    }

    /** No more of them; one that lasts comes to its end. */
    void finish() {
        isLast = true;
        if (!isDark) {
            end();
        }
    }

    void end() {
        wheel.disarm(timer);
    }

    private void change(long nowNanos) {
        isDark = !isDark;
        if (isDark) {
            wheel.arm(timer, nowNanos + Draw.between(brownOuts.outage(), random));
            sensor.losePower();
            return;
        }
        if (!isLast) {
            start(nowNanos);
        }
        sensor.regainPower(nowNanos);
    }
}
