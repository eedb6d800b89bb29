package io.causeway.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the shards of one gateway share: which of them owns an address, and how many sessions there are. Safe for many
 * threads; an entry is written by the shard that claims the address and removed by none but that shard.
 */
public final class Directory {
    private final ConcurrentMap<NetworkIdentity, Shard> owners = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();

    /** The shard whose client or half-open handshake is at the address, or just was; null if there is none. */
    public @Nullable Shard ownerOf(NetworkIdentity identity) {
        return owners.get(identity);
    }

    public int sessions() {
        return sessions.get();
    }

    /** Returns the shard that had the address before. */
    @Nullable
    Shard claim(NetworkIdentity identity, Shard owner) {
        return owners.put(identity, owner);
    }

    void release(NetworkIdentity identity, Shard owner) {
        owners.remove(identity, owner);
    }

    /** False if there are as many as there may be. */
    boolean tryAddSession(int maxSessions) {
        if (sessions.incrementAndGet() <= maxSessions) {
            return true;
        }
        sessions.decrementAndGet();
        return false;
    }

    void removeSession() {
        sessions.decrementAndGet();
    }
}
