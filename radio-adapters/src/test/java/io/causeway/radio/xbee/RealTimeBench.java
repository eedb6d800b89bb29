package io.causeway.radio.xbee;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A scripted radio whose time passes as ours does, on an event loop; what is done to it is done there. */
final class RealTimeBench implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(2);

    final EventExecutor loop = new DefaultEventExecutor();
    final ScriptedRadio radio;

    RealTimeBench() {
        Schedule schedule = new Schedule();
        long ahead = schedule.nowNanos() - System.nanoTime();
        radio = new ScriptedRadio(schedule);
        Future<?> unused = loop.scheduleAtFixedRate(
                () -> schedule.runUntil(System.nanoTime() + ahead), 0, STEP.toNanos(), TimeUnit.NANOSECONDS);
    }

    <T> T onLoop(Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
