package io.causeway.gateway.config;

import io.causeway.bridge.rules.BridgeRule;
import io.causeway.settings.Bounds;
import java.util.List;
import java.util.Objects;

/**
 * A bridge from the broker in this process to one elsewhere: an entry of {@code bridge}.
 *
 * @param name       in logs and metrics, another one for each bridge: letters, digits, '-' and '_', 1 to 32
 * @param connection to the broker elsewhere
 * @param announce   whether to tell that broker that we are a bridge
 * @param rules      what crosses; a message crosses by the first rule that means it
 */
public record BridgeConfig(String name, AggregatingUpstream connection, boolean announce, List<BridgeRule> rules) {
    static final Bounds<Integer> NAME_CHARACTERS = new Bounds<>(1, 32);

    /** @throws IllegalArgumentException if the name is none, or there is no rule */
    public BridgeConfig {
        requireName(name);
        Objects.requireNonNull(connection);
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("a bridge without rules carries nothing");
        }
    }

    /** Whether what the one takes to a broker the other brings back from there, under the name that it had here. */
    boolean loopsWith(BridgeConfig other) {
        boolean sameBroker =
                connection.broker().address().equals(other.connection.broker().address())
                        && connection
                                .credentials()
                                .user()
                                .equals(other.connection.credentials().user());
        return sameBroker && (bringsBack(other.rules, rules) || bringsBack(rules, other.rules));
    }

    private static boolean bringsBack(List<BridgeRule> incoming, List<BridgeRule> outgoing) {
        return incoming.stream().anyMatch(in -> outgoing.stream().anyMatch(in::bringsBack));
    }

    static String requireName(String name) {
        NAME_CHARACTERS.require("length of name", name.length());
        if (!name.chars().allMatch(BridgeConfig::isNameCharacter)) {
            throw new IllegalArgumentException("'" + name + "' has other characters than letters, digits, '-' and '_'");
        }
        return name;
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
