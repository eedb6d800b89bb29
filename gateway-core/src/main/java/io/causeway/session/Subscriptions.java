package io.causeway.session;

import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one client has subscribed to, and by which form it named each topic. Owned by the session's loop. */
final class Subscriptions {
    private final Map<TopicFilter, Granted> granted = new LinkedHashMap<>(2);

    /**
     * @param qos  granted
     * @param form how the client named the topic, and so how deliveries name it
     */
    record Granted(Qos qos, TopicForm form) {}

    void put(TopicFilter filter, Granted subscription) {
        granted.put(filter, subscription);
    }

    void remove(TopicFilter filter) {
        granted.remove(filter);
    }

    boolean contains(TopicFilter filter) {
        return granted.containsKey(filter);
    }

    /** How the client named exactly this topic in a subscription, if it did. */
    Optional<TopicForm> formOf(String topic) {
        // A topic name is also the filter that means only itself.
        Granted exact = granted.get(new TopicFilter(topic));
        return exact == null ? Optional.empty() : Optional.of(exact.form());
    }

    boolean matches(String topic) {
        for (TopicFilter filter : granted.keySet()) {
            if (filter.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    Set<Map.Entry<TopicFilter, Granted>> entries() {
        return granted.entrySet();
    }

    int size() {
        return granted.size();
    }
}
