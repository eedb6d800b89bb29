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
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An upstream without a wire: the clients of this gateway reach each other. Safe for many threads. */
public final class LocalUpstream implements Upstream {
    private final Router router;
    private final RetainedStore retained;
    private final SessionStore store;
    private final KeptRetained keptRetained;
    private final Consumer<NoRoom> noRoom;

    /** What became of a message. */
    public enum Outcome {
        MATCHED,
        UNMATCHED,
        /** Too many are retained already: nobody has got it. */
        REFUSED
    }

    /** What becomes of a message that is to be retained, and for which there is no room. */
    public enum NoRoom {
        REFUSED,
        /** It could not be refused, and is delivered without being retained; or it was retained before a restart. */
        DROPPED
    }

    public LocalUpstream(Router router, RetainedStore retained, SessionStore store) {
        this(router, retained, store, noRoom -> {});
    }

    /**
     * @param store  keeps retained messages over a restart, and has what is one step with a message at QoS 2
     * @param noRoom told of each message that is not retained for want of room, on any thread
     */
    public LocalUpstream(Router router, RetainedStore retained, SessionStore store, Consumer<NoRoom> noRoom) {
        this.router = router;
        this.retained = retained;
        this.store = store;
        this.keptRetained = new KeptRetained(retained, store);
        this.noRoom = noRoom;
    }

    @Override
    public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
        boolean promises = message.qos() != Qos.AT_MOST_ONCE;
        if (promises && !store.isTaking()) {
            callback.onRefused(Refusal.CONGESTION);
            return;
        }
        Outcome outcome;
        if (message.qos() == Qos.EXACTLY_ONCE && store.isDurable()) {
            // What all subscribers keep of it is one step, and so is what the publisher adds to it.
            Changes together = store.begin();
            outcome = deliver(publisher, message, together, true, () -> callback.onTaken(together));
        } else {
            outcome = deliver(publisher, message, null, true, callback::onAccepted);
        }
        if (outcome == Outcome.REFUSED) {
            callback.onRefused(Refusal.CONGESTION);
        }
    }

    /**
     * Brings a message to its subscribers, and stores it if it is to be retained.
     *
     * @param publisher subscribers of this client id that want nothing of their own do not get it
     * @param together  as in {@link Router#route(String, ApplicationMessage, DurableStep, Runnable)}
     * @param refusable the publisher can be told that there is no room; else the message is delivered without being
     *                  retained
     * @param whenSafe  run once, on any thread, unless the message was refused: when every queue has it and, at QoS 1
     *                  and 2, what is retained is durable
     */
    public Outcome deliver(
            String publisher,
            ApplicationMessage message,
            @Nullable DurableStep together,
            boolean refusable,
            Runnable whenSafe) {
        if (!message.retain()) {
            return route(publisher, message, together, whenSafe);
        }
        return retained.exclusively(() -> {
            if (keptRetained.store(message)) {
                boolean promised = message.qos() != Qos.AT_MOST_ONCE;
                return route(publisher, message, together, promised ? whenAlsoKept(whenSafe) : whenSafe);
            }
            if (refusable) {
                noRoom.accept(NoRoom.REFUSED);
                return Outcome.REFUSED;
            }
            noRoom.accept(NoRoom.DROPPED);
            return route(publisher, message, together, whenSafe);
        });
    }

    private Outcome route(
            String publisher, ApplicationMessage message, @Nullable DurableStep together, Runnable whenQueued) {
        return router.route(publisher, message, together, whenQueued) ? Outcome.MATCHED : Outcome.UNMATCHED;
    }

    private Runnable whenAlsoKept(Runnable whenSafe) {
        AtomicInteger open = new AtomicInteger(2);
        Runnable step = () -> {
            if (open.decrementAndGet() == 0) {
                whenSafe.run();
            }
        };
        keptRetained.whenDurable(step);
        return step;
    }

    /** Takes up a retained message that was kept; before anybody publishes, and before sessions that may be owed it. */
    public void restore(ApplicationMessage message) {
        if (!keptRetained.restore(message)) {
            noRoom.accept(NoRoom.DROPPED);
        }
    }

    /** Expired messages take room for no longer; nobody gets them anyway. */
    public void removeExpired(long nowNanos) {
        keptRetained.removeExpired(nowNanos);
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
}
