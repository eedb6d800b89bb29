package io.causeway.gateway.runtime;

import io.causeway.broker.events.ClientNotices;
import io.causeway.broker.events.SysTopics;
import io.causeway.broker.listen.ListenerLimits;
import io.causeway.broker.listen.ListenerScheme;
import io.causeway.broker.listen.ListenerSettings;
import io.causeway.broker.listen.ListenerTls;
import io.causeway.broker.listen.MqttListener;
import io.causeway.broker.session.Broker;
import io.causeway.broker.session.BrokerCensus;
import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.session.BrokerSettings;
import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.cli.Version;
import io.causeway.gateway.config.BridgeConfig;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.gateway.config.IntegratedUpstream;
import io.causeway.gateway.config.ListenUri;
import io.causeway.gateway.config.ServerTlsConfig;
import io.causeway.routing.Router;
import io.causeway.session.ClientEvents;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This process is the broker: sensors and MQTT clients reach each other without a wire between. */
final class BrokerHere implements GatewayUpstream {
    /** Retained messages of the broker's own, below $SYS: they take nobody's place. */
    private static final int OWN_TOPICS = 100;

    private final IntegratedUpstream config;
    private final ClientEvents events;
    private final Broker broker;
    private final Upstream sensorUpstream;
    private final BrokerEntrance entrance;
    private final List<SiteBridge> bridges = new ArrayList<>();
    private final List<MqttListener> listeners = new ArrayList<>();

    /** @throws StartException if a file that the settings of a bridge name cannot be used */
    BrokerHere(GatewayConfig gateway, IntegratedUpstream config, Access access, SessionStore store)
            throws StartException {
        this.config = config;
        if (config.eventsTopic().isEmpty()) {
            this.events = ClientEvents.NONE;
            this.broker = new Broker(settings(gateway, config), access.authorizer(), events, store, System.nanoTime());
        } else {
            ClientNotices notices = new ClientNotices(config.eventsTopic(), Clock.systemUTC());
            this.events = notices;
            this.broker = new Broker(settings(gateway, config), access.authorizer(), events, store, System.nanoTime());
            notices.publishThrough(broker.upstream());
        }
        this.sensorUpstream = broker.sensorUpstream();
        this.entrance = new BrokerEntrance(broker.counters(), access.authenticator());
        for (BridgeConfig each : gateway.bridges()) {
            bridges.add(SiteBridge.of(each, broker, store));
        }
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
                config.retained().messages() + OWN_TOPICS,
                config.retained().octets());
    }

    @Override
    public Upstream upstream() {
        return sensorUpstream;
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
    public ClientEvents events() {
        return events;
    }

    @Override
    public void open(ShardLoops loops) throws StartException {
        entrance.leadTo(loops);
        tellStatus(loops);
        if (!bridges.isEmpty()) {
            Future<?> unused = loops.group()
                    .next()
                    .scheduleWithFixedDelay(() -> bridges.forEach(SiteBridge::review), 1, 1, TimeUnit.SECONDS);
        }
        for (ListenUri listen : config.listen()) {
            try {
                listeners.add(MqttListener.open(settings(listen), entrance));
            } catch (IOException e) {
                throw StartException.cannotListen(listen.address(), "upstream.listen", e);
            }
        }
    }

    private void tellStatus(ShardLoops loops) {
        if (config.statusInterval().equals(IntegratedUpstream.NO_STATUS)) {
            return;
        }
        SysTopics status = new SysTopics(broker, loops.mqttShards(), "Causeway " + Version.number(), System.nanoTime());
        Future<?> unused = loops.group()
                .next()
                .scheduleAtFixedRate(status::update, 0, config.statusInterval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private ListenerSettings settings(ListenUri listen) {
        ListenerLimits defaults = ListenerLimits.DEFAULTS;
        return new ListenerSettings(
                ListenerScheme.valueOf(listen.scheme().name()),
                listen.address().resolve(),
                listen.scheme().usesTls() ? tls(config.tls()) : null,
                listen.path().isEmpty() ? ListenerSettings.DEFAULT_WEB_SOCKET_PATH : listen.path(),
                new ListenerLimits(
                        config.maxConnections(),
                        config.maxConnections(),
                        defaults.maxStrangers(),
                        defaults.connectTimeout(),
                        (int) config.maxPacket()));
    }

    private static @Nullable ListenerTls tls(@Nullable ServerTlsConfig tls) {
        if (tls == null) {
            return null;
        }
        return new ListenerTls(
                tls.certificateFile().toString(),
                tls.keyFile().toString(),
                tls.keyPassword().value(),
                ListenerTls.ClientCertificates.valueOf(tls.clientCertificates().name()),
                tls.clientCaFiles().stream().map(Path::toString).findFirst().orElse(""));
    }

    @Override
    public boolean restore(StoredArrival arrival) {
        return bridges.stream().anyMatch(each -> each.restore(arrival));
    }

    @Override
    public void attach() {
        bridges.forEach(SiteBridge::attach);
    }

    @Override
    public void start() {
        bridges.forEach(SiteBridge::connect);
    }

    @Override
    public List<String> endpoints() {
        return Stream.concat(
                        listeners.stream().map(MqttListener::endpoint),
                        bridges.stream().map(SiteBridge::endpoint))
                .toList();
    }

    @Override
    public List<String> troubles() {
        return List.of();
    }

    @Override
    public List<String> notes() {
        return bridges.stream().flatMap(each -> each.notes().stream()).toList();
    }

    @Override
    public void registerMetrics(Metrics metrics, ShardLoops loops) {
        for (BrokerCount count : BrokerCount.values()) {
            metrics.counter(
                    "mqtt_" + count.name().toLowerCase(Locale.ROOT),
                    count.help(),
                    () -> broker.counters().get(count));
        }
        Recent<BrokerCensus> census = new Recent<>(BrokerCensus.EMPTY, loops::brokerCensus);
        metrics.gauge(
                "mqtt_connections",
                "connections of MQTT clients, let in or not yet",
                () -> listeners.stream().mapToInt(MqttListener::connections).sum());
        metrics.gauges(
                "mqtt_clients",
                "sessions of MQTT clients",
                "state",
                () -> Map.of(
                        "connected", (double) census.get().connected(),
                        "disconnected", (double) census.get().disconnected()));
        metrics.gauge(
                "mqtt_subscriptions",
                "subscriptions of MQTT clients",
                () -> census.get().subscriptions());
        metrics.gauge(
                "mqtt_queued_messages",
                "messages that wait for MQTT clients",
                () -> census.get().queuedMessages());
        metrics.gauge(
                "mqtt_inflight",
                "messages sent to MQTT clients and not acknowledged",
                () -> census.get().inFlight());
        metrics.gauge("retained_messages", "retained messages stored here", broker.retained()::size);
        SiteBridge.registerMetrics(metrics, bridges);
    }

    @Override
    public void useAccess(Access access) {
        entrance.useAuthenticator(access.authenticator());
        broker.useAuthorizer(access.authorizer());
    }

    @Override
    public void close(Duration drain) {
        entrance.sayGoodbye();
        listeners.forEach(MqttListener::close);
        entrance.close();
        closeBridges(drain);
    }

    /** All at the same time: together they take no longer than the slowest. */
    private void closeBridges(Duration drain) {
        bridges.forEach(SiteBridge::stop);
        List<Thread> closing = new ArrayList<>();
        for (SiteBridge each : bridges) {
            Thread thread = new Thread(() -> each.close(drain), "close-bridge-" + each.name());
            thread.start();
            closing.add(thread);
        }
        for (Thread each : closing) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
