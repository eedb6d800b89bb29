package io.causeway.routing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last retained message of each topic (MQTT 3.1.1 §3.3.1.3). Safe for many threads.
 *
 * <p>Bounded: at the bound a message for a new topic is not stored, which the caller counts and logs.
 */
public final class RetainedStore {
    private final ConcurrentMap<String, ApplicationMessage> byTopic = new ConcurrentHashMap<>();
    private final int maxTopics;
    private final long maxOctets;
    private final LongAdder octets = new LongAdder();

    /**
     * @param maxTopics most topics with a retained message, from 1
     * @param maxOctets of all their topics and payloads, about, from 1
     */
    public RetainedStore(int maxTopics, long maxOctets) {
        if (maxTopics < 1 || maxOctets < 1) {
            throw new IllegalArgumentException("maxTopics " + maxTopics + ", maxOctets " + maxOctets);
        }
        this.maxTopics = maxTopics;
        this.maxOctets = maxOctets;
    }

    /** Stores the message in place of the former one; an empty payload deletes. False if the store is full. */
    public boolean store(ApplicationMessage message) {
        if (message.payload().isEmpty()) {
            release(byTopic.remove(message.topic()));
            return true;
        }
        boolean isNew = !byTopic.containsKey(message.topic());
        if ((isNew && byTopic.size() >= maxTopics) || octets.sum() + message.weightOctets() > maxOctets) {
            return false;
        }
        octets.add(message.weightOctets());
        release(byTopic.put(message.topic(), message));
        return true;
    }

    private void release(@Nullable ApplicationMessage former) {
        if (former != null) {
            octets.add(-former.weightOctets());
        }
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
