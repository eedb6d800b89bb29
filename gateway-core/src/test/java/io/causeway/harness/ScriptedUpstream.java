package io.causeway.harness;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A local upstream that records what it is asked, and that a test can take away, make slow or make refuse. Not
 * thread-safe.
 */
public final class ScriptedUpstream implements Upstream {
    private static final int MAX_RETAINED = 10_000;

    private final RetainedStore retained = new RetainedStore(MAX_RETAINED, Long.MAX_VALUE);
    private final LocalUpstream local;
    private final List<ApplicationMessage> published = new ArrayList<>();
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private boolean available = true;
    private boolean holding;
    private boolean holdingAnswers;
    private boolean refusingSubscriptions;
    private Runnable meanwhile = () -> {};

    public ScriptedUpstream(Router router, SessionStore store) {
        this.local = new LocalUpstream(router, retained, store);
    }

    /** Takes up a retained message of an earlier life of the gateway. */
    void restore(ApplicationMessage message) {
        retained.store(message);
    }

    /** Whether the server can be reached; while it cannot, everything is refused with congestion. */
    public void setAvailable(boolean newAvailable) {
        available = newAvailable;
    }

    /** What other loops do at the moment when a subscription is answered. */
    public void whenSubscribed(Runnable others) {
        meanwhile = others;
    }

    /** From now on every subscription is refused for good. */
    public void refuseSubscriptions() {
        refusingSubscriptions = true;
    }

    /** Takes a subscription away from all who have it, as a broker does that does not take it again. */
    public void loseSubscription(TopicFilter filter) {
        subscribers.forEach(each -> {
            local.unsubscribe(each, filter, () -> {});
            each.onSubscriptionLost(filter);
        });
    }

    /** From now on nothing is answered until {@link #release} is called. */
    public void hold() {
        holding = true;
    }

    /** From now on publishes and subscriptions take effect at once, but are not answered until {@link #release}. */
    public void holdAnswers() {
        holdingAnswers = true;
    }

    /** Does and answers what was held, in order, and no longer holds. */
    public void release() {
        holding = false;
        holdingAnswers = false;
        while (!held.isEmpty()) {
            held.remove().done().run();
        }
    }

    /** The connection breaks: what was held and not done is refused with congestion, and it no longer holds. */
    public void breakOff() {
        holding = false;
        holdingAnswers = false;
        while (!held.isEmpty()) {
            held.remove().broken().run();
        }
    }

    /** Everything that was taken for delivery, in order. */
    public List<ApplicationMessage> published() {
        return List.copyOf(published);
    }

    @Override
    public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
        if (!available) {
            callback.onRefused(Refusal.CONGESTION);
            return;
        }
        orHold(
                () -> {
                    published.add(message);
                    local.publish(publisher, message, new LateAnswer(callback));
                },
                () -> callback.onRefused(Refusal.CONGESTION));
    }

    @Override
    public void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
        if (!available) {
            callback.onRefused(Refusal.CONGESTION);
            return;
        }
        if (refusingSubscriptions) {
            callback.onRefused(Refusal.NOT_SUPPORTED);
            return;
        }
        subscribers.add(subscriber);
        orHold(
                () -> local.subscribe(subscriber, filter, qos, new LateSubscribeAnswer(callback)),
                () -> callback.onRefused(Refusal.CONGESTION));
    }

    @Override
    public void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {
        if (refusingSubscriptions) {
            subscriber.onSubscriptionLost(filter);
            return;
        }
        subscribers.add(subscriber);
        local.resume(subscriber, filter, qos);
    }

    @Override
    public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
        Runnable work = () -> local.unsubscribe(subscriber, filter, done);
        orHold(work, work);
    }

    @Override
    public boolean isAvailable() {
        return available;
    }

    @Override
    public void close(Duration drain) {
        release();
    }

    private void orHold(Runnable work, Runnable refusal) {
        if (holding) {
            held.add(new Held(work, refusal));
        } else {
            work.run();
        }
    }

    private void answer(Runnable answer) {
        if (holdingAnswers) {
            held.add(new Held(answer, answer));
        } else {
            answer.run();
        }
    }

    /**
     * @param done   what happens when it is released
     * @param broken what happens if the connection breaks first
     */
    private record Held(Runnable done, Runnable broken) {}

    private final class LateAnswer implements PublishCallback {
        private final PublishCallback callback;

        private LateAnswer(PublishCallback callback) {
            this.callback = callback;
        }

        @Override
        public void onAccepted() {
            answer(callback::onAccepted);
        }

        @Override
        public void onTaken(Changes together) {
            answer(() -> callback.onTaken(together));
        }

        @Override
        public void onRefused(Refusal refusal) {
            answer(() -> callback.onRefused(refusal));
        }
    }

    private final class LateSubscribeAnswer implements SubscribeCallback {
        private final SubscribeCallback callback;

        private LateSubscribeAnswer(SubscribeCallback callback) {
            this.callback = callback;
        }

        @Override
        public void onSubscribed(Qos granted) {
            answer(() -> callback.onSubscribed(granted));
            meanwhile.run();
        }

        @Override
        public void onRefused(Refusal refusal) {
            answer(() -> callback.onRefused(refusal));
        }
    }
}
