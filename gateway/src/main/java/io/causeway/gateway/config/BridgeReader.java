package io.causeway.gateway.config;

import io.causeway.bridge.rules.BridgeRule;
import io.causeway.bridge.rules.BridgeRule.Direction;
import io.causeway.gateway.config.JournalConfig.Acknowledge;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.settings.Bounds;
import io.causeway.settings.Section;
import io.causeway.settings.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code bridge}. */
final class BridgeReader {
    private static final ValueType<String> NAME =
            new ValueType<>("letters, digits, '-' and '_', 1 to 32", BridgeConfig::requireName);
    private static final ValueType<TopicFilter> FILTER =
            new ValueType<>("a topic filter, like sensors/#", TopicFilter::new);
    private static final ValueType<String> PREFIX =
            new ValueType<>("what stands before a topic, like site-7/", text -> text);
    private static final String ALLOWED =
            "prefixes that make a topic filter with filter, below neither $share nor, on its way in, $SYS";
    private static final Bounds<Integer> QOS = new Bounds<>(0, 2);

    /** Who publishes here does not wait for a broker far away. */
    private static final JournalConfig JOURNAL = new JournalConfig(
            Acknowledge.JOURNAL,
            JournalConfig.DEFAULT.qosZero(),
            JournalConfig.DEFAULT.room(),
            JournalConfig.DEFAULT.drainRate(),
            List.of());

    /** By the bridges before. A client id names the session at the broker there, and the journal here. */
    private record Taken(Set<String> names, Set<String> clientIds) {}

    private BridgeReader() {}

    static List<BridgeConfig> bridges(Section root, int gatewayId, UpstreamConfig upstream, boolean hasDataDir) {
        Taken taken = new Taken(new HashSet<>(), new HashSet<>());
        List<BridgeConfig> earlier = new ArrayList<>();
        List<BridgeConfig> bridges = root.sections("bridge", section -> {
            Optional<BridgeConfig> bridge = bridge(section, gatewayId, taken, hasDataDir);
            bridge.ifPresent(one -> refuseLoops(section, one, earlier, upstream));
            bridge.ifPresent(earlier::add);
            return bridge;
        });
        if (!bridges.isEmpty() && !(upstream instanceof IntegratedUpstream)) {
            root.refuse("bridge", "in mode aggregating there is no broker here to bridge", "mode integrated");
            return List.of();
        }
        return bridges;
    }

    /** Those that are certain; what goes round over several brokers cannot be seen from here. */
    private static void refuseLoops(
            Section section, BridgeConfig bridge, List<BridgeConfig> earlier, UpstreamConfig upstream) {
        BrokerUri broker = bridge.connection().broker();
        if (upstream instanceof IntegratedUpstream here
                && here.listen().stream().anyMatch(each -> each.isReachedBy(broker.address()))) {
            section.refuse("broker", broker + " is this gateway itself", "another broker");
        }
        for (BridgeConfig other : earlier) {
            if (bridge.loopsWith(other)) {
                section.refuse(
                        "rules",
                        "what goes out by one of this bridge and bridge '" + other.name()
                                + "' comes back by the other, without end",
                        "other topics for each bridge to the same broker");
            }
        }
    }

    private static Optional<BridgeConfig> bridge(Section section, int gatewayId, Taken taken, boolean hasDataDir) {
        Optional<String> name = section.required("name", NAME);
        boolean nameIsNew = name.filter(taken.names::add).isPresent();
        if (name.isPresent() && !nameIsNew) {
            section.refuse("name", "'" + name.get() + "' has been given before", "each name once");
        }
        AggregatingUpstream connection = UpstreamReader.connection(
                section,
                "causeway-" + gatewayId + "-" + name.orElse(""),
                JournalReader.journal(section, JOURNAL, hasDataDir));
        boolean announce = section.value("announce", ValueType.FLAG, true);
        String clientId = connection.clientId();
        if (nameIsNew && !taken.clientIds.add(clientId)) {
            section.refuse("client-id", "'" + clientId + "' is the client id of a bridge above", "each client id once");
        }
        List<BridgeRule> rules = section.sections("rules", BridgeReader::rule);
        if (!section.has("rules") || section.isEmptyList("rules")) {
            section.refuse("rules", "a bridge without rules carries nothing", "a list of rules");
        }
        if (name.isEmpty() || rules.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BridgeConfig(name.get(), connection, announce, rules));
    }

    private static Optional<BridgeRule> rule(Section section) {
        Optional<TopicFilter> filter = section.required("filter", FILTER);
        Optional<Direction> direction = section.required("direction", ValueType.oneOf(Direction.class));
        int qos = section.value("qos", ValueType.integer(QOS), Qos.AT_LEAST_ONCE.value());
        String local = section.value("local-prefix", PREFIX, "");
        String remote = section.value("remote-prefix", PREFIX, "");
        if (filter.isEmpty() || direction.isEmpty()) {
            return Optional.empty();
        }
        return section.build(ALLOWED, () -> new BridgeRule(filter.get(), direction.get(), Qos.of(qos), local, remote));
    }
}
