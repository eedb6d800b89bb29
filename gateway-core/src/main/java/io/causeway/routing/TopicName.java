package io.causeway.routing;

import java.nio.charset.StandardCharsets;

/** What may stand in a PUBLISH as a topic (MQTT 3.1.1 §4.7). */
public final class TopicName {
    /** Longest topic name or filter in UTF-8, from MQTT's two-octet string length. */
    public static final int MAX_OCTETS = 65_535;

    /**
     * Most levels of a name or filter: bounds how deep a walk down the levels goes. Brokers have such a bound too, and
     * who steps over it may lose the connection, which many clients share.
     */
    public static final int MAX_LEVELS = 200;

    private TopicName() {}

    /**
     * True unless the name is empty, too long, has too many levels, or holds a wildcard or NUL; well-formed UTF-8 is the
     * codec's matter.
     */
    public static boolean isValid(String name) {
        return !name.isEmpty()
                && name.indexOf('+') < 0
                && name.indexOf('#') < 0
                && name.indexOf('\0') < 0
                && isWithinBounds(name);
    }

    /** For names and filters alike. */
    static boolean isWithinBounds(String text) {
        return fitsMqttString(text) && hasFewLevels(text);
    }

    private static boolean hasFewLevels(String text) {
        int levels = 1;
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
            levels++;
        }
        return levels <= MAX_LEVELS;
    }

    private static boolean fitsMqttString(String text) {
        // A char takes three octets at most, so the exact length matters for very long names only.
        return text.length() <= MAX_OCTETS / 3 || text.getBytes(StandardCharsets.UTF_8).length <= MAX_OCTETS;
    }
}
