package io.causeway.store;

import java.util.HashMap;
import java.util.Map;

/**
 * Stored sessions that could not be taken up by an error of our own. They stay in the store, for a release that can, until
 * their client has a new session. Owned by the loop of its {@link ChangeLog}.
 */
public final class LeftInStore {
    private final ChangeLog changes;
    private final Map<String, Long> idsByClient = new HashMap<>();

    public LeftInStore(ChangeLog changes) {
        this.changes = changes;
    }

    public void add(StoredSession session) {
        idsByClient.put(session.clientId(), session.id());
    }

    public boolean contains(String clientId) {
        return idsByClient.containsKey(clientId);
    }

    /** The client has a new session, here or by another protocol. False if none was left. */
    public boolean remove(String clientId) {
        Long id = idsByClient.remove(clientId);
        if (id == null) {
            return false;
        }
        changes.add(new Change.RemoveSession(id));
        return true;
    }
}
