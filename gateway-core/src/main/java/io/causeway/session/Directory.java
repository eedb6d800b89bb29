package io.causeway.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the shards of one gateway share: which of them owns an address, which of them is in a handshake with somebody
 * there, and how many sessions there are. Safe for many threads; an entry is written by the shard that it names, and
 * removed by that shard or replaced by a later claim.
 */
public final class Directory {
    private final ConcurrentMap<NetworkIdentity, Shard> owners = new ConcurrentHashMap<>();
    /** Apart from the owners: until its handshake is done, a newcomer takes nothing from the client at its address. */
    private final ConcurrentMap<NetworkIdentity, Shard> handshakes = new ConcurrentHashMap<>();

    private final AtomicInteger sessions = new AtomicInteger();

    /** The shard whose client is at the address, or just was; null if there is none. */
    public @Nullable Shard ownerOf(NetworkIdentity identity) {
        return owners.get(identity);
    }

    /** The shard that waits for the rest of a handshake from the address; null if none does. */
    public @Nullable Shard handshakeAt(NetworkIdentity identity) {
        return handshakes.get(identity);
    }

    public int sessions() {
        return sessions.get();
    }

    /** Whoever was in a handshake there has come too late. Returns the shard that had the address before. */
    @Nullable
    Shard claim(NetworkIdentity identity, Shard owner) {
        handshakes.remove(identity);
        return owners.put(identity, owner);
    }

    void release(NetworkIdentity identity, Shard owner) {
        owners.remove(identity, owner);
    }

    void beginHandshake(NetworkIdentity identity, Shard shard) {
        handshakes.put(identity, shard);
    }

    void endHandshake(NetworkIdentity identity, Shard shard) {
        handshakes.remove(identity, shard);
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
