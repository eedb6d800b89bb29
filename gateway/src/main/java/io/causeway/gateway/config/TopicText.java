package io.causeway.gateway.config;

import java.nio.charset.StandardCharsets;

/** What MQTT asks of a topic name (MQTT 3.1.1 §4.7): UTF-8 of at most 65535 octets, no NUL, no wildcard. */
final class TopicText {
    private static final int MOST_OCTETS = 65_535;

    private TopicText() {}

    /** @throws IllegalArgumentException if this cannot be a topic name */
    static String requireName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a topic name is not empty");
        }
        if (name.contains("+") || name.contains("#")) {
            throw new IllegalArgumentException("'" + name + "' holds a wildcard, + or #");
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("it holds the character NUL");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("it holds half a surrogate pair, which UTF-8 cannot express");
        }
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        if (octets > MOST_OCTETS) {
            throw new IllegalArgumentException("it is " + octets + " octets long, more than " + MOST_OCTETS);
        }
        return name;
    }

    /** @throws IllegalArgumentException if this is neither empty nor whole levels of a topic name, each with its slash */
    static String requirePrefix(String prefix) {
        if (!prefix.isEmpty() && !requireName(prefix).endsWith("/")) {
            throw new IllegalArgumentException("'" + prefix + "' does not end with a slash");
        }
        return prefix;
    }
}
