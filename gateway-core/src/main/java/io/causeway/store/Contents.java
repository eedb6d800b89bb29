package io.causeway.store;

import io.causeway.routing.ApplicationMessage;

/**
 * Is shown what a store has kept, one after the other, on the thread that loads: retained messages first, because sessions
 * may be owed them, and wills after the sessions that may be sent them.
 */
public interface Contents {
    void onRetained(ApplicationMessage message);

    void onSession(KeptSession session);

    void onWill(StoredWill will);

    void onArrival(StoredArrival arrival);
}
