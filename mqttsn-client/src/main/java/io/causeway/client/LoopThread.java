package io.causeway.client;

import io.causeway.timer.TimerWheel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of a {@link ClientLoop} with what its clients share: one timer wheel and one source of chance. */
final class LoopThread {
    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);

    /** How late a repetition or a PINGREQ may be. */
    private static final Duration TICK = Duration.ofMillis(20);

    private final EventLoop loop;
    private final TimerWheel wheel = new TimerWheel(TICK, System.nanoTime());
    private final RandomGenerator random = new SplittableRandom();
    private final Future<?> ticking;

    LoopThread(EventLoop loop) {
        this.loop = loop;
        this.ticking = loop.scheduleAtFixedRate(this::tick, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
    }

    EventLoop loop() {
        return loop;
    }

    /** To be used within the loop only, as {@link #random}. */
    TimerWheel wheel() {
        return wheel;
    }

    RandomGenerator random() {
        return random;
    }

    void stop() {
        ticking.cancel(false);
    }

    private void tick() {
        try {
            wheel.advance(System.nanoTime());
        } catch (RuntimeException e) {
            log.error("a timer of a client failed", e);
        }
    }
}
