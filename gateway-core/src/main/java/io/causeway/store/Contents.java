package io.causeway.store;

import io.causeway.routing.ApplicationMessage;

/** Is shown what a store has kept, one after the other, on the thread that loads. */
public interface Contents {
    void onSession(KeptSession session);

    void onRetained(ApplicationMessage message);

    void onWill(StoredWill will);

    void onArrival(StoredArrival arrival);
}
