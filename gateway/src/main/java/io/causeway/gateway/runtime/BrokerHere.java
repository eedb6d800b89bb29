package io.causeway.gateway.runtime;

import io.causeway.access.Authorizer;
import io.causeway.broker.session.Broker;
import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.session.BrokerSettings;
import io.causeway.broker.session.ClientEvents;
import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.gateway.config.IntegratedUpstream;
import io.causeway.routing.Router;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** This process is the broker: sensors and MQTT clients reach each other without a wire between. */
final class BrokerHere implements GatewayUpstream {
    private final IntegratedUpstream config;
    private final Broker broker;

    private BrokerHere(IntegratedUpstream config, Broker broker) {
        this.config = config;
        this.broker = broker;
    }

    /** @throws StartException if a file that the settings name cannot be used */
    static BrokerHere of(GatewayConfig gateway, IntegratedUpstream config) throws StartException {
        Broker broker = new Broker(settings(gateway, config), Authorizer.OPEN, ClientEvents.NONE);
        return new BrokerHere(config, broker);
    }

    private static BrokerSettings settings(GatewayConfig gateway, IntegratedUpstream config) {
        BrokerSettings defaults = BrokerSettings.DEFAULTS;
        return new BrokerSettings(
                gateway.sessions().max(),
                Settings.queue(config.queue()),
                config.maxInflight(),
                config.maxInflight(),
                (int) config.maxPacket(),
                defaults.topicAliasMaximum(),
                defaults.maxSubscriptions(),
                config.sessionExpiry(),
                defaults.keepAliveMaxSeconds(),
                config.retained().messages(),
                config.retained().octets());
    }

    @Override
    public Upstream upstream() {
        return broker.upstream();
    }

    @Override
    public Router router() {
        return broker.router();
    }

    @Override
    public Optional<Broker> broker() {
        return Optional.of(broker);
    }

    @Override
    public void open(ShardLoops loops) throws StartException {}

    @Override
    public void start() {
        // Sensors need nobody else.
    }

    @Override
    public List<String> endpoints() {
        return List.of();
    }

    @Override
    public List<String> troubles() {
        return List.of();
    }

    @Override
    public void registerMetrics(Metrics metrics, ShardLoops loops) {
        for (BrokerCount count : BrokerCount.values()) {
            metrics.counter(
                    "mqtt_" + count.name().toLowerCase(Locale.ROOT),
                    count.help(),
                    () -> broker.counters().get(count));
        }
        metrics.gauge("retained_messages", "retained messages stored here", broker.retained()::size);
    }

    @Override
    public void reload(GatewayConfig gateway) {}

    @Override
    public void close(Duration drain) {}
}
