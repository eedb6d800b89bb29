package io.causeway.bridge;

import io.causeway.bridge.InboundAcks.Ack;
import io.causeway.bridge.MqttConnection.Subscription;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.StoredArrival;
import io.causeway.upstream.SubscribeCallback;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What comes down over one connection, and the subscriptions that bring it. One lock guards it all: messages are routed
 * under it, so that nothing is delivered after an unsubscription is done and no live message overtakes a retained one.
 * Every live message is: one that a broker sends for each of our filters cannot be told from one that was sent twice.
 * The worker and the threads of the connection take it; event loops never do, they post to the worker.
 */
final class Downlink {
    /** Messages being handed to event loops; at the bound the connection is not read any further. */
    private static final int MAX_BEING_QUEUED = 1_000;

    /** No client id is empty. */
    private static final String NOBODY = "";

    private static final long LONGEST_WAIT_NANOS = 60_000_000_000L;

    private final LinkStore place;
    private final MqttConnection connection;
    private final Router router;
    private final TopicPrefix prefix;
    private final UpstreamCounters counters;
    private final LongSupplier nanoTime;
    private final Signal worker;
    private final UpstreamFilters filters;
    private final InboundAcks acks = new InboundAcks();
    private final Semaphore beingQueued = new Semaphore(MAX_BEING_QUEUED);
    private boolean asBridge;
    private volatile long dueNanos;

    /**
     * @param posting takes what the worker is to do with the connection
     * @param worker  raised when there is something to acknowledge
     */
    Downlink(
            AggregatingSettings settings,
            LinkStore place,
            MqttConnection connection,
            Router router,
            UpstreamCounters counters,
            LongSupplier nanoTime,
            Executor posting,
            Signal worker) {
        this.place = place;
        this.connection = connection;
        this.router = router;
        this.prefix = TopicPrefix.of(settings.topicPrefix());
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.worker = worker;
        this.filters = new UpstreamFilters(
                router,
                requests(connection, posting),
                settings.timings(),
                place.journal() != null || settings.isBridge(),
                counters);
    }

    private UpstreamFilters.Requests requests(MqttConnection connection, Executor posting) {
        return new UpstreamFilters.Requests() {
            @Override
            public void subscribe(int requestId, List<Subscription> subscriptions) {
                List<Subscription> prefixed = subscriptions.stream()
                        .map(each -> new Subscription(prefix.up(each.filter()), each.qos()))
                        .toList();
                posting.execute(() -> connection.subscribe(requestId, prefixed));
            }

            @Override
            public void unsubscribe(List<TopicFilter> filters) {
                List<TopicFilter> prefixed = filters.stream().map(prefix::up).toList();
                posting.execute(() -> connection.unsubscribe(prefixed));
            }
        };
    }

    /** Whether the broker can be asked for a filter at all. Any thread. */
    boolean canCarry(TopicFilter filter) {
        return prefix.fits(filter) && connection.canCarry(prefix.up(filter).value());
    }

    /** Worker. */
    synchronized void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
        filters.subscribe(subscriber, filter, qos, callback, now());
        dueNanos = now();
    }

    /** Worker. */
    synchronized void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {
        filters.resume(subscriber, filter, qos);
    }

    /** Worker. */
    synchronized void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
        filters.unsubscribe(subscriber, filter, now());
        done.run();
        dueNanos = now();
    }

    /** Before the worker runs. */
    synchronized void restore(StoredArrival arrival) {
        if (arrival.delivered()) {
            acks.restore(new InboundMessage(arrival.message(), arrival.packetId(), 0, false));
        }
    }

    /** Worker. */
    synchronized void onSessionLost() {
        acks.onSessionLost();
        filters.onSessionInDoubt();
    }

    /** The broker may have made a new session without our knowing. Worker. */
    synchronized void onSessionInDoubt() {
        filters.onSessionInDoubt();
    }

    /** Worker. */
    synchronized void onConnected(boolean nowAsBridge) {
        if (!asBridge || !nowAsBridge) {
            filters.onSessionInDoubt(); // in it the filters are not those of a bridge
        }
        filters.onConnected(now());
        asBridge = nowAsBridge;
        dueNanos = now();
    }

    /** Worker. */
    synchronized void onLost(ConnectionLoss loss) {
        acks.onLost();
        filters.onLost(loss, now());
    }

    /** Threads of the connection. */
    synchronized void onSubscribed(int requestId, List<Integer> returnCodes) {
        filters.onSubscribed(requestId, returnCodes, now());
        dueNanos = now();
    }

    /** Threads of the connection; waits while too much is being queued already. */
    void onArrived(InboundMessage arrived) {
        counters.arrivedOne();
        beingQueued.acquireUninterruptibly();
        route(arrived);
    }

    private synchronized void route(InboundMessage arrived) {
        Runnable whenQueued = beingQueued::release;
        if (arrived.message().qos() != Qos.AT_MOST_ONCE) {
            Ack ack = acks.add(arrived);
            if (ack == null) {
                beingQueued.release();
                worker.raise();
                return;
            }
            whenQueued = () -> {
                beingQueued.release();
                if (acks.confirm(ack)) {
                    worker.raise();
                }
            };
        }
        ApplicationMessage message = prefix.down(arrived.message()).orElse(null);
        if (arrived.message().qos() == Qos.EXACTLY_ONCE && place.store().isDurable()) {
            routeOnce(arrived, message, whenQueued);
        } else if (message == null) {
            counters.outsidePrefixOne();
            whenQueued.run();
        } else if (message.retain()) {
            routeRetained(arrived, message, null, whenQueued);
        } else {
            router.route(message, whenQueued);
        }
    }

    /** What its subscribers keep of the message and that it was delivered are one step, after which it is completed. */
    private void routeOnce(InboundMessage arrived, @Nullable ApplicationMessage message, Runnable whenKept) {
        Changes together = place.store().begin();
        Runnable whenQueued = () -> {
            StoredArrival delivered = new StoredArrival(place.link(), arrived.packetId(), arrived.message(), true);
            together.add(new Change.PutArrival(delivered));
            together.whenDurable(whenKept);
            together.submit();
        };
        if (message == null) {
            counters.outsidePrefixOne();
            whenQueued.run();
        } else if (message.retain()) {
            routeRetained(arrived, message, together, whenQueued);
        } else {
            router.route(NOBODY, message, together, whenQueued);
        }
    }

    /** A bridge gets live messages with their retain flag too: in doubt a message is one. */
    private void routeRetained(
            InboundMessage arrived, ApplicationMessage message, @Nullable Changes together, Runnable whenQueued) {
        if (filters.onRetained(message, arrived.overBridge(), whenQueued, now())) {
            return;
        }
        if (arrived.overBridge()) {
            router.route(NOBODY, message, together, whenQueued);
        } else {
            counters.retainedUnaskedOne();
            whenQueued.run();
        }
    }

    /** Tells the broker what we have. Worker. */
    void acknowledge() {
        acks.acknowledge(message -> {
            boolean taken = connection.acknowledge(message);
            if (taken) {
                counters.acknowledgedOne();
            }
            return taken;
        });
    }

    /** Worker. Returns nanoseconds after which to be called again at the latest. */
    long onTime(long nowNanos) {
        long leftNanos = dueNanos - nowNanos;
        return leftNanos > 0 ? leftNanos : reviewTimes(nowNanos);
    }

    private synchronized long reviewTimes(long nowNanos) {
        long nextNanos = Math.min(filters.onTime(nowNanos), LONGEST_WAIT_NANOS);
        dueNanos = nowNanos + nextNanos;
        return nextNanos;
    }

    /** Lets go of threads that wait; event loops may be gone by now. */
    void close() {
        beingQueued.release(Integer.MAX_VALUE / 2);
    }

    private long now() {
        return nanoTime.getAsLong();
    }
}
