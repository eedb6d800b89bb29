package io.causeway.routing;

import java.nio.charset.StandardCharsets;

/** What may stand in a PUBLISH as a topic (MQTT 3.1.1 §4.7). */
public final class TopicName {
    /** Longest topic name or filter in UTF-8, from MQTT's two-octet string length. */
    public static final int MAX_OCTETS = 65_535;

    private TopicName() {}

    /** True unless the name is empty, too long, or holds a wildcard or NUL; well-formed UTF-8 is the codec's matter. */
    public static boolean isValid(String name) {
        return !name.isEmpty()
                && name.indexOf('+') < 0
                && name.indexOf('#') < 0
                && name.indexOf('\0') < 0
                && fitsMqttString(name);
    }

    static boolean fitsMqttString(String text) {
        // A char takes three octets at most, so the exact length matters for very long names only.
        return text.length() <= MAX_OCTETS / 3 || text.getBytes(StandardCharsets.UTF_8).length <= MAX_OCTETS;
    }
}
