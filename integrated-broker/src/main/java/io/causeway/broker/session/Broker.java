package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.session.ClientEvents;
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

    public Broker(BrokerSettings settings, Authorizer authorizer, ClientEvents events, long nowNanos) {
        this.settings = settings;
        this.authorizer = authorizer;
        this.events = events;
        this.nextSweepNanos = new AtomicLong(nowNanos + SWEEP_NANOS);
        this.retained = new RetainedStore(settings.maxRetainedTopics(), settings.maxRetainedOctets());
        this.upstream = new LocalUpstream(router, retained);
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

    /** Without a wire, for MQTT-SN sessions. */
    public Upstream upstream() {
        return upstream;
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

    /** Stores a retained message; false if there is no room for it. */
    boolean retain(ApplicationMessage message) {
        if (message.properties().expirySeconds() != MessageProperties.NEVER) {
            retainedExpire = true;
        }
        return retained.store(message);
    }

    /** Publishes a message that nobody waits for, a will for instance. */
    void publish(String publisher, ApplicationMessage message) {
        if (message.retain() && !retain(message)) {
            counters.add(BrokerCount.RETAINED_DROPPED);
        }
        router.route(publisher, message, () -> {});
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
