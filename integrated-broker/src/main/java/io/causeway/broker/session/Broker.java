package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.Upstream;

/** What the sessions of all loops share. Safe for many threads. */
public final class Broker {
    private final BrokerSettings settings;
    private final ClientEvents events;
    private final Router router = new Router();
    private final RetainedStore retained;
    private final LocalUpstream upstream;
    private final BrokerCounters counters = new BrokerCounters();
    /** Replaced when access files are read anew. */
    private volatile Authorizer authorizer;

    public Broker(BrokerSettings settings, Authorizer authorizer, ClientEvents events) {
        this.settings = settings;
        this.authorizer = authorizer;
        this.events = events;
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

    ClientEvents events() {
        return events;
    }
}
