package io.causeway.bridge;

import io.causeway.store.SessionStore;
import org.jspecify.annotations.Nullable;

/**
 * Where and how one connection keeps what must survive a restart.
 *
 * @param link    its name there, the same in each life
 * @param journal null: there is none
 */
record LinkStore(String link, SessionStore store, @Nullable JournalSettings journal) {

    /** @throws IllegalArgumentException if there is to be a journal and the store keeps nothing */
    LinkStore {
        if (journal != null && !store.isDurable()) {
            throw new IllegalArgumentException("a journal needs a store that keeps it");
        }
    }
}
