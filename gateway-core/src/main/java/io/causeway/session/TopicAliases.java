package io.causeway.session;

import io.causeway.store.StoredAlias;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

    /** In place of a topic that nobody knows any more; no topic is empty. */
    private static final String LOST = "";

    private final List<Alias> assigned = new ArrayList<>(2);
    private int topicChars;
    private final int firstAlias;
    private final int maxAliases;
    private final Consumer<Alias> changed;
    private @Nullable Map<String, Alias> byTopic;

    /** An alias and what the client is known to know about it. */
    static final class Alias {
        final String topic;
        final int value;
        /** How a PUBLISH names the topic by it. */
        final TopicReference reference;

        private boolean known;
        /** The store has been told of it. */
        private boolean recorded;
        /** The client did not want to know: nothing is sent for this topic until it subscribes or connects again. */
        boolean suppressed;

        private Alias(String topic, int value) {
            this.topic = topic;
            this.value = value;
            this.reference = new TopicReference(TopicForm.NORMAL, value);
        }

        /** The client has been told the alias on this connection and not denied it. */
        boolean isKnown() {
            return known;
        }

        boolean isRecorded() {
            return recorded;
        }

        void setRecorded() {
            recorded = true;
        }

        StoredAlias toStored() {
            return new StoredAlias(value, topic, known);
        }
    }

    /**
     * @param firstAlias where numbering begins, 1 to 65,534: behind the aliases of sessions that are no more, so that
     *                   a late packet never means a new topic
     * @param changed    told of aliases that are new, or that the client knows now, or no longer
     */
    TopicAliases(int maxAliases, int firstAlias, Consumer<Alias> changed) {
        this.maxAliases = maxAliases;
        this.firstAlias = firstAlias;
        this.changed = changed;
    }

    /**
     * Those of a stored session; a client keeps using them as if nothing had happened.
     *
     * @param stored by their value
     * @param lost   how many more the client was given, nobody knows for which topics: they lie between these, or else
     *               behind them, and are not given to others
     */
    static TopicAliases restored(int maxAliases, List<StoredAlias> stored, int lost, Consumer<Alias> changed) {
        int given = stored.size() + lost;
        int from = indexOfFirst(stored);
        int first = stored.isEmpty() ? FIRST : stored.get(from).value();
        TopicAliases aliases = new TopicAliases(Math.max(maxAliases, given), first, changed);
        for (int i = 0; i < stored.size(); i++) {
            StoredAlias each = stored.get((from + i) % stored.size());
            int room = distance(aliases.nextAlias(), each.value());
            if (aliases.size() + room >= COUNT) {
                throw new IllegalStateException("alias " + each.value() + " twice");
            }
            aliases.leaveOut(room);
            Alias alias = aliases.add(each.topic());
            alias.known = each.known();
            alias.recorded = true;
        }
        aliases.leaveOut(given - aliases.size());
        return aliases;
    }

    /** The one with the most room before it: they were given one after the other, the first following the last. */
    private static int indexOfFirst(List<StoredAlias> byValue) {
        int first = 0;
        int mostRoom = -1;
        for (int i = 0; i < byValue.size(); i++) {
            int before = byValue.get(Math.floorMod(i - 1, byValue.size())).value();
            int room = distance(after(before, 1), byValue.get(i).value());
            if (room > mostRoom) {
                first = i;
                mostRoom = room;
            }
        }
        return first;
    }

    private void leaveOut(int count) {
        for (int i = 0; i < count; i++) {
            add(LOST);
        }
    }

    /** The topic's alias, made if there is none; nothing if the client has as many as it may have. */
    Optional<Alias> assign(String topic) {
        return assign(topic, false);
    }

    /** As {@link #assign}, and the client is told by what is said to it now, or has said that it knows. */
    Optional<Alias> tell(String topic) {
        return assign(topic, true);
    }

    private Optional<Alias> assign(String topic, boolean nowKnown) {
        Alias found = find(topic);
        if (found == null) {
            if (assigned.size() >= maxAliases || topicChars + topic.length() > MAX_TOPIC_CHARS) {
                return Optional.empty();
            }
            found = add(topic);
            found.known = nowKnown;
            changed.accept(found);
        } else if (nowKnown) {
            setKnown(found, true);
        }
        return Optional.of(found);
    }

    private void setKnown(Alias alias, boolean known) {
        if (alias.known != known) {
            alias.known = known;
            changed.accept(alias);
        }
    }

    /** Its client does not know it, whatever it has been told. */
    void deny(Alias alias) {
        setKnown(alias, false);
    }

    private Alias add(String topic) {
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
        return alias;
    }

    /** Whether the topic has an alias. */
    boolean has(String topic) {
        return find(topic) != null;
    }

    /** Whether the topic has an alias that the client knows. */
    boolean isKnown(String topic) {
        Alias found = find(topic);
        return found != null && found.known;
    }

    /** What the alias stands for; null if it was never given to this client, or nobody knows for what. */
    @Nullable
    Alias byValue(int value) {
        int index = distance(firstAlias, value);
        if (value < FIRST || value > COUNT || index >= assigned.size()) {
            return null;
        }
        Alias found = assigned.get(index);
        return found.topic.equals(LOST) ? null : found;
    }

    /** The alias that the next new topic would get. */
    int nextAlias() {
        return after(firstAlias, assigned.size());
    }

    /** How many were given, those included of which nobody knows for what. */
    int size() {
        return assigned.size();
    }

    /** How far the other is further on, the first following the last. */
    private static int distance(int alias, int other) {
        return Math.floorMod(other - alias, COUNT);
    }

    /** The alias that is so many further on, the first following the last. */
    static int after(int alias, int count) {
        return FIRST + (alias - FIRST + count) % COUNT;
    }

    /** A new connection: the client may have forgotten everything, and gets another chance with what it rejected. */
    void forgetWhatClientKnows() {
        for (Alias alias : assigned) {
            setKnown(alias, false);
            alias.suppressed = false;
        }
    }

    /** A SUBSCRIBE is another chance for topics that the client did not want to register. */
    void liftSuppression() {
        for (Alias alias : assigned) {
            alias.suppressed = false;
        }
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
