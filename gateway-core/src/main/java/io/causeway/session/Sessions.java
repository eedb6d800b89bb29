package io.causeway.session;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one loop by client id, in step with how many the {@link Directory} counts on all loops: each takes a
 * place there before it begins, and gives it back when it ends. Owned by that loop.
 */
final class Sessions {
    private final Directory directory;
    private final Map<String, ClientSession> byClientId = new HashMap<>();
    /** Where the aliases of the next new session begin: behind those of every session that has ended. */
    private int firstAlias = TopicAliases.FIRST;

    Sessions(Directory directory) {
        this.directory = directory;
    }

    /** The session of the client, or null. */
    @Nullable
    ClientSession of(String clientId) {
        return byClientId.get(clientId);
    }

    boolean has(String clientId) {
        return byClientId.containsKey(clientId);
    }

    Collection<ClientSession> all() {
        return Collections.unmodifiableCollection(byClientId.values());
    }

    /** Takes a place for a session that is to begin; false if as many are taken as there may be. */
    boolean tryTakePlace(int maxSessions) {
        return directory.tryAddSession(maxSessions);
    }

    /** Takes a place for one that is not to be turned away, however many there are. */
    void takePlace() {
        directory.tryAddSession(Integer.MAX_VALUE);
    }

    /** Begins a session that has a place. */
    ClientSession begin(String clientId, SessionContext context, PredefinedTopics.ClientView predefined) {
        ClientSession session = new ClientSession(clientId, context, predefined, firstAlias);
        byClientId.put(clientId, session);
        return session;
    }

    /** Takes up a session that was kept. */
    void takeUp(ClientSession kept) {
        firstAlias = Math.max(firstAlias, kept.topics().aliases().nextAlias());
        takePlace();
        byClientId.put(kept.clientId(), kept);
    }

    /** The session has ended. */
    void remove(ClientSession ended) {
        firstAlias = TopicAliases.after(firstAlias, ended.topics().aliases().size());
        byClientId.remove(ended.clientId(), ended);
        directory.removeSession();
    }

    /** @param waitingWills how many wills of this loop the upstream has not taken yet */
    Census census(int waitingWills) {
        Map<ClientSession.State, Integer> inState = new EnumMap<>(ClientSession.State.class);
        long queued = 0;
        for (ClientSession session : byClientId.values()) {
            inState.merge(session.state(), 1, Integer::sum);
            queued += session.queuedMessages();
        }
        return new Census(
                inState.getOrDefault(ClientSession.State.ACTIVE, 0),
                inState.getOrDefault(ClientSession.State.ASLEEP, 0),
                inState.getOrDefault(ClientSession.State.AWAKE, 0),
                inState.getOrDefault(ClientSession.State.DISCONNECTED, 0),
                queued,
                waitingWills);
    }
}
