package io.causeway.routing;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last retained message of each topic (MQTT 3.1.1 §3.3.1.3), as a tree of topic levels, so that a filter costs what
 * it means and not what is stored.
 *
 * <p>Safe for many threads: looking takes no lock, one lock orders the writers. Bounded: at the bound a message is not
 * stored, which the caller counts and logs.
 */
public final class RetainedStore {
    private static final String ANY_ONE = "+";
    private static final String ANY_REST = "#";

    private final Node root = new Node();
    private final ReentrantLock writing = new ReentrantLock();
    private final int maxTopics;
    private final long maxOctets;
    private final AtomicInteger size = new AtomicInteger();
    private long octets;
    /** Of the message stored last. Written under the lock. */
    private volatile long lastSequence;

    /** @param sequence tells which of two messages was stored first */
    private record Stored(ApplicationMessage message, long sequence) {}

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
        writing.lock();
        try {
            String[] levels = levelsOf(message.topic());
            if (message.payload().isEmpty()) {
                remove(root, levels, 0);
                return true;
            }
            ApplicationMessage former = find(levels);
            long weightBefore = former == null ? 0 : former.weightOctets();
            long weightAfter = octets - weightBefore + message.weightOctets();
            if ((former == null && size.get() >= maxTopics) || weightAfter > maxOctets) {
                return false;
            }
            Node node = root;
            for (String level : levels) {
                node = node.childToWrite(level);
            }
            long sequence = lastSequence + 1;
            node.stored = new Stored(message, sequence);
            lastSequence = sequence;
            octets = weightAfter;
            if (former == null) {
                size.incrementAndGet();
            }
            return true;
        } finally {
            writing.unlock();
        }
    }

    /** Removes what the condition names, expired messages for instance. Returns how many. */
    public int removeIf(Predicate<ApplicationMessage> condition) {
        writing.lock();
        try {
            int before = size.get();
            removeIf(root, condition);
            return before - size.get();
        } finally {
            writing.unlock();
        }
    }

    /** The stored message of this topic, if there is one. */
    public Optional<ApplicationMessage> find(String topic) {
        return Optional.ofNullable(find(levelsOf(topic)));
    }

    /** Shows every stored message that the filter means. */
    public void match(TopicFilter filter, Consumer<ApplicationMessage> visitor) {
        cursor(filter).forEachRemaining(visitor);
    }

    /**
     * The messages that are stored now and that the filter means, but for those that are replaced or deleted before the
     * walk gets there: so it may take its time, and costs nothing meanwhile. For one thread.
     */
    public Iterator<ApplicationMessage> cursor(TopicFilter filter) {
        return new Cursor(root, levelsOf(filter.value()), lastSequence);
    }

    /**
     * Does the work while nobody else stores: for what has to be one step together with storing, or with a look at what
     * is stored. Who stores a message and routes it in one step, and subscribes and makes a cursor in another, gives
     * each subscriber every retained message once, and the latest last. Short work only, and none that waits.
     */
    public <T> T exclusively(Supplier<T> work) {
        writing.lock();
        try {
            return work.get();
        } finally {
            writing.unlock();
        }
    }

    /** Topics with a retained message. */
    public int size() {
        return size.get();
    }

    private static String[] levelsOf(String topic) {
        return topic.split("/", -1);
    }

    private @Nullable ApplicationMessage find(String[] levels) {
        Node node = root;
        for (String level : levels) {
            node = node.child(level);
            if (node == null) {
                return null;
            }
        }
        Stored stored = node.stored;
        return stored == null ? null : stored.message();
    }

    private void remove(Node node, String[] levels, int depth) {
        if (depth == levels.length) {
            forget(node);
            return;
        }
        Node child = node.child(levels[depth]);
        if (child != null) {
            remove(child, levels, depth + 1);
            node.prune(levels[depth], child);
        }
    }

    private void removeIf(Node node, Predicate<ApplicationMessage> condition) {
        Stored stored = node.stored;
        if (stored != null && condition.test(stored.message())) {
            forget(node);
        }
        node.children().forEach((level, child) -> {
            removeIf(child, condition);
            node.prune(level, child);
        });
    }

    private void forget(Node node) {
        Stored former = node.stored;
        if (former != null) {
            node.stored = null;
            octets -= former.message().weightOctets();
            size.decrementAndGet();
        }
    }

    /** Walks the tree depth first; what is still to be looked at lies on a stack. */
    private static final class Cursor implements Iterator<ApplicationMessage> {
        private final String[] filter;
        /** The last message that was stored before this walk began. */
        private final long bound;
        /** Children of the nodes from the root down to where the walk is, those that come next. */
        private final ArrayDeque<Iterator<Map.Entry<String, Node>>> path = new ArrayDeque<>();

        private @Nullable ApplicationMessage next;

        private Cursor(Node root, String[] filter, long bound) {
            this.filter = filter;
            this.bound = bound;
            enter(root);
        }

        @Override
        public boolean hasNext() {
            while (next == null && !path.isEmpty()) {
                Iterator<Map.Entry<String, Node>> level = path.getLast();
                if (level.hasNext()) {
                    step(level.next());
                } else {
                    path.removeLast();
                }
            }
            return next != null;
        }

        @Override
        public ApplicationMessage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ApplicationMessage found = Objects.requireNonNull(next);
            next = null;
            return found;
        }

        private void step(Map.Entry<String, Node> child) {
            // A leading wildcard does not mean topics that begin with '$' [MQTT-4.7.2-1].
            boolean hidden = path.size() == 1 && child.getKey().startsWith("$") && hasWildcardAt(0);
            if (!hidden) {
                enter(child.getValue());
            }
        }

        /** Notes the node's message if the filter means it, and which of its children to look at. */
        private void enter(Node node) {
            int depth = path.size();
            boolean everythingBelow = filter[filter.length - 1].equals(ANY_REST) && depth >= filter.length - 1;
            Stored stored = node.stored;
            boolean isMeant = everythingBelow || depth == filter.length; // "a/#" means "a" too
            if (isMeant && stored != null && stored.sequence() <= bound) {
                next = stored.message();
            }
            path.addLast(everythingBelow ? node.all() : depth < filter.length ? node.named(filter[depth]) : none());
        }

        private boolean hasWildcardAt(int depth) {
            return filter[depth].equals(ANY_ONE) || filter[depth].equals(ANY_REST);
        }

        private static Iterator<Map.Entry<String, Node>> none() {
            return Collections.emptyIterator();
        }
    }

    /** A level. Fields are written under the store's lock. */
    private static final class Node {
        private volatile @Nullable Map<String, Node> children;
        private volatile @Nullable Stored stored;

        Map<String, Node> children() {
            Map<String, Node> present = children;
            return present == null ? Map.of() : present;
        }

        @Nullable
        Node child(String level) {
            return children().get(level);
        }

        Node childToWrite(String level) {
            Map<String, Node> present = children;
            if (present == null) {
                present = new ConcurrentHashMap<>(4);
                children = present;
            }
            return present.computeIfAbsent(level, unused -> new Node());
        }

        void prune(String level, Node child) {
            if (child.stored == null && child.children().isEmpty()) {
                children().remove(level);
            }
        }

        Iterator<Map.Entry<String, Node>> all() {
            return children().entrySet().iterator();
        }

        /** The children that one level of a filter means. */
        Iterator<Map.Entry<String, Node>> named(String level) {
            if (level.equals(ANY_ONE)) {
                return all();
            }
            Node child = child(level);
            return child == null
                    ? Collections.emptyIterator()
                    : List.of(Map.entry(level, child)).iterator();
        }
    }
}
