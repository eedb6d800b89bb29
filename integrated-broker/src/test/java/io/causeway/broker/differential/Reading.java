package io.causeway.broker.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How packets are turned into the lines that are compared. Packet ids and reason strings are left out, and PUBLISH
 * packets of one step are in the order of their topics, since there is an order within a topic only (MQTT 5 §4.6), and
 * apart from the other packets.
 */
enum Reading {
    /** Nothing else is left out. */
    EXACT,

    /**
     * Without what two brokers may do differently:
     *
     * <ul>
     *   <li>Assigned client ids, topic aliases, and the limits that a broker sets itself.
     *   <li>A remaining lifetime is rounded up. The PUBREL of a PUBLISH goes without saying.
     *   <li>Mosquitto does not always say in a PUBACK, and never in a PUBREC, that nobody has subscribed, nor in a
     *       DISCONNECT that a session was taken over or that the keep alive is exceeded.
     * </ul>
     */
    TOLERANT,

    /**
     * The same of a broker that sends a message once for every subscription that matches, and not once for all of them:
     * both is allowed (MQTT 5 §3.3.4), and the copies are made one.
     */
    TOLERANT_OF_COPIES;

    private static final Property[] FREE = {
        Property.RECEIVE_MAXIMUM,
        Property.TOPIC_ALIAS_MAXIMUM,
        Property.TOPIC_ALIAS,
        Property.MAXIMUM_PACKET_SIZE,
        Property.REASON_STRING
    };
    private static final long LIFETIME_STEP_SECONDS = 100;
    private static final int SUCCESS = 0x00;
    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    private static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    private static final int SESSION_TAKEN_OVER = 0x8E;

    /** @param packets of one client in one step of the script */
    List<String> lines(Script script, Step step, List<Packet> packets) {
        Stream<Packet> others = packets.stream().filter(each -> each.type() != PacketType.PUBLISH);
        List<Packet> messages = packets.stream()
                .filter(each -> each.type() == PacketType.PUBLISH)
                .toList();
        if (this == EXACT) {
            return text(others.map(Reading::withoutReasonString), messages);
        }
        Set<Integer> released = messages.stream()
                .filter(each -> each.qos() == 2)
                .map(Packet::id)
                .collect(Collectors.toSet());
        return text(
                others.filter(each -> each.type() != PacketType.PUBREL || !released.contains(each.id()))
                        .filter(each -> !isUnsaid(each))
                        .map(Reading::comparable),
                comparable(script, step, messages));
    }

    private static List<String> text(Stream<Packet> others, List<Packet> messages) {
        return Stream.concat(others, messages.stream().sorted(Comparator.comparing(Packet::topic)))
                .map(Packet::toString)
                .toList();
    }

    private List<Packet> comparable(Script script, Step step, List<Packet> messages) {
        List<Packet> comparable = messages.stream().map(Reading::comparable).toList();
        if (step instanceof Step.Subscribe) {
            // With several filters it brings a retained message once for each, from any broker, in any order.
            return comparable.stream()
                    .sorted(Comparator.comparing(Packet::toString))
                    .toList();
        }
        if (!script.overlapping()) {
            return comparable;
        }
        List<Packet> merged = this == TOLERANT_OF_COPIES ? merged(comparable) : comparable;
        // Of what was queued, the copies at QoS 0 were not, with their identifiers and retain flags.
        return step instanceof Step.Connect
                ? merged.stream().map(Packet::withoutSubscription).toList()
                : merged;
    }

    private static Packet withoutReasonString(Packet packet) {
        return packet.withProperties(packet.properties().without(Property.REASON_STRING));
    }

    private static Packet comparable(Packet packet) {
        Properties properties = packet.properties().without(FREE);
        String lifetime = properties
                .first(Property.MESSAGE_EXPIRY)
                .map(Reading::roundedUp)
                .orElse("");
        Packet comparable = packet.withProperties(properties
                .replacing(Property.ASSIGNED_CLIENT_ID, "(any)")
                .replacing(Property.MESSAGE_EXPIRY, lifetime)
                .withAllOf(Property.SUBSCRIPTION_ID, Properties.NONE));
        return packet.reasons().contains(NO_MATCHING_SUBSCRIBERS) ? comparable.withReason(SUCCESS) : comparable;
    }

    private static boolean isUnsaid(Packet packet) {
        return packet.type() == PacketType.DISCONNECT
                && (packet.reasons().contains(SESSION_TAKEN_OVER)
                        || packet.reasons().contains(KEEP_ALIVE_TIMEOUT));
    }

    private static String roundedUp(String seconds) {
        long steps = -Math.floorDiv(-Long.parseLong(seconds), LIFETIME_STEP_SECONDS);
        return Long.toString(steps * LIFETIME_STEP_SECONDS);
    }

    /** In the order of their first copies. Every message of a script has a payload of its own. */
    private static List<Packet> merged(List<Packet> copies) {
        Map<String, Integer> places = new TreeMap<>();
        List<Packet> merged = new ArrayList<>();
        for (Packet each : copies) {
            String message = each.topic() + ' ' + each.payload();
            int place = places.computeIfAbsent(message, key -> merged.size());
            if (place == merged.size()) {
                merged.add(each);
            } else {
                merged.set(place, merged.get(place).mergedWith(each));
            }
        }
        return merged;
    }
}
