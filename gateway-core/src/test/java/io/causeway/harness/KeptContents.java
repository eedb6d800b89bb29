package io.causeway.harness;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredWill;
import java.util.ArrayList;
import java.util.List;

/** All that a store has kept at one moment. */
public final class KeptContents implements Contents {
    private final List<KeptSession> sessions = new ArrayList<>();
    private final List<ApplicationMessage> retained = new ArrayList<>();
    private final List<StoredWill> wills = new ArrayList<>();

    private KeptContents() {}

    public static KeptContents of(SessionStore store) {
        KeptContents contents = new KeptContents();
        store.load(contents);
        return contents;
    }

    public List<KeptSession> sessions() {
        return sessions;
    }

    public List<ApplicationMessage> retained() {
        return retained;
    }

    public List<StoredWill> wills() {
        return wills;
    }

    @Override
    public void onSession(KeptSession session) {
        sessions.add(session);
    }

    @Override
    public void onRetained(ApplicationMessage message) {
        retained.add(message);
    }

    @Override
    public void onWill(StoredWill will) {
        wills.add(will);
    }

    @Override
    public void onArrival(StoredArrival arrival) {
        // No broker is elsewhere here.
    }
}
