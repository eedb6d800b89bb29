package io.causeway.broker.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Topic aliases that a client has set (MQTT 5 §3.3.2.3.4). They live as long as its connection [MQTT-3.3.2-7]. */
final class TopicAliasesIn {
    private final int maximum;
    private String @Nullable [] topics;

    /** @param maximum as told in CONNACK; 0: none */
    TopicAliasesIn(int maximum) {
        this.maximum = maximum;
    }

    boolean isLegal(long alias) {
        return alias >= 1 && alias <= maximum;
    }

    void set(int alias, String topic) {
        String[] present = topics;
        if (present == null) {
            present = new String[maximum];
            Arrays.fill(present, "");
            topics = present;
        }
        present[alias - 1] = topic;
    }

    /** The topic of a legal alias, or empty if it was never set. */
    String topicOf(int alias) {
        String[] present = topics;
        return present == null ? "" : present[alias - 1];
    }
}
