package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.session.ClientEvents;
import io.causeway.store.SessionStore;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the sessions of all loops share. Safe for many threads. */
public final class Broker {
    /** Expired messages take room for no longer; nobody gets them anyway. */
    private static final long SWEEP_NANOS = Duration.ofMinutes(1).toNanos();

    private final BrokerSettings settings;
    private final ClientEvents events;
    private final SessionStore store;
    private final Router router = new Router();
    private final RetainedStore retained;
    private final LocalUpstream upstream;
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
        this.upstream = new LocalUpstream(router, retained, store);
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

    /** Without a wire, for messages of the broker itself. */
    public Upstream upstream() {
        return upstream;
    }

    /** The same for MQTT-SN sessions. */
    public Upstream sensorUpstream() {
        return new SensorUpstream(upstream, counters);
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
     * @param refusable  the publisher can be told that it is not stored; else it is delivered without
     * @param whenQueued run once, on any thread, when every queue has it, unless it was refused
     */
    Outcome publish(String publisher, ApplicationMessage message, boolean refusable, Runnable whenQueued) {
        if (!message.retain()) {
            return route(publisher, message, whenQueued);
        }
        return retained.exclusively(() -> {
            if (!store(message)) {
                if (refusable) {
                    counters.add(BrokerCount.MESSAGES_IN_REFUSED_RETAINED);
                    return Outcome.REFUSED;
                }
                counters.add(BrokerCount.RETAINED_DROPPED);
            }
            return route(publisher, message, whenQueued);
        });
    }

    private Outcome route(String publisher, ApplicationMessage message, Runnable whenQueued) {
        return router.route(publisher, message, whenQueued) ? Outcome.MATCHED : Outcome.UNMATCHED;
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
            retained.removeIf(each -> each.properties().isExpired(nowNanos));
        }
    }

    ClientEvents events() {
        return events;
    }
}
