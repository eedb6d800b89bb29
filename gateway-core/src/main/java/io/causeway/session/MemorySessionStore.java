package io.causeway.session;

import java.util.Collection;
import java.util.List;

/** Keeps sessions over a restart within one process, and loses them with it. Not safe for many threads at once. */
public final class MemorySessionStore implements SessionStore {
    private List<SessionState> saved = List.of();

    @Override
    public Collection<SessionState> load() {
        return saved;
    }

    @Override
    public void save(Collection<SessionState> sessions) {
        saved = List.copyOf(sessions);
    }
}
