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
 * How packets are turned into the lines that are compared: without what a broker is free to choose.
 *
 * <ul>
 *   <li>Packet ids, reason strings and topic aliases are left out, and the limits that a broker sets itself.
 *   <li>PUBLISH packets of one step are in the order of their topics, since there is an order within a topic only
 *       (MQTT 5 §4.6), and apart from the other packets. The PUBREL of a PUBLISH goes without saying.
 *   <li>A remaining lifetime is rounded up.
 *   <li>Mosquitto says neither in a PUBREC that nobody has subscribed, nor in a DISCONNECT that a session was taken
 *       over; both is left out.
 * </ul>
 *
 * @param copies whether the broker sends a message once for every subscription that matches, and not once for all of
 *               them: both is allowed (MQTT 5 §3.3.4), and the copies are made one
 */
record Reading(boolean copies) {
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
    private static final int SESSION_TAKEN_OVER = 0x8E;

    List<String> lines(List<Packet> packets, Step step) {
        Set<Integer> released = packets.stream()
                .filter(each -> each.type() == PacketType.PUBLISH && each.qos() == 2)
                .map(Packet::id)
                .collect(Collectors.toSet());
        Stream<String> others = packets.stream()
                .filter(each -> each.type() != PacketType.PUBLISH && !isTakeover(each))
                .filter(each -> each.type() != PacketType.PUBREL || !released.contains(each.id()))
                .map(each -> comparable(each).toString());
        List<Packet> publishes = packets.stream()
                .filter(each -> each.type() == PacketType.PUBLISH)
                .map(Reading::comparable)
                .toList();
        // A SUBSCRIBE with several filters brings a retained message once for each.
        List<Packet> messages = copies && !(step instanceof Step.Subscribe) ? merged(publishes) : publishes;
        return Stream.concat(
                        others,
                        messages.stream()
                                .sorted(Comparator.comparing(Packet::topic))
                                .map(Packet::toString))
                .toList();
    }

    private static Packet comparable(Packet packet) {
        Properties properties = packet.properties().without(FREE);
        properties = properties.replacing(Property.ASSIGNED_CLIENT_ID, "(any)");
        String lifetime = properties
                .first(Property.MESSAGE_EXPIRY)
                .map(Reading::roundedUp)
                .orElse("");
        Packet comparable = packet.withProperties(properties.replacing(Property.MESSAGE_EXPIRY, lifetime)
                .withAllOf(Property.SUBSCRIPTION_ID, Properties.NONE));
        return isUnmatched(packet) ? comparable.withReason(SUCCESS) : comparable;
    }

    private static boolean isTakeover(Packet packet) {
        return packet.type() == PacketType.DISCONNECT && packet.reasons().contains(SESSION_TAKEN_OVER);
    }

    private static boolean isUnmatched(Packet packet) {
        return packet.type() == PacketType.PUBREC && packet.reasons().contains(NO_MATCHING_SUBSCRIBERS);
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
