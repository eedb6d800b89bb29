package io.causeway.routing;

import io.causeway.routing.Delivery.Recipient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions of which a message reaches one member only (MQTT 5 §4.8.2). Safe for many threads: matching takes no
 * lock, one lock orders the writers.
 */
final class SharedSubscriptions {
    private final SubscriptionTrie<String, Group> trie = new SubscriptionTrie<>();
    private final Map<Key, Group> groups = new HashMap<>();
    private final ReentrantLock writing = new ReentrantLock();

    private record Key(String group, TopicFilter filter) {}

    /** Adds a member or changes its options. */
    void put(String groupName, TopicFilter filter, Recipient member) {
        writing.lock();
        try {
            Group group = groups.computeIfAbsent(new Key(groupName, filter), unused -> new Group());
            group.put(member);
            trie.put(filter, groupName, group);
        } finally {
            writing.unlock();
        }
    }

    /** False if it was no member. */
    boolean remove(String groupName, TopicFilter filter, Subscriber subscriber) {
        writing.lock();
        try {
            Key key = new Key(groupName, filter);
            Group group = groups.get(key);
            if (group == null || !group.remove(subscriber)) {
                return false;
            }
            if (group.members.isEmpty()) {
                groups.remove(key);
                trie.remove(filter, groupName);
            }
            return true;
        } finally {
            writing.unlock();
        }
    }

    /** Shows the one chosen member of each group that the topic matches. */
    void match(String topicName, Consumer<Recipient> visitor) {
        trie.match(topicName, group -> {
            Recipient chosen = group.choose();
            if (chosen != null) {
                visitor.accept(chosen);
            }
        });
    }

    /** Members take turns; those who cannot be reached now are left out while anybody can. */
    private static final class Group {
        private final List<Recipient> members = new CopyOnWriteArrayList<>();
        private final AtomicInteger turn = new AtomicInteger();

        void put(Recipient member) {
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).subscriber() == member.subscriber()) {
                    members.set(i, member);
                    return;
                }
            }
            members.add(member);
        }

        boolean remove(Subscriber subscriber) {
            return members.removeIf(each -> each.subscriber() == subscriber);
        }

        @Nullable
        Recipient choose() {
            List<Recipient> now = List.copyOf(members);
            if (now.isEmpty()) {
                return null;
            }
            int first = turn.getAndIncrement();
            for (int i = 0; i < now.size(); i++) {
                Recipient member = now.get(Math.floorMod(first + i, now.size()));
                if (member.subscriber().isReachable()) {
                    return member;
                }
            }
            return now.get(Math.floorMod(first, now.size()));
        }
    }
}
