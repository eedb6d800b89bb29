package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.session.ClientEvents;
import io.causeway.store.SessionStore;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.LocalUpstream.NoRoom;
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
    private final LocalUpstream ownUpstream;
    private final LocalUpstream keepingUpstream;
    private final BrokerCounters counters = new BrokerCounters();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicLong nextSweepNanos;
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
        this.keepingUpstream = new LocalUpstream(router, retained, store, this::onNoRoom);
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

    /** Never to what is the broker's own. */
    boolean mayPublish(Identity client, String topic) {
        return !isReserved(topic) && authorizer.mayPublish(client, topic);
    }

    /** Takes up a stored retained message; before anybody publishes, and before sessions that may be owed it. */
    public void restore(ApplicationMessage message) {
        if (!isReserved(message.topic())) {
            keepingUpstream.restore(message);
        }
    }

    private void onNoRoom(NoRoom noRoom) {
        counters.add(
                switch (noRoom) {
                    case REFUSED -> BrokerCount.MESSAGES_IN_REFUSED_RETAINED;
                    case DROPPED -> BrokerCount.RETAINED_DROPPED;
                });
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
        if (nowNanos - due >= 0 && nextSweepNanos.compareAndSet(due, nowNanos + SWEEP_NANOS)) {
            keepingUpstream.removeExpired(nowNanos);
        }
    }

    ClientEvents events() {
        return events;
    }
}
