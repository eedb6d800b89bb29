package io.causeway.session;

import io.causeway.access.ClientPattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configured topics that clients name by a predefined alias (1.2 §6.7), for all clients or for those whose id
 * fits a pattern. Immutable; a reload makes a new one.
 */
public final class PredefinedTopics {
    /** Stands for the client id in a configured name. */
    private static final String CLIENT = "{client}";

    private final List<Entry> entries;
    private final ClientView everybody;
    private final boolean sameForAll;

    /**
     * @param alias   1 to 65,534
     * @param name    a topic name, which may hold {@code {client}}
     * @param clients whom it is for
     */
    public record Entry(int alias, String name, ClientPattern clients) {
        boolean namesClient() {
            return name.contains(CLIENT);
        }
    }

    /** What one client, or a sender without a session, finds. Immutable. */
    static final class ClientView {
        private final Map<Integer, String> topics;
        private final Map<String, Integer> aliases = new HashMap<>();

        private ClientView(SortedMap<Integer, String> topics) {
            this.topics = new HashMap<>(topics);
            topics.forEach((alias, topic) -> aliases.putIfAbsent(topic, alias));
        }

        Optional<String> topicOf(int alias) {
            return Optional.ofNullable(topics.get(alias));
        }

        /** The lowest, if the topic has several. */
        Optional<Integer> aliasOf(String topic) {
            return Optional.ofNullable(aliases.get(topic));
        }
    }

    /** @param entries where two entries give one client the same alias, the one with the narrower pattern counts */
    public PredefinedTopics(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        SortedMap<Integer, String> anonymous = new TreeMap<>();
        for (Entry entry : this.entries) {
            if (entry.clients().matchesAll() && !entry.namesClient()) {
                anonymous.put(entry.alias(), entry.name());
            }
        }
        this.everybody = new ClientView(anonymous);
        this.sameForAll = this.entries.stream().allMatch(each -> each.clients().matchesAll() && !each.namesClient());
    }

    /** No predefined topics. */
    public static PredefinedTopics none() {
        return new PredefinedTopics(List.of());
    }

    /** For senders that have no session and so no client id (1.2 §6.8). */
    ClientView forEverybody() {
        return everybody;
    }

    ClientView forClient(String clientId) {
        if (sameForAll) {
            return everybody;
        }
        SortedMap<Integer, String> topics = new TreeMap<>();
        addMatching(topics, clientId, true);
        addMatching(topics, clientId, false);
        return new ClientView(topics);
    }

    /** False for an id with '/', '+' or '#' that would end up inside a topic name. */
    boolean acceptsClientId(String clientId) {
        boolean harmless = clientId.indexOf('/') < 0 && clientId.indexOf('+') < 0 && clientId.indexOf('#') < 0;
        return harmless
                || entries.stream()
                        .noneMatch(each -> each.namesClient() && each.clients().matches(clientId));
    }

    private void addMatching(Map<Integer, String> topics, String clientId, boolean matchingAll) {
        for (Entry entry : entries) {
            if (entry.clients().matchesAll() == matchingAll && entry.clients().matches(clientId)) {
                topics.put(entry.alias(), entry.name().replace(CLIENT, clientId));
            }
        }
    }
}
