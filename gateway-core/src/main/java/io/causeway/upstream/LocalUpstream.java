package io.causeway.upstream;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.DurableStep;
import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An upstream without a wire: the clients of this gateway reach each other. Safe for many threads. */
public final class LocalUpstream implements Upstream {
    private final Router router;
    private final RetainedStore retained;
    private final SessionStore store;
    private final LongAdder retainedRefused = new LongAdder();

    /** @param store keeps retained messages over a restart, and has what is one step with a message at QoS 2 */
    public LocalUpstream(Router router, RetainedStore retained, SessionStore store) {
        this.router = router;
        this.retained = retained;
        this.store = store;
    }

    @Override
    public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
        boolean promises = message.qos() != Qos.AT_MOST_ONCE;
        if (promises && !store.isTaking()) {
            callback.onRefused(Refusal.CONGESTION);
        } else if (!message.retain()) {
            route(publisher, message, callback, UnaryOperator.identity());
        } else if (!retained.exclusively(() -> storeAndRoute(publisher, message, callback))) {
            retainedRefused.increment();
            callback.onRefused(Refusal.CONGESTION);
        }
    }

    private boolean storeAndRoute(String publisher, ApplicationMessage message, PublishCallback callback) {
        boolean stored = retained.store(message);
        if (stored) {
            route(publisher, message, callback, whenQueued -> keep(message, whenQueued));
        }
        return stored;
    }

    /** At QoS 2 what all subscribers keep of the message is one step, and so is what the publisher adds to it. */
    private void route(
            String publisher, ApplicationMessage message, PublishCallback callback, UnaryOperator<Runnable> delay) {
        if (message.qos() == Qos.EXACTLY_ONCE && store.isDurable()) {
            Changes together = store.begin();
            router.route(publisher, message, together, delay.apply(() -> callback.onTaken(together)));
        } else {
            router.route(publisher, message, delay.apply(callback::onAccepted));
        }
    }

    /**
     * Takes a message that was accepted elsewhere, and cannot be refused here: for want of room it is delivered without
     * being retained.
     *
     * @param publisher  subscribers of this client id that want nothing of their own do not get it
     * @param together   as in {@link Router#route(String, ApplicationMessage, DurableStep, Runnable)}
     * @param whenQueued run once, on any thread, when every queue has it
     */
    public void bringIn(
            String publisher, ApplicationMessage message, @Nullable DurableStep together, Runnable whenQueued) {
        if (!message.retain()) {
            router.route(publisher, message, together, whenQueued);
            return;
        }
        retained.exclusively(() -> {
            boolean stored = retained.store(message);
            if (!stored) {
                retainedRefused.increment();
            }
            return router.route(publisher, message, together, stored ? keep(message, whenQueued) : whenQueued);
        });
    }

    /** In the order in which messages are stored: the caller lets nobody else store meanwhile. */
    private Runnable keep(ApplicationMessage message, Runnable whenQueuedAndKept) {
        if (!store.isDurable()) {
            return whenQueuedAndKept;
        }
        AtomicInteger open = new AtomicInteger(2);
        Runnable step = () -> {
            if (open.decrementAndGet() == 0) {
                whenQueuedAndKept.run();
            }
        };
        Changes keeping = store.begin();
        boolean deletes = message.payload().isEmpty();
        keeping.add(deletes ? new Change.RemoveRetained(message.topic()) : new Change.PutRetained(message));
        keeping.whenDurable(step);
        keeping.submit();
        return step;
    }

    @Override
    public void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
        SubscriptionOptions options = SubscriptionOptions.of(qos);
        List<Recipient> asker = List.of(new Recipient(subscriber, options));
        retained.exclusively(() -> {
            boolean isNew = router.subscribe(subscriber, filter, options);
            retained.match(filter, message -> router.routeRetained(message, asker, () -> {}));
            callback.onSubscribed(qos); // who is told that it stands misses none of them after a crash
            return isNew;
        });
    }

    @Override
    public void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {
        router.subscribe(subscriber, filter, SubscriptionOptions.of(qos));
    }

    @Override
    public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
        router.unsubscribe(subscriber, filter);
        done.run();
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public void close(Duration drain) {
        // Nothing is held here that could be handed on.
    }

    public int retainedMessages() {
        return retained.size();
    }

    /** Retained messages refused with congestion because the store was full. */
    public long retainedRefused() {
        return retainedRefused.sum();
    }
}
