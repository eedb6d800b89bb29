package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.session.ClientEvents;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the sessions of all loops share. Safe for many threads. */
public final class Broker {
    /** Expired messages take room for no longer; nobody gets them anyway. */
    private static final long SWEEP_NANOS = Duration.ofMinutes(1).toNanos();

    private final BrokerSettings settings;
    private final ClientEvents events;
    private final SessionStore store;
    private final Router router = new Router();
    private final RetainedStore retained;
    private final LocalUpstream ownUpstream;
    private final LocalUpstream keepingUpstream;
    private final BrokerCounters counters = new BrokerCounters();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicLong nextSweepNanos;
    /** Some retained message had an expiry: without, nothing is ever to be swept away. */
    private volatile boolean retainedExpire;
    /** Replaced when access files are read anew. */
    private volatile Authorizer authorizer;

    /** @param store keeps sessions and retained messages over a restart */
    public Broker(
            BrokerSettings settings, Authorizer authorizer, ClientEvents events, SessionStore store, long nowNanos) {
        this.settings = settings;
        this.authorizer = authorizer;
        this.events = events;
        this.store = store;
        this.nextSweepNanos = new AtomicLong(nowNanos + SWEEP_NANOS);
        this.retained = new RetainedStore(settings.maxRetainedTopics(), settings.maxRetainedOctets());
        this.ownUpstream = new LocalUpstream(router, retained, SessionStore.NONE);
        this.keepingUpstream = new LocalUpstream(router, retained, store);
    }

    public BrokerSettings settings() {
        return settings;
    }

    public Router router() {
        return router;
    }

    public RetainedStore retained() {
        return retained;
    }

    /** Without a wire, for messages of the broker itself: what it retains of them is said anew after a restart. */
    public LocalUpstream upstream() {
        return ownUpstream;
    }

    /** The same for messages that come from elsewhere: what is retained of them is kept over a restart. */
    public LocalUpstream keepingUpstream() {
        return keepingUpstream;
    }

    /** The same for MQTT-SN sessions. */
    public Upstream sensorUpstream() {
        return new SensorUpstream(keepingUpstream, counters);
    }

    public SessionStore store() {
        return store;
    }

    public BrokerCounters counters() {
        return counters;
    }

    public Authorizer authorizer() {
        return authorizer;
    }

    /** From the next message on. Subscriptions that stand are kept; what they may not receive is not delivered. */
    public void useAuthorizer(Authorizer newAuthorizer) {
        authorizer = newAuthorizer;
    }

    /** Whether the topic is the broker's own to publish to. */
    static boolean isReserved(String topic) {
        return topic.startsWith("$SYS/") || topic.equals("$SYS");
    }

    boolean mayPublish(Identity client, String topic) {
        return authorizer.mayPublish(client, topic);
    }

    /** What became of a message. */
    enum Outcome {
        MATCHED,
        UNMATCHED,
        /** Too many are retained already: nobody has got it. */
        REFUSED
    }

    /**
     * Brings a message to its subscribers, and stores it if it is to be retained.
     *
     * @param together   see {@link io.causeway.routing.Delivery#together}
     * @param refusable  the publisher can be told that it is not stored; else it is delivered without
     * @param whenQueued run once, on any thread, when every queue has it and what is retained is durable, unless it was
     *                   refused
     */
    Outcome publish(
            String publisher,
            ApplicationMessage message,
            @Nullable Changes together,
            boolean refusable,
            Runnable whenQueued) {
        if (!message.retain()) {
            return route(publisher, message, together, whenQueued);
        }
        return retained.exclusively(() -> {
            if (store(message)) {
                return route(publisher, message, together, keep(message, whenQueued));
            }
            if (refusable) {
                counters.add(BrokerCount.MESSAGES_IN_REFUSED_RETAINED);
                return Outcome.REFUSED;
            }
            counters.add(BrokerCount.RETAINED_DROPPED);
            return route(publisher, message, together, whenQueued);
        });
    }

    private Outcome route(
            String publisher, ApplicationMessage message, @Nullable Changes together, Runnable whenQueued) {
        return router.route(publisher, message, together, whenQueued) ? Outcome.MATCHED : Outcome.UNMATCHED;
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

    /** Takes up a stored retained message; before anybody publishes, and before sessions that may be owed it. */
    public void restore(ApplicationMessage message) {
        if (!isReserved(message.topic()) && !store(message)) {
            counters.add(BrokerCount.RETAINED_DROPPED);
        }
    }

    private boolean store(ApplicationMessage message) {
        if (message.properties().expirySeconds() != MessageProperties.NEVER) {
            retainedExpire = true;
        }
        return retained.store(message);
    }

    /** Makes room for one session more, unless there are too many. */
    boolean tryAddSession() {
        if (sessions.incrementAndGet() <= settings.maxSessions()) {
            return true;
        }
        sessions.decrementAndGet();
        return false;
    }

    /** One session more, whether or not there are too many. */
    void addSession() {
        sessions.incrementAndGet();
    }

    void removeSession() {
        sessions.decrementAndGet();
    }

    /** Removes retained messages that have expired, if none of the loops has done so lately. */
    void removeExpired(long nowNanos) {
        long due = nextSweepNanos.get();
        if (retainedExpire && nowNanos - due >= 0 && nextSweepNanos.compareAndSet(due, nowNanos + SWEEP_NANOS)) {
            retained.exclusively(() -> removeAllExpired(nowNanos));
        }
    }

    private int removeAllExpired(long nowNanos) {
        Changes forgetting = store.begin();
        int removed = retained.removeIf(each -> {
            boolean expired = each.properties().isExpired(nowNanos);
            if (expired) {
                forgetting.add(new Change.RemoveRetained(each.topic()));
            }
            return expired;
        });
        if (removed > 0) {
            forgetting.submit();
        }
        return removed;
    }

    ClientEvents events() {
        return events;
    }
}
