package io.causeway.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Topic aliases of one client (1.2 §6.5, §7.3): one per topic, whoever asked for it first, and never given to
 * another topic while the session lives. Owned by the session's loop.
 */
final class TopicAliases {
    /** 0x0000 and 0xFFFF are reserved (1.2 §5.3.11). */
    static final int FIRST = 1;

    private static final int COUNT = 0xFFFE;
    /** Up to here a search costs less than a map. */
    private static final int SEARCH_LIMIT = 8;

    /** All topic names of one client together: long ones must not fill the memory that many clients share. */
    private static final int MAX_TOPIC_CHARS = 1024 * 1024;

    private final List<Alias> assigned = new ArrayList<>(2);
    private int topicChars;
    private final int firstAlias;
    private final int maxAliases;
    private @Nullable Map<String, Alias> byTopic;

    /** An alias and what the client is known to know about it. */
    static final class Alias {
        final String topic;
        final int value;
        /** The client has been told the alias on this connection and not denied it. */
        boolean known;
        /** The client did not want to know: nothing is sent for this topic until it subscribes or connects again. */
        boolean suppressed;

        private Alias(String topic, int value) {
            this.topic = topic;
            this.value = value;
        }
    }

    /**
     * @param firstAlias where numbering begins, 1 to 65,534: behind the aliases of sessions that are no more, so that
     *                   a late packet never means a new topic
     */
    TopicAliases(int maxAliases, int firstAlias) {
        this.maxAliases = maxAliases;
        this.firstAlias = firstAlias;
    }

    /** Those of a stored session; a client keeps using them as if nothing had happened. */
    static TopicAliases restored(int maxAliases, List<SessionState.TopicAlias> stored) {
        int first = stored.isEmpty() ? FIRST : stored.get(0).value();
        TopicAliases aliases = new TopicAliases(Math.max(maxAliases, stored.size()), first);
        for (SessionState.TopicAlias each : stored) {
            aliases.assign(each.topic()).ifPresent(alias -> alias.known = each.known());
        }
        return aliases;
    }

    /** The topic's alias, made if there is none; nothing if the client has as many as it may have. */
    Optional<Alias> assign(String topic) {
        Alias known = find(topic);
        if (known != null) {
            return Optional.of(known);
        }
        if (assigned.size() >= maxAliases || topicChars + topic.length() > MAX_TOPIC_CHARS) {
            return Optional.empty();
        }
        topicChars += topic.length();
        Alias alias = new Alias(topic, nextAlias());
        assigned.add(alias);
        if (byTopic != null) {
            byTopic.put(topic, alias);
        } else if (assigned.size() > SEARCH_LIMIT) {
            Map<String, Alias> index = new HashMap<>();
            assigned.forEach(each -> index.put(each.topic, each));
            byTopic = index;
        }
        return Optional.of(alias);
    }

    /** What the alias stands for; nothing if it was never given to this client. */
    @Nullable
    Alias byValue(int value) {
        int index = Math.floorMod(value - firstAlias, COUNT);
        return value >= FIRST && value <= COUNT && index < assigned.size() ? assigned.get(index) : null;
    }

    /** The alias that the next new topic would get. */
    int nextAlias() {
        return after(firstAlias, assigned.size());
    }

    int size() {
        return assigned.size();
    }

    /** The alias that is so many further on, the first following the last. */
    static int after(int alias, int count) {
        return FIRST + (alias - FIRST + count) % COUNT;
    }

    /** A new connection: the client may have forgotten everything, and gets another chance with what it rejected. */
    void forgetWhatClientKnows() {
        for (Alias alias : assigned) {
            alias.known = false;
            alias.suppressed = false;
        }
    }

    /** A SUBSCRIBE is another chance for topics that the client did not want to register. */
    void liftSuppression() {
        for (Alias alias : assigned) {
            alias.suppressed = false;
        }
    }

    List<SessionState.TopicAlias> toValue() {
        return assigned.stream()
                .map(each -> new SessionState.TopicAlias(each.value, each.topic, each.known))
                .toList();
    }

    private @Nullable Alias find(String topic) {
        if (byTopic != null) {
            return byTopic.get(topic);
        }
        for (Alias alias : assigned) {
            if (alias.topic.equals(topic)) {
                return alias;
            }
        }
        return null;
    }
}
