package io.causeway.gateway.runtime;

import io.causeway.codec.v12.Leniency;
import io.causeway.dialect.v12.DialectSettings;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.gateway.config.KeepAliveTolerance;
import io.causeway.gateway.config.QueuesConfig;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.ClientPolicy;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.PredefinedTopics;
import io.causeway.session.SessionSettings;
import io.causeway.session.SessionSettings.QueueBound;
import java.time.Duration;
import java.util.List;

/** The configuration in the words of the core. */
final class Settings {
    /** Tells the sessions to use the specification's own rule (1.2 §7.2). */
    private static final double TOLERANCE_OF_SPECIFICATION = 0;

    /** The broker side and the system's part of the network want processors too. */
    private static final int PROCESSORS_PER_LOOP = 2;

    private Settings() {}

    static ShardLoops.Settings shards(GatewayConfig config) {
        int loops = config.loops() == GatewayConfig.AUTO_LOOPS
                ? Math.max(1, Runtime.getRuntime().availableProcessors() / PROCESSORS_PER_LOOP)
                : config.loops();
        AdmissionSettings admission = new AdmissionSettings(
                config.sessions().max(),
                config.sessions().connectsPerSecond(),
                config.sessions().connectsPerSecondAndAddress());
        return new ShardLoops.Settings(loops, sessions(config), admission, policy(config), dialect(config));
    }

    static ClientPolicy policy(GatewayConfig config) {
        List<PredefinedTopics.Entry> topics = config.topics().stream()
                .map(each -> new PredefinedTopics.Entry(each.id(), each.name(), each.clients()))
                .toList();
        return new ClientPolicy(config.allowedClients(), new PredefinedTopics(topics));
    }

    private static SessionSettings sessions(GatewayConfig config) {
        SessionSettings defaults = SessionSettings.DEFAULTS;
        return new SessionSettings(
                config.retry().interval(),
                config.retry().count(),
                tolerance(config.keepAliveTolerance()),
                queue(config.queues()),
                defaults.maxSubscriptions(),
                defaults.maxTopicAliases(),
                defaults.maxInboundInFlight(),
                config.sessions().expiry(),
                config.quirks().sleeperPingMoves());
    }

    private static DialectSettings dialect(GatewayConfig config) {
        Duration handshake =
                config.retry().interval().multipliedBy(config.retry().count() + 1L);
        return new DialectSettings(
                config.gatewayId(),
                new Leniency(true, config.quirks().stripTrailingNuls()),
                config.quirks().qosMinusOne(),
                config.quirks().qosMinusOneInlineTopics(),
                handshake);
    }

    private static double tolerance(KeepAliveTolerance tolerance) {
        return tolerance instanceof KeepAliveTolerance.Factor factor ? factor.factor() : TOLERANCE_OF_SPECIFICATION;
    }

    private static QueueBound queue(QueuesConfig queues) {
        OverflowPolicy policy = switch (queues.policy()) {
            case DROP_OLDEST -> OverflowPolicy.DROP_OLDEST;
            case DROP_NEWEST -> OverflowPolicy.DROP_NEWEST;
        };
        return new QueueBound(queues.messages(), queues.octets(), policy);
    }
}
