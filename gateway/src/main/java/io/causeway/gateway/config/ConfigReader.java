package io.causeway.gateway.config;

import io.causeway.access.ClientPattern;
import io.causeway.access.file.AccessFileException;
import io.causeway.access.file.AccessRules;
import io.causeway.access.file.FileAuthenticator;
import io.causeway.settings.ConfigException;
import io.causeway.settings.Section;
import io.causeway.settings.SettingsFile;
import io.causeway.settings.ValueType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a configuration file: YAML into a {@link GatewayConfig}, every mistake named in one go. Immutable.
 *
 * <p>In any value <code>${NAME}</code> stands for an environment variable. Paths are relative to the file's directory.
 */
public final class ConfigReader {
    private static final ValueType<ClientPattern> CLIENTS =
            new ValueType<>("a pattern of client ids, * any characters, ? one", ClientPattern::new);

    private static final ValueType<KeepAliveTolerance> TOLERANCE = ValueType.decimal(KeepAliveTolerance.Factor.FACTORS)
            .<KeepAliveTolerance>as(KeepAliveTolerance.Factor::new)
            .or("spec", new KeepAliveTolerance.Specified());

    private final Map<String, String> environment;

    /** @param environment the variables that a file can refer to */
    public ConfigReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws ConfigException if the file cannot be read, or something in it is wrong */
    public GatewayConfig read(Path file) throws ConfigException {
        return read(SettingsFile.at(file));
    }

    /** @throws ConfigException if something in it is wrong */
    public GatewayConfig read(SettingsFile file) throws ConfigException {
        GatewayConfig defaults = GatewayConfig.defaultsIn(file.directory());
        return file.read(environment, root -> gateway(root, defaults)).orElse(defaults);
    }

    private static GatewayConfig gateway(Section root, GatewayConfig defaults) {
        int gatewayId = root.value("gateway-id", ValueType.integer(GatewayConfig.GATEWAY_ID), defaults.gatewayId());
        Path dataDir = root.is("data-dir", "none")
                ? null
                : root.value("data-dir", root.directory()).orElse(defaults.dataDir());
        ClientsConfig clients = root.section("clients", ConfigReader::clients, defaults.clients());
        StoreConfig store = root.section("store", ConfigReader::store, defaults.store());
        List<LinkConfig> links = LinkReader.links(root);
        UpstreamConfig upstream = root.section(
                "upstream",
                section -> UpstreamReader.upstream(section, gatewayId, clients, dataDir != null),
                defaults.upstream());
        return new GatewayConfig(
                gatewayId,
                dataDir,
                store,
                links,
                upstream,
                BridgeReader.bridges(root, gatewayId, upstream, dataDir != null),
                topics(root),
                root.section("retry", ConfigReader::retry, defaults.retry()),
                clients,
                root.value("keep-alive-tolerance", TOLERANCE, defaults.keepAliveTolerance()),
                root.section("sessions", ConfigReader::sessions, defaults.sessions()),
                root.section("queues", section -> queues(section, defaults.queues()), defaults.queues()),
                root.section("quirks", ConfigReader::quirks, defaults.quirks()),
                root.value(
                        "loops",
                        ValueType.integer(GatewayConfig.LOOPS).or("auto", GatewayConfig.AUTO_LOOPS),
                        defaults.loops()),
                root.values("trace", CLIENTS, defaults.trace()),
                root.value("log-level", ValueType.oneOf(LogLevel.class), defaults.logLevel()),
                admin(root, defaults.admin()));
    }

    private static StoreConfig store(Section section) {
        StoreConfig defaults = StoreConfig.DEFAULT;
        return new StoreConfig(
                section.value(
                        "commit-interval", ValueType.duration(StoreConfig.COMMIT_INTERVAL), defaults.commitInterval()),
                section.value(
                        "commit-changes", ValueType.integer(StoreConfig.COMMIT_CHANGES), defaults.commitChanges()));
    }

    private static List<TopicConfig> topics(Section root) {
        record Slot(int id, ClientPattern clients) {}
        Set<Slot> taken = new HashSet<>();
        return root.sections("topics", section -> {
            Optional<Integer> id = section.required("id", ValueType.integer(TopicConfig.IDS));
            Optional<String> name = section.required("name", ValueType.TEXT.as(TopicText::requireName));
            ClientPattern clients = section.value("clients", CLIENTS, ClientPattern.ALL);
            if (id.isEmpty() || name.isEmpty()) {
                return Optional.empty();
            }
            if (!taken.add(new Slot(id.get(), clients))) {
                section.refuse("id", id.get() + " has been given before for clients '" + clients + "'", "each id once");
            }
            return Optional.of(new TopicConfig(id.get(), name.get(), clients));
        });
    }

    private static RetryConfig retry(Section section) {
        RetryConfig defaults = RetryConfig.DEFAULT;
        return new RetryConfig(
                section.value("interval", ValueType.duration(RetryConfig.INTERVAL), defaults.interval()),
                section.value("count", ValueType.integer(RetryConfig.COUNT), defaults.count()));
    }

    private static ClientsConfig clients(Section section) {
        return new ClientsConfig(
                section.values("allow", CLIENTS, ClientsConfig.DEFAULT.allowed()),
                section.value("users-file", section.file().as(ConfigReader::requireUsers))
                        .orElse(null),
                section.value("acl-file", section.file().as(ConfigReader::requireRules))
                        .orElse(null));
    }

    private static Path requireUsers(Path file) {
        try {
            FileAuthenticator.load(file);
            return file;
        } catch (AccessFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Path requireRules(Path file) {
        try {
            AccessRules.load(file);
            return file;
        } catch (AccessFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static SessionsConfig sessions(Section section) {
        SessionsConfig defaults = SessionsConfig.DEFAULT;
        ValueType<Integer> rate = ValueType.rate(SessionsConfig.PER_SECOND);
        return new SessionsConfig(
                section.value("max", ValueType.integer(SessionsConfig.MAX), defaults.max()),
                section.value("connect-rate", rate, defaults.connectsPerSecond()),
                section.value("connect-rate-per-address", rate, defaults.connectsPerSecondAndAddress()),
                section.value(
                        "expiry",
                        ValueType.duration(SessionsConfig.EXPIRY).or("none", SessionsConfig.NEVER),
                        defaults.expiry()));
    }

    static QueuesConfig queues(Section section, QueuesConfig defaults) {
        return new QueuesConfig(
                section.value("messages", ValueType.integer(QueuesConfig.MESSAGES), defaults.messages()),
                section.value("octets", ValueType.octets(QueuesConfig.OCTETS), defaults.octets()),
                section.value("policy", ValueType.oneOf(QueuesConfig.Policy.class), defaults.policy()));
    }

    private static QuirksConfig quirks(Section section) {
        QuirksConfig defaults = QuirksConfig.DEFAULT;
        return new QuirksConfig(
                section.value("strip-trailing-nuls", ValueType.FLAG, defaults.stripTrailingNuls()),
                section.value("sleeper-ping-moves", ValueType.FLAG, defaults.sleeperPingMoves()),
                section.value("qos-minus-one", ValueType.FLAG, defaults.qosMinusOne()),
                section.value("qos-minus-one-inline-topics", ValueType.FLAG, defaults.qosMinusOneInlineTopics()));
    }

    static AdminConfig admin(Section root, AdminConfig fallback) {
        if (root.is("admin", "none")) {
            return new AdminConfig.Disabled();
        }
        return root.sectionOrNone(
                "admin",
                section -> section.value("listen", ValueType.HOST_PORT.as(AdminConfig.Listening::new))
                        .<AdminConfig>map(listening -> listening)
                        .orElse(fallback),
                fallback);
    }
}
