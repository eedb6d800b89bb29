package io.causeway.simulator.network;

import io.netty.channel.IoEventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.nio.NioIoOps;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where all sockets of a run are listened to, those of its sensors and that to the broker: by one selector, on one thread.
 * Nothing comes, and nothing is read that would have to be kept, but while {@link #run} lasts. Owned by the thread that
 * makes it.
 */
public final class SocketLoop implements AutoCloseable {
    private static final long GLANCE_NANOS = Duration.ofMillis(10).toNanos();

    private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), NioIoHandler.newFactory());

    /** For Netty's channels. */
    public IoEventLoop eventLoop() {
        return loop;
    }

    /** From now on the handle is told when something can be read from its channel, until that is closed. */
    void listen(NioIoHandle handle) {
        loop.register(handle).syncUninterruptibly().getNow().submit(NioIoOps.READ);
    }

    /**
     * Tells all sockets what has come for them; if nothing has, waits for it.
     *
     * @param mostNanos the longest wait, which is rounded up to milliseconds; zero: does not wait
     */
    public void run(long mostNanos) {
        if (mostNanos <= 0) {
            loop.runNow();
        } else {
            long mostMillis = TimeUnit.NANOSECONDS.toMillis(mostNanos - 1) + 1; // less would be waited for without rest
            loop.run(TimeUnit.MILLISECONDS.toNanos(mostMillis));
        }
    }

    /** Ends the wait of {@link #run}, now or the next one. From any thread. */
    public void wakeUp() {
        loop.wakeup();
    }

    /**
     * Runs until it is so, or the time is over.
     *
     * @return whether it is so
     */
    public boolean runUntil(BooleanSupplier isSo, Duration patience) {
        long beganNanos = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - beganNanos >= patience.toNanos()) {
                return false;
            }
            run(GLANCE_NANOS);
        }
        return true;
    }

    /** Closes all sockets. */
    @Override
    public void close() {
        Future<?> closed = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!closed.isDone()) {
            loop.runNow();
        }
    }
}
