package io.causeway.routing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Topic filters and who subscribed to them, as a tree of topic levels.
 *
 * <p>Safe for many threads: matching takes no lock and sees every subscription that was there before it began and
 * stays; one lock orders the writers, so that pruning an emptied branch cannot lose a subscription.
 *
 * @param <S> a subscriber, compared by {@code equals}
 * @param <O> what is to be known of a subscription
 */
public final class SubscriptionTrie<S, O> {
    private final Node<S, O> root = new Node<>();
    private final ReentrantLock writing = new ReentrantLock();

    /** Adds a subscription, or changes its QoS; returns the QoS that it had before. */
    public Optional<O> put(TopicFilter filter, S subscriber, O options) {
        writing.lock();
        try {
            Node<S, O> node = root;
            for (String level : levelsOf(filter.value())) {
                node = node.childToWrite(level);
            }
            return Optional.ofNullable(node.subscribersToWrite().put(subscriber, options));
        } finally {
            writing.unlock();
        }
    }

    /** Removes a subscription; false if there was none. */
    public boolean remove(TopicFilter filter, S subscriber) {
        writing.lock();
        try {
            return remove(root, levelsOf(filter.value()), 0, subscriber);
        } finally {
            writing.unlock();
        }
    }

    /** Shows every subscription whose filter matches the topic name: of a subscriber with several, each. */
    public void match(String topicName, Consumer<O> visitor) {
        match(root, topicName, 0, topicName.charAt(0) != '$', visitor);
    }

    private static String[] levelsOf(String filter) {
        return filter.split("/", -1);
    }

    private static <S, O> boolean remove(Node<S, O> node, String[] levels, int depth, S subscriber) {
        if (depth == levels.length) {
            Map<S, O> subscribers = node.subscribers;
            return subscribers != null && subscribers.remove(subscriber) != null;
        }
        Node<S, O> child = node.child(levels[depth]);
        if (child == null || !remove(child, levels, depth + 1, subscriber)) {
            return false;
        }
        if (child.isEmpty()) {
            node.removeChild(levels[depth]);
        }
        return true;
    }

    private static <S, O> void match(
            Node<S, O> node, String topic, int from, boolean wildcardsAllowed, Consumer<O> visitor) {
        Node<S, O> rest = wildcardsAllowed ? node.child("#") : null;
        if (rest != null) {
            rest.visit(visitor);
        }
        if (from > topic.length()) {
            node.visit(visitor);
            return;
        }
        int slash = topic.indexOf('/', from);
        int end = slash < 0 ? topic.length() : slash;
        // A leading wildcard does not mean topics that begin with '$' [MQTT-4.7.2-1].
        Node<S, O> anyOne = wildcardsAllowed ? node.child("+") : null;
        if (anyOne != null) {
            match(anyOne, topic, end + 1, true, visitor);
        }
        Node<S, O> exact = node.child(topic.substring(from, end));
        if (exact != null) {
            match(exact, topic, end + 1, true, visitor);
        }
    }

    /** A level; what it does not need yet is not allocated. Fields are written under the trie's lock. */
    private static final class Node<S, O> {
        private volatile @Nullable Map<String, Node<S, O>> children;
        private volatile @Nullable Map<S, O> subscribers;

        @Nullable
        Node<S, O> child(String level) {
            Map<String, Node<S, O>> present = children;
            return present == null ? null : present.get(level);
        }

        Node<S, O> childToWrite(String level) {
            Map<String, Node<S, O>> present = children;
            if (present == null) {
                present = new ConcurrentHashMap<>(4);
                children = present;
            }
            return present.computeIfAbsent(level, unused -> new Node<>());
        }

        Map<S, O> subscribersToWrite() {
            Map<S, O> present = subscribers;
            if (present == null) {
                present = new ConcurrentHashMap<>(2);
                subscribers = present;
            }
            return present;
        }

        void removeChild(String level) {
            Map<String, Node<S, O>> present = children;
            if (present != null) {
                present.remove(level);
            }
        }

        boolean isEmpty() {
            Map<String, Node<S, O>> presentChildren = children;
            Map<S, O> presentSubscribers = subscribers;
            return (presentChildren == null || presentChildren.isEmpty())
                    && (presentSubscribers == null || presentSubscribers.isEmpty());
        }

        void visit(Consumer<O> visitor) {
            Map<S, O> present = subscribers;
            if (present != null) {
                present.values().forEach(visitor);
            }
        }
    }
}
