package io.causeway.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which topic alias (1.2: topic id of the normal type) stands for which topic name, as told by REGACK, SUBACK and REGISTER
 * (1.2 §6.5, §6.9). Owned by the session.
 */
final class TopicAliases {
    /** In a SUBACK for a filter with wildcards: no alias (1.2 §6.9). */
    private static final int NONE = 0;

    private static final int RESERVED = 0xFFFF;

    private final Map<Integer, String> nameOf = new HashMap<>();
    private final Map<String, Integer> aliasOf = new HashMap<>();

    static boolean isUsable(int alias) {
        return alias != NONE && alias != RESERVED;
    }

    /** The newest word of the gateway counts. */
    void learn(int alias, String topicName) {
        String previous = nameOf.put(alias, topicName);
        if (previous != null && !previous.equals(topicName)) {
            aliasOf.remove(previous, alias);
        }
        aliasOf.put(topicName, alias);
    }

    Optional<String> topicName(int alias) {
        return Optional.ofNullable(nameOf.get(alias));
    }

    OptionalInt aliasOf(String topicName) {
        Integer alias = aliasOf.get(topicName);
        return alias == null ? OptionalInt.empty() : OptionalInt.of(alias);
    }

    /** The gateway does not know the alias (any more): it must be asked again before the next PUBLISH. */
    void forget(String topicName) {
        aliasOf.remove(topicName);
    }

    /** As {@link #forget(String)}, where only the alias is known. */
    void forget(int alias) {
        String topicName = nameOf.get(alias);
        if (topicName != null) {
            aliasOf.remove(topicName, alias);
        }
    }

    /**
     * A new connection. The gateway may have forgotten us, and given our aliases to other topics: each is registered again
     * before use. What it still delivers to an old session under an old alias is understood.
     */
    void onConnect(boolean cleanSession) {
        aliasOf.clear();
        if (cleanSession) {
            nameOf.clear();
        }
    }
}
