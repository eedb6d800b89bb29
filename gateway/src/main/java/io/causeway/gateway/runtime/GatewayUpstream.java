package io.causeway.gateway.runtime;

import io.causeway.broker.session.Broker;
import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.AggregatingUpstream;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.gateway.config.IntegratedUpstream;
import io.causeway.routing.Router;
import io.causeway.session.ClientEvents;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configured upstream, and what operators are told about it. */
interface GatewayUpstream {
    /** @throws StartException if something that the configuration names cannot be used */
    static GatewayUpstream of(GatewayConfig config, Access access, SessionStore store) throws StartException {
        if (config.upstream() instanceof AggregatingUpstream aggregating) {
            return BrokerUpstream.of(aggregating, store);
        }
        return new BrokerHere(config, (IntegratedUpstream) config.upstream(), access, store);
    }

    Upstream upstream();

    Router router();

    /** The broker, if this process is one. */
    Optional<Broker> broker();

    /** Who is told what becomes of clients. */
    ClientEvents events();

    /** Opens what MQTT clients connect to. */
    void open(ShardLoops loops) throws StartException;

    /** Takes up a message of a broker elsewhere that is not complete; false if there is no such connection. */
    boolean restore(StoredArrival arrival);

    /** What was kept is restored: what is published from now on is forwarded to wherever it is to go. */
    void attach();

    /** Begins to connect; to be called once, when nothing else can keep the gateway from starting. */
    void start();

    /** A line for each endpoint, for the operator. */
    List<String> endpoints();

    /** Why devices cannot be served, in words; nothing if they can. */
    List<String> troubles();

    /** What operators should know though devices can be served, in words. */
    List<String> notes();

    void registerMetrics(Metrics metrics, ShardLoops loops);

    /** From now on. */
    void useAccess(Access access);

    /** Hands on what it can within the time, then lets go of everything. Blocks. */
    void close(Duration drain);
}
