package io.causeway.gateway.config;

import io.causeway.gateway.config.JournalConfig.Acknowledge;
import io.causeway.gateway.config.JournalConfig.Policy;
import io.causeway.gateway.config.JournalConfig.Room;
import io.causeway.gateway.config.JournalConfig.Share;
import io.causeway.routing.TopicFilter;
import io.causeway.settings.Section;
import io.causeway.settings.ValueType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code journal}, of an upstream or a bridge. */
final class JournalReader {
    private static final ValueType<TopicFilter> FILTER =
            new ValueType<>("a topic filter, like alarms/#", TopicFilter::new);

    private JournalReader() {}

    /** Null if there is to be none: it is said so, or there is no place for it. */
    static @Nullable JournalConfig journal(Section owner, JournalConfig defaults, boolean hasDataDir) {
        if (owner.is("journal", "none")) {
            return null;
        }
        JournalConfig journal = owner.sectionOrNone("journal", section -> journal(section, defaults), defaults);
        if (hasDataDir) {
            return journal;
        }
        if (owner.has("journal")) {
            owner.refuse("journal", "with data-dir: none there is no place for it", "none, or a data-dir");
        }
        return null;
    }

    private static JournalConfig journal(Section section, JournalConfig defaults) {
        Acknowledge acknowledge =
                section.value("acknowledge", ValueType.oneOf(Acknowledge.class), defaults.acknowledge());
        boolean qosZero = section.value("qos0", ValueType.FLAG, defaults.qosZero());
        Room room = room(section, defaults.room());
        int drainRate = section.value("drain-rate", ValueType.rate(JournalConfig.DRAIN_RATE), defaults.drainRate());
        List<Share> shares = section.sections("filters", each -> share(each, room));
        return section.build(
                        "no more than " + JournalConfig.SHARES.most() + " filters",
                        () -> new JournalConfig(acknowledge, qosZero, room, drainRate, shares))
                .orElse(defaults);
    }

    private static Optional<Share> share(Section section, Room whole) {
        Optional<TopicFilter> filter = section.required("filter", FILTER);
        Room room = room(section, whole);
        return filter.map(topics -> new Share(topics, room));
    }

    private static Room room(Section section, Room defaults) {
        return new Room(
                section.value("messages", ValueType.integer(Room.MESSAGES), defaults.messages()),
                section.value("octets", ValueType.octets(Room.OCTETS), defaults.octets()),
                section.value("max-age", ValueType.duration(Room.MAX_AGE).or("none", Room.ANY_AGE), defaults.maxAge()),
                section.value("policy", ValueType.oneOf(Policy.class), defaults.policy()));
    }
}
