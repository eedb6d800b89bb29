package io.causeway.session;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which client of a shard is at which address, in step with what the {@link Directory} says to the other shards. An
 * address has one client; it stays with its shard for a while when that client has gone. Owned by the shard's loop.
 */
final class Addresses {
    private final Shard shard;
    private final Directory directory;
    private final Departures departures;
    private final Map<NetworkIdentity, ClientSession> sessions = new HashMap<>();

    Addresses(Shard shard, Directory directory, SessionSettings settings) {
        this.shard = shard;
        this.directory = directory;
        this.departures = new Departures(settings, this::onDepartureOver);
    }

    @Nullable
    ClientSession sessionAt(NetworkIdentity identity) {
        return sessions.get(identity);
    }

    /** Makes the address free for its new owner, who is to {@link #enter} next. */
    void vacate(NetworkIdentity identity, @Nullable ClientSession newOwner, long nowNanos) {
        Shard before = directory.claim(identity, shard);
        if (before != null && before != shard) {
            before.mailbox().post(now -> before.onClaimedElsewhere(identity, now));
        }
        departures.forget(identity);
        ClientSession there = sessions.get(identity);
        if (there != null && there != newOwner) {
            there.detach(nowNanos);
        }
    }

    void enter(NetworkIdentity identity, ClientSession session) {
        sessions.put(identity, session);
    }

    /** The client is elsewhere, or is no more; nothing happens if the address is another's by now. */
    void leave(NetworkIdentity identity, ClientSession session) {
        if (sessions.remove(identity, session)) {
            directory.release(identity, shard);
        }
    }

    /** As {@link #leave}, but while the departure is remembered what is repeated from there still comes here. */
    void depart(NetworkIdentity identity, ClientPort port, ClientSession session, long nowNanos) {
        sessions.remove(identity, session);
        departures.add(identity, port, nowNanos);
    }

    /** The way to a client that has just gone from there, whose DISCONNECT may be answered once more; or null. */
    @Nullable
    ClientPort departed(NetworkIdentity identity, long nowNanos) {
        return departures.answerable(identity, nowNanos);
    }

    /** A client of another shard is there now. */
    void onClaimedElsewhere(NetworkIdentity identity, long nowNanos) {
        if (directory.ownerOf(identity) == shard) {
            return; // claimed back before we heard of it
        }
        departures.forget(identity);
        ClientSession session = sessions.remove(identity);
        if (session != null) {
            session.detach(nowNanos);
        }
    }

    private void onDepartureOver(NetworkIdentity identity) {
        if (!sessions.containsKey(identity)) {
            directory.release(identity, shard);
        }
    }
}
