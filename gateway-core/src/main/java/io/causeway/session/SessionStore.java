package io.causeway.session;

import java.util.Collection;

/** Keeps sessions while the gateway is not running. Called when it starts and when it stops, never in between. */
public interface SessionStore {
    /** All sessions that were saved last. */
    Collection<SessionState> load();

    /** Takes the sessions in place of those saved before. */
    void save(Collection<SessionState> sessions);
}
