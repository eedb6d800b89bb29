package io.causeway.routing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The last retained message of each topic (MQTT 3.1.1 §3.3.1.3). Safe for many threads.
 *
 * <p>Bounded: at the bound a message for a new topic is not stored, which the caller counts and logs.
 */
public final class RetainedStore {
    private final ConcurrentMap<String, ApplicationMessage> byTopic = new ConcurrentHashMap<>();
    private final int maxTopics;

    /** @param maxTopics most topics with a retained message, from 1 */
    public RetainedStore(int maxTopics) {
        if (maxTopics < 1) {
            throw new IllegalArgumentException("maxTopics " + maxTopics);
        }
        this.maxTopics = maxTopics;
    }

    /** Stores the message in place of the former one; an empty payload deletes. False if the store is full. */
    public boolean store(ApplicationMessage message) {
        if (message.payload().isEmpty()) {
            byTopic.remove(message.topic());
            return true;
        }
        if (byTopic.size() >= maxTopics && !byTopic.containsKey(message.topic())) {
            return false;
        }
        byTopic.put(message.topic(), message);
        return true;
    }

    /** Shows every stored message that the filter means. */
    public void match(TopicFilter filter, Consumer<ApplicationMessage> visitor) {
        if (!filter.hasWildcards()) {
            ApplicationMessage message = byTopic.get(filter.value());
            if (message != null) {
                visitor.accept(message);
            }
            return;
        }
        for (ApplicationMessage message : byTopic.values()) {
            if (filter.matches(message.topic())) {
                visitor.accept(message);
            }
        }
    }

    public int size() {
        return byTopic.size();
    }
}
