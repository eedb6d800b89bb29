package io.causeway.gateway.runtime;

import io.causeway.broker.session.BrokerCensus;
import io.causeway.broker.session.MqttShard;
import io.causeway.dialect.v12.Dialect;
import io.causeway.dialect.v12.Ingress;
import io.causeway.session.Mailbox;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.Shard;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop, the shard that it owns, and where its datagrams come in. This is the loop: what nobody else caught is
 * caught and logged here, and the loop goes on.
 */
final class ShardLoop implements Mailbox {
    private static final Logger LOGGER = LoggerFactory.getLogger(ShardLoop.class);
    /** Sleeping longer would make a timer late that is armed meanwhile; shorter would wake an idle machine for nothing. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long SHORTEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Tasks waiting for a loop beyond which what may be lost is. */
    private static final int MAX_PENDING_TASKS = 100_000;
    /** A loop that has not looked at its timers for so long is not well. */
    private static final long LATE_TICK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EventLoop loop;
    private long lastTickNanos;
    private @Nullable Dialect dialect;
    private @Nullable MqttShard mqtt;
    private @Nullable Ingress ingress;

    ShardLoop(EventLoop loop) {
        this.loop = loop;
    }

    /** Gives the loop its work; before any link is open. */
    void start(Dialect ownDialect, Ingress ownIngress, @Nullable MqttShard ownMqtt) {
        loop.execute(() -> {
            dialect = ownDialect;
            ingress = ownIngress;
            mqtt = ownMqtt;
            onTick();
        });
    }

    /** On this loop. */
    Shard shard() {
        Dialect own = dialect;
        if (own == null) {
            throw new IllegalStateException("not started");
        }
        return own.shard();
    }

    EventLoop eventLoop() {
        return loop;
    }

    boolean isCurrent() {
        return loop.inEventLoop();
    }

    /** On this loop. */
    BrokerCensus brokerCensus() {
        return mqtt == null ? BrokerCensus.EMPTY : mqtt.census();
    }

    /** On this loop: a datagram of a link whose endpoint it serves. */
    void onDatagram(NetworkIdentity from, ByteBuf datagram, boolean multicast) {
        Ingress open = ingress;
        if (open != null) {
            open.onDatagram(from, datagram, multicast, System.nanoTime());
        }
    }

    @Override
    public void post(LongConsumer work) {
        try {
            loop.execute(() -> run(work));
        } catch (RejectedExecutionException stopped) {
            LOGGER.debug("a loop that has stopped gets no more work", stopped);
        }
    }

    /** Asks the shard on its own loop. */
    <T> Future<T> ask(LongFunction<T> question) {
        Callable<T> onLoop = () -> question.apply(System.nanoTime());
        return loop.submit(onLoop);
    }

    private void run(LongConsumer work) {
        try {
            work.accept(System.nanoTime());
        } catch (RuntimeException e) {
            LOGGER.error("work on an event loop failed", e);
        }
    }

    @Override
    public boolean isOverloaded() {
        return loop instanceof SingleThreadEventExecutor executor && executor.pendingTasks() > MAX_PENDING_TASKS;
    }

    /** On this loop: whether its timers are looked at as often as they should be. */
    boolean isTicking(long nowNanos) {
        return nowNanos - lastTickNanos < LATE_TICK_NANOS;
    }

    /** Whatever a timer does to this turn, there is a next one. */
    private void onTick() {
        Dialect own = dialect;
        if (own == null) {
            return;
        }
        Shard shard = own.shard();
        lastTickNanos = System.nanoTime();
        try {
            run(shard::advance);
            if (mqtt != null) {
                run(mqtt::advance);
            }
        } finally {
            long nowNanos = System.nanoTime();
            long sleep = Math.min(LONGEST_SLEEP_NANOS, shard.nanosToNextTimer(nowNanos));
            if (mqtt != null) {
                sleep = Math.min(sleep, mqtt.nanosToNextTimer(nowNanos));
            }
            Future<?> unused = loop.schedule(this::onTick, Math.max(SHORTEST_SLEEP_NANOS, sleep), TimeUnit.NANOSECONDS);
        }
    }
}
