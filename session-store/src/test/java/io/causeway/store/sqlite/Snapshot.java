package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredForward;
import io.causeway.store.StoredReceived;
import io.causeway.store.StoredWill;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a store has, to be compared. */
record Snapshot(
        List<KeptSession> sessions,
        Map<String, ApplicationMessage> retained,
        List<StoredWill> wills,
        Map<String, StoredArrival> arrivals,
        Map<String, List<StoredForward>> forwards) {

    static Snapshot of(SessionStore store) {
        Snapshot snapshot =
                new Snapshot(new ArrayList<>(), new TreeMap<>(), new ArrayList<>(), new TreeMap<>(), new TreeMap<>());
        store.load(new Contents() {
            @Override
            public void onSession(KeptSession session) {
                snapshot.sessions.add(inOrder(session));
            }

            @Override
            public void onRetained(ApplicationMessage message) {
                snapshot.retained.put(message.topic(), message);
            }

            @Override
            public void onWill(StoredWill will) {
                snapshot.wills.add(will);
            }

            @Override
            public void onArrival(StoredArrival arrival) {
                snapshot.arrivals.put(arrival.link() + " " + arrival.packetId(), arrival);
            }
        });
        for (String link : RandomUnits.LINKS) {
            snapshot.forwards.put(link, store.forwards(link, 0, Integer.MAX_VALUE));
        }
        return snapshot;
    }

    /** What was received has no order. */
    private static KeptSession inOrder(KeptSession session) {
        List<StoredReceived> received = new ArrayList<>(session.received());
        received.sort(Comparator.comparing(StoredReceived::packetId));
        return new KeptSession(
                session.values(),
                session.subscriptions(),
                session.aliases(),
                session.lostAliases(),
                session.messages(),
                received);
    }
}
