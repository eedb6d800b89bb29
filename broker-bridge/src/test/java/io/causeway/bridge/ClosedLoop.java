package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A crowd of sensors, each with one message under way: it numbers them from 0, sends the next once one is accepted, and
 * the same again a little after it was refused.
 */
final class ClosedLoop implements AutoCloseable {
    private static final int RETRY_MILLIS = 20;

    private final AggregatingUpstream upstream;
    private final Qos qos;
    private final int messages;
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final Executor retry = CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, loop);
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger toldTwice = new AtomicInteger();

    /** @param messages how many each sensor sends, to topic {@code loop/<sensor>} */
    ClosedLoop(AggregatingUpstream upstream, Qos qos, int sensors, int messages) {
        this.upstream = upstream;
        this.qos = qos;
        this.messages = messages;
        for (int sensor = 0; sensor < sensors; sensor++) {
            String topic = "loop/" + sensor;
            loop.execute(() -> publish(topic, 0));
        }
    }

    /** All sensors together. */
    int accepted() {
        return accepted.get();
    }

    int refused() {
        return refused.get();
    }

    /** Messages of which a sensor heard more than once: a bug. */
    int toldTwice() {
        return toldTwice.get();
    }

    private void publish(String topic, int number) {
        if (number == messages) {
            return;
        }
        AtomicBoolean told = new AtomicBoolean();
        upstream.publish(
                topic, new ApplicationMessage(topic, Octets.utf8("" + number), qos, false), new PublishCallback() {
                    @Override
                    public void onAccepted() {
                        once(told);
                        accepted.incrementAndGet();
                        loop.execute(() -> publish(topic, number + 1));
                    }

                    @Override
                    public void onRefused(Refusal refusal) {
                        once(told);
                        refused.incrementAndGet();
                        retry.execute(() -> publish(topic, number));
                    }
                });
    }

    private void once(AtomicBoolean told) {
        if (!told.compareAndSet(false, true)) {
            toldTwice.incrementAndGet();
        }
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }
}
