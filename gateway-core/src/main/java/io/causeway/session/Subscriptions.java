package io.causeway.session;

import io.causeway.routing.TopicFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one client has subscribed to, and by which form it named each topic. Owned by the session's loop. */
final class Subscriptions {
    /** All filters of one client together: long ones must not fill the memory that many clients share. */
    private static final int MAX_FILTER_CHARS = 256 * 1024;

    private final Map<String, Subscription> byFilter = new LinkedHashMap<>(2);
    private int filterChars;

    /** Whether a filter of this length is not too much. */
    boolean hasRoomFor(TopicFilter filter) {
        return filterChars + filter.value().length() <= MAX_FILTER_CHARS;
    }

    void put(Subscription subscription) {
        String filter = subscription.filter().value();
        if (byFilter.put(filter, subscription) == null) {
            filterChars += filter.length();
        }
    }

    void remove(TopicFilter filter) {
        if (byFilter.remove(filter.value()) != null) {
            filterChars -= filter.value().length();
        }
    }

    boolean contains(TopicFilter filter) {
        return byFilter.containsKey(filter.value());
    }

    /** How the client named exactly this topic in a subscription, or null if it did not. */
    @Nullable
    TopicForm formOf(String topic) {
        // A topic name is also the filter that means only itself.
        Subscription exact = byFilter.get(topic);
        return exact == null ? null : exact.form();
    }

    boolean matches(String topic) {
        for (Subscription subscription : byFilter.values()) {
            if (subscription.filter().matches(topic)) {
                return true;
            }
        }
        return false;
    }

    List<Subscription> all() {
        return List.copyOf(byFilter.values());
    }

    int size() {
        return byFilter.size();
    }
}
