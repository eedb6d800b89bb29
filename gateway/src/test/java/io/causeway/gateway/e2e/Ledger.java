package io.causeway.gateway.e2e;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What publishers were told to have arrived, and what subscribers got. Safe for many threads. */
final class Ledger {
    private final Map<String, List<Integer>> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Map<String, List<Integer>>> received = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledgements = new AtomicInteger();
    private final AtomicInteger newConnections = new AtomicInteger();

    /** What a message of the publisher carries. */
    static String payload(String publisher, int number) {
        return publisher + ":" + number;
    }

    void acknowledged(String publisher, int number) {
        acknowledged
                .computeIfAbsent(publisher, unused -> new CopyOnWriteArrayList<>())
                .add(number);
        acknowledgements.incrementAndGet();
    }

    void received(String subscriber, String payload) {
        int colon = payload.lastIndexOf(':');
        received.computeIfAbsent(subscriber, unused -> new ConcurrentHashMap<>())
                .computeIfAbsent(payload.substring(0, colon), unused -> new CopyOnWriteArrayList<>())
                .add(Integer.parseInt(payload, colon + 1, payload.length(), 10));
    }

    /** A client had to connect again, because the gateway did not know it any more. */
    void connectedAgain() {
        newConnections.incrementAndGet();
    }

    int acknowledgements() {
        return acknowledgements.get();
    }

    int newConnections() {
        return newConnections.get();
    }

    /** Acknowledged messages that the subscriber does not have. */
    int missing(String subscriber) {
        int missing = 0;
        for (Map.Entry<String, List<Integer>> each : acknowledged.entrySet()) {
            Set<Integer> owed = new LinkedHashSet<>(each.getValue());
            owed.removeAll(new LinkedHashSet<>(receivedFrom(subscriber, each.getKey())));
            missing += owed.size();
        }
        return missing;
    }

    /** Nothing acknowledged is missing, all is in order, and nothing comes twice of publishers that want it once. */
    void assertKept(String subscriber, Set<String> exactlyOnce) {
        acknowledged.forEach((publisher, numbers) -> {
            List<Integer> got = receivedFrom(subscriber, publisher);
            assertThat(got).as("%s from %s", subscriber, publisher).containsAll(numbers);
            List<Integer> firsts = new ArrayList<>(new LinkedHashSet<>(got));
            assertThat(firsts).as("order at %s from %s", subscriber, publisher).isSorted();
            if (exactlyOnce.contains(publisher)) {
                assertThat(got)
                        .as("%s from %s, once each", subscriber, publisher)
                        .doesNotHaveDuplicates();
            }
        });
    }

    private List<Integer> receivedFrom(String subscriber, String publisher) {
        return received.getOrDefault(subscriber, Map.of()).getOrDefault(publisher, List.of());
    }
}
