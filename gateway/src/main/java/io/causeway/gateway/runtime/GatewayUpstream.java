package io.causeway.gateway.runtime;

import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.UpstreamConfig;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.Upstream;
import java.util.List;

/** The configured upstream, and what operators are told about it. */
interface GatewayUpstream {
    /** Retained messages that a gateway without a broker keeps. */
    int MAX_RETAINED_TOPICS = 100_000;

    /** Octets of all of them. */
    long MAX_RETAINED_OCTETS = 64L << 20;

    /** @throws StartException if something that the configuration names cannot be used */
    static GatewayUpstream of(UpstreamConfig config, Router router) throws StartException {
        if (config instanceof io.causeway.gateway.config.AggregatingUpstream aggregating) {
            return BrokerUpstream.of(aggregating, router);
        }
        return new Local(new LocalUpstream(router, new RetainedStore(MAX_RETAINED_TOPICS, MAX_RETAINED_OCTETS)));
    }

    Upstream upstream();

    /** Begins to connect; to be called once, when nothing else can keep the gateway from starting. */
    void start();

    /** One line for the operator. */
    String description();

    /** Why messages cannot pass, in words; nothing if they can. */
    List<String> troubles();

    void registerMetrics(Metrics metrics);

    /** Without a broker. */
    record Local(LocalUpstream upstream) implements GatewayUpstream {
        @Override
        public void start() {
            // There is nothing to connect to.
        }

        @Override
        public String description() {
            return "upstream local: sensors among themselves, no broker";
        }

        @Override
        public List<String> troubles() {
            return List.of();
        }

        @Override
        public void registerMetrics(Metrics metrics) {
            metrics.gauge("retained_messages", "retained messages stored here", upstream::retainedMessages);
            metrics.counter("retained_refused", "retained messages refused: store full", upstream::retainedRefused);
        }
    }
}
