package io.causeway.gateway.config;

import io.causeway.access.ClientPattern;
import io.causeway.access.file.AccessFileException;
import io.causeway.access.file.AccessRules;
import io.causeway.access.file.FileAuthenticator;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a configuration file: YAML into a {@link GatewayConfig}, every mistake named in one go. Immutable.
 *
 * <p>In any value <code>${NAME}</code> stands for an environment variable. Paths are relative to the file's directory.
 */
public final class ConfigReader {
    /** Ten times what any setting needs. */
    private static final int MAX_DEPTH = 50;

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
        Path parent = file.toAbsolutePath().getParent();
        return parse(file.toString(), parent == null ? file : parent, textOf(file));
    }

    /**
     * Reads a text as {@link #read} reads a file.
     *
     * @param file what messages call it
     * @param directory what paths are relative to
     * @throws ConfigException if something in it is wrong
     */
    public GatewayConfig parse(String file, Path directory, String yaml) throws ConfigException {
        Origin origin = new Origin(file, directory, environment);
        GatewayConfig defaults = GatewayConfig.defaultsIn(directory);
        Optional<GatewayConfig> config = compose(file, yaml)
                .filter(document -> !document.getTag().equals(Tag.NULL))
                .flatMap(document -> Section.of(origin, "", document))
                .map(root -> root.readBy(section -> gateway(section, defaults)));
        origin.requireNoProblem();
        return config.orElse(defaults);
    }

    private static String textOf(Path file) throws ConfigException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(file.toString(), "there is no such file")));
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(file.toString(), "the file is not UTF-8")));
        } catch (IOException e) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(file.toString(), "cannot be read: " + e)));
        }
    }

    /** The composer calls itself for each level, so that a hostile or damaged file could exhaust the stack. */
    private static void requireShallow(String file, LoadSettings settings, String yaml) throws ConfigException {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(yaml)) {
            if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                Optional<Mark> at = event.getStartMark();
                throw new ConfigException(List.of(new ConfigProblem(
                        file,
                        at.map(mark -> mark.getLine() + 1).orElse(0),
                        at.map(mark -> mark.getColumn() + 1).orElse(0),
                        "",
                        "nested more than " + MAX_DEPTH + " levels deep",
                        "")));
            }
        }
    }

    private static Optional<Node> compose(String file, String yaml) throws ConfigException {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setAllowNonScalarKeys(true)
                    .build();
            requireShallow(file, settings, yaml);
            return new Compose(settings).composeString(yaml);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            throw new ConfigException(List.of(new ConfigProblem(
                    file,
                    mark.map(at -> at.getLine() + 1).orElse(0),
                    mark.map(at -> at.getColumn() + 1).orElse(0),
                    "",
                    "no YAML: " + e.getProblem(),
                    "")));
        } catch (YamlEngineException e) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(file, "no YAML: " + e.getMessage())));
        }
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
                root.values("trace", ValueType.CLIENTS, defaults.trace()),
                root.value("log-level", ValueType.oneOf(LogLevel.class), defaults.logLevel()),
                admin(root));
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
            ClientPattern clients = section.value("clients", ValueType.CLIENTS, ClientPattern.ALL);
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
                section.values("allow", ValueType.CLIENTS, ClientsConfig.DEFAULT.allowed()),
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

    private static AdminConfig admin(Section root) {
        if (root.is("admin", "none")) {
            return new AdminConfig.Disabled();
        }
        return root.sectionOrNone(
                "admin",
                section -> section.value("listen", ValueType.HOST_PORT.as(AdminConfig.Listening::new))
                        .<AdminConfig>map(listening -> listening)
                        .orElse(AdminConfig.DEFAULT),
                AdminConfig.DEFAULT);
    }
}
