package io.causeway.gateway.runtime;

import io.causeway.bridge.AggregatingSettings;
import io.causeway.bridge.AggregatingUpstream;
import io.causeway.bridge.BridgeSettings;
import io.causeway.bridge.Credentials;
import io.causeway.bridge.JournalBounds;
import io.causeway.bridge.JournalSettings;
import io.causeway.bridge.QueueSettings;
import io.causeway.bridge.TlsSettings;
import io.causeway.bridge.UpstreamCounters;
import io.causeway.bridge.UpstreamTimings;
import io.causeway.broker.session.Broker;
import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.ClientIdentity;
import io.causeway.gateway.config.JournalConfig;
import io.causeway.gateway.config.TlsConfig;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.session.ClientEvents;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.upstream.Refusal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All clients on one connection to a broker, or on a few. */
record BrokerUpstream(
        AggregatingUpstream upstream, Router router, UpstreamCounters counters, String address, boolean hasJournal)
        implements GatewayUpstream {

    /** @throws StartException if a file that the settings name cannot be used */
    static BrokerUpstream of(io.causeway.gateway.config.AggregatingUpstream config, SessionStore store)
            throws StartException {
        Router router = new Router();
        UpstreamCounters counters = new UpstreamCounters();
        AggregatingUpstream upstream = connection("upstream", config, BridgeSettings.NONE, router, counters, store);
        return new BrokerUpstream(upstream, router, counters, config.broker().toString(), config.journal() != null);
    }

    /**
     * @param owner  as the settings call it
     * @param bridge what is different if it is one
     * @throws StartException if a file that the settings name cannot be used
     */
    static AggregatingUpstream connection(
            String owner,
            io.causeway.gateway.config.AggregatingUpstream config,
            BridgeSettings bridge,
            Router router,
            UpstreamCounters counters,
            SessionStore store)
            throws StartException {
        JournalConfig journal = config.journal();
        try {
            return new AggregatingUpstream(
                    settings(config).withBridge(bridge),
                    router,
                    counters,
                    RandomGenerator.getDefault(),
                    store,
                    journal == null ? null : settings(journal));
        } catch (IllegalArgumentException e) {
            throw new StartException(owner + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Broker> broker() {
        return Optional.empty();
    }

    @Override
    public ClientEvents events() {
        return ClientEvents.NONE;
    }

    @Override
    public void attach() {
        // What sessions publish comes here anyway.
    }

    @Override
    public void open(ShardLoops loops) {
        // Nobody connects here.
    }

    @Override
    public boolean restore(StoredArrival arrival) {
        return upstream.restore(arrival);
    }

    @Override
    public void start() {
        upstream.start();
    }

    @Override
    public List<String> endpoints() {
        return List.of("upstream aggregating: " + address);
    }

    /** A broker that is away is none while the journal takes its place. */
    @Override
    public List<String> troubles() {
        return upstream.isAvailable() ? List.of() : lines();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (upstream.isAvailable()) {
            notes.addAll(lines());
        }
        if (counters.journalMessages() > 0) {
            notes.add("the journal holds " + counters.journalMessages() + " messages for the broker, the oldest for "
                    + upstream.oldestJournaled().toSeconds() + " s");
        }
        return notes;
    }

    private List<String> lines() {
        return upstream.troubles().stream()
                .map(trouble -> "broker " + address + ": " + trouble)
                .toList();
    }

    @Override
    public void useAccess(Access access) {
        // Nobody logs in here, and sessions know the rules.
    }

    @Override
    public void close(Duration drain) {
        upstream.close(drain);
    }

    @Override
    public void registerMetrics(Metrics metrics, ShardLoops loops) {
        metrics.gauge(
                "broker_connected",
                "1 while all connections to the broker stand",
                () -> upstream.isConnected() ? 1 : 0);
        metrics.counter("broker_connects", "connections that the broker accepted", counters::connects);
        metrics.counter("broker_losses", "connections that broke", counters::losses);
        metrics.counter("broker_failed_connects", "attempts to connect that came to nothing", counters::failedConnects);
        metrics.counter("broker_resubscriptions", "filters subscribed to again", counters::resubscriptions);
        metrics.counters(
                "broker_published",
                "messages that the broker has acknowledged; at QoS 0, that were handed to the connection",
                "qos",
                () -> Map.of(
                        "0", counters.published(Qos.AT_MOST_ONCE),
                        "1", counters.published(Qos.AT_LEAST_ONCE),
                        "2", counters.published(Qos.EXACTLY_ONCE)));
        metrics.counters(
                "broker_refused",
                "publishes and subscriptions refused",
                "reason",
                () -> Map.of(
                        "congestion", counters.refused(Refusal.CONGESTION),
                        "not_supported", counters.refused(Refusal.NOT_SUPPORTED)));
        metrics.counter(
                "broker_dropped_at_loss",
                "messages at QoS 0 that went down with a connection",
                counters::droppedAtLoss);
        metrics.gauge(
                "broker_held_messages", "messages waiting for the broker or unacknowledged", counters::heldMessages);
        metrics.gauge("broker_held_octets", "octets in them", counters::heldOctets);
        metrics.gauge("broker_inflight", "messages sent and not acknowledged", counters::inflight);
        metrics.counter("broker_arrived", "messages from the broker", counters::arrived);
        metrics.counter(
                "broker_acknowledged", "messages from the broker that it was told we have", counters::acknowledged);
        metrics.counter(
                "broker_retained_unasked", "retained messages nobody was waiting for", counters::retainedUnasked);
        metrics.counter("broker_outside_prefix", "messages whose topic has not our prefix", counters::outsidePrefix);
        if (hasJournal) {
            registerJournal(metrics);
        }
    }

    private void registerJournal(Metrics metrics) {
        metrics.gauge("journal_messages", "messages in the journal", counters::journalMessages);
        metrics.gauge("journal_octets", "octets in them", counters::journalOctets);
        metrics.gauge(
                "journal_oldest_seconds",
                "how long the oldest has been there",
                () -> upstream.oldestJournaled().toSeconds());
        metrics.counter("journal_journaled", "messages that went into the journal", counters::journaled);
        metrics.counter(
                "journal_drained", "messages of the journal that the broker has acknowledged", counters::drained);
        metrics.counter("journal_refused", "messages refused for want of room", counters::refusedByBound);
        metrics.counters(
                "journal_dropped",
                "messages of the journal that the broker never got",
                "cause",
                () -> Map.of(
                        "bound", counters.droppedByBound(),
                        "age", counters.droppedByAge(),
                        "unsendable", counters.droppedUnsendable(),
                        "unreadable", counters.droppedUnreadable()));
    }

    private static JournalSettings settings(JournalConfig config) {
        JournalSettings.Acknowledge acknowledge = switch (config.acknowledge()) {
            case BROKER -> JournalSettings.Acknowledge.BROKER;
            case JOURNAL -> JournalSettings.Acknowledge.JOURNAL;
        };
        List<JournalSettings.Rule> rules = config.shares().stream()
                .map(share -> new JournalSettings.Rule(share.filter(), bounds(share.room())))
                .toList();
        return new JournalSettings(acknowledge, config.qosZero(), bounds(config.room()), config.drainRate(), rules);
    }

    private static JournalBounds bounds(JournalConfig.Room room) {
        JournalBounds.Policy policy = switch (room.policy()) {
            case REFUSE -> JournalBounds.Policy.REFUSE;
            case DROP_OLDEST -> JournalBounds.Policy.DROP_OLDEST;
        };
        return new JournalBounds(room.messages(), room.octets(), room.maxAge(), policy);
    }

    private static AggregatingSettings settings(io.causeway.gateway.config.AggregatingUpstream config) {
        UpstreamTimings defaults = UpstreamTimings.DEFAULTS;
        return new AggregatingSettings(
                URI.create(config.broker().toString()),
                config.clientId(),
                config.connections(),
                config.cleanSession(),
                new Credentials(
                        config.credentials().user(),
                        config.credentials().password().value()),
                tls(config.tls()),
                new UpstreamTimings(
                        config.keepAlive(),
                        config.connectTimeout(),
                        defaults.completion(),
                        config.reconnect().min(),
                        config.reconnect().max(),
                        defaults.retainedQuiet()),
                new QueueSettings(
                        config.queue().messages(),
                        config.queue().octets(),
                        config.maxInflight(),
                        QueueSettings.DEFAULTS.maxInflightExactlyOnce()),
                (int) config.maxPacket(),
                config.topicPrefix(),
                BridgeSettings.NONE);
    }

    private static TlsSettings tls(TlsConfig config) {
        // The key ca-file names one file, or none.
        String caFile =
                config.caFiles().stream().map(Path::toString).findFirst().orElse("");
        TlsSettings tls = TlsSettings.DEFAULTS
                .withCaFile(caFile)
                .withAlpnProtocols(config.alpn())
                .withServerName(config.verifyHostname(), config.serverName());
        if (!(config.identity() instanceof ClientIdentity.Certificate certificate)) {
            return tls;
        }
        return tls.withClientCertificate(
                certificate.certificateFile().toString(),
                certificate.keyFile().toString(),
                certificate.keyPassword().value());
    }
}
