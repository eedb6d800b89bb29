package io.causeway.broker.session;

import java.util.HashMap;
import java.util.Map;

/**
 * Topic aliases towards a client (MQTT 5 §3.3.2.3.4): the first topics that it gets have one, as many as it allows. They
 * live as long as its connection.
 */
final class TopicAliasesOut {
    /** No alias: the topic has to be written out. */
    static final int NONE = 0;

    private final int maximum;
    private final Map<String, Integer> aliases = new HashMap<>();

    /** @param maximum no more than the client allows [MQTT-3.1.2-26]; 0: none [MQTT-3.1.2-27] */
    TopicAliasesOut(int maximum) {
        this.maximum = maximum;
    }

    /** The alias that the client knows for the topic, or {@link #NONE}. */
    int known(String topic) {
        return maximum == 0 ? NONE : aliases.getOrDefault(topic, NONE);
    }

    /** A new alias, to be told with the topic, or {@link #NONE} if there is none left. */
    int assign(String topic) {
        if (aliases.size() >= maximum) {
            return NONE;
        }
        int alias = aliases.size() + 1;
        aliases.put(topic, alias);
        return alias;
    }
}
