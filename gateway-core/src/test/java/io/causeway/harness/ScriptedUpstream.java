package io.causeway.harness;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A local upstream that records what it is asked, and that a test can take away, make slow or make refuse. Not
 * thread-safe.
 */
public final class ScriptedUpstream implements Upstream {
    private static final int MAX_RETAINED = 10_000;

    private final LocalUpstream local;
    private final List<ApplicationMessage> published = new ArrayList<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean available = true;
    private boolean holding;
    private boolean refusingSubscriptions;

    public ScriptedUpstream(Router router) {
        this.local = new LocalUpstream(router, new RetainedStore(MAX_RETAINED));
    }

    /** Whether the server can be reached; while it cannot, everything is refused with congestion. */
    public void setAvailable(boolean newAvailable) {
        available = newAvailable;
    }

    /** From now on every subscription is refused for good. */
    public void refuseSubscriptions() {
        refusingSubscriptions = true;
    }

    /** From now on nothing is answered until {@link #release} is called. */
    public void hold() {
        holding = true;
    }

    /** Answers what was held, in order, and no longer holds. */
    public void release() {
        holding = false;
        while (!held.isEmpty()) {
            held.remove().run();
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
        orHold(() -> {
            published.add(message);
            local.publish(publisher, message, callback);
        });
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
        orHold(() -> local.subscribe(subscriber, filter, qos, callback));
    }

    @Override
    public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
        orHold(() -> local.unsubscribe(subscriber, filter, done));
    }

    @Override
    public boolean isAvailable() {
        return available;
    }

    @Override
    public void close(Duration drain) {
        release();
    }

    private void orHold(Runnable work) {
        if (holding) {
            held.add(work);
        } else {
            work.run();
        }
    }
}
