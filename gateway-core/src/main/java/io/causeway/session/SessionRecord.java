package io.causeway.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.DurableStep;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.session.TopicAliases.Alias;
import io.causeway.store.Change;
import io.causeway.store.ChangeLog;
import io.causeway.store.Changes;
import io.causeway.store.KeptSession;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredReceived;
import io.causeway.store.StoredSession;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the store what of one session must survive a restart, as it changes; and has the client hear nothing that
 * follows from a change before that change is durable. Does nothing where nothing is kept. Owned by the session's loop.
 */
final class SessionRecord implements ChangeLog.Snapshot {
    /**
     * Packet ids given out are not recorded one by one: after a restart so many are left out, for one of them may have
     * been used, and its acknowledgement may still be on its way.
     */
    static final int PACKET_IDS_AHEAD = 256;

    private static final int NOT_HELD = -1;

    /** What it needs of its session. */
    interface Host {
        /** Where the client is told things now, or null. */
        @Nullable
        ClientPort port();

        /** Runs the work on the session's loop, later. */
        void post(LongConsumer work);

        /** The session's own values now. */
        StoredSession toStored(long id);
    }

    private final Host host;
    private final ChangeLog changes;
    private final long id;
    /** Nothing is kept, or not any more. */
    private boolean off;

    private boolean begun;
    private long lastSequence;
    private int lastPacketId;
    /** What the store has safely; the one that it has may be later. */
    private int recordedPacketId;

    private long notedUnit = NOT_HELD;
    private long heldUnit = NOT_HELD;
    private @Nullable ClientPort heldPort;
    private long awaitedUnit;

    private SessionRecord(Host host, ChangeLog changes, long id) {
        this.host = host;
        this.changes = changes;
        this.id = id;
        this.off = !changes.isDurable();
    }

    /**
     * @param kept what the store has of the session; null if it is new, and then the store hears of it with the first
     *             {@link #touch}, which is to come before all else
     */
    static SessionRecord of(Host host, ChangeLog changes, @Nullable KeptSession kept) {
        if (kept == null) {
            return new SessionRecord(host, changes, changes.isDurable() ? changes.nextId() : 0);
        }
        SessionRecord record = new SessionRecord(host, changes, kept.values().id());
        record.begun = true;
        record.recordedPacketId = kept.values().lastPacketId();
        record.lastPacketId = OutboundFlow.after(record.recordedPacketId, PACKET_IDS_AHEAD);
        List<StoredMessage> messages = kept.messages();
        record.lastSequence =
                messages.isEmpty() ? 0 : messages.get(messages.size() - 1).sequence();
        return record;
    }

    // ---- the session itself --------------------------------------------------------------------------------------

    /** The session's own values are others now. */
    void touch() {
        hold();
        note();
    }

    /** As {@link #touch}, if it does no harm should the client hear of it before. */
    void note() {
        if (off) {
            return;
        }
        if (begun) {
            changes.touch(this);
        } else {
            begun = true;
            changes.add(toChange()); // before all that belongs to it
        }
        notePacketId();
    }

    private void notePacketId() {
        long unit = changes.unitNumber();
        if (lastPacketId == recordedPacketId || unit == notedUnit) {
            return;
        }
        notedUnit = unit;
        int noted = lastPacketId;
        changes.afterwards(nowNanos -> recordedPacketId = noted);
    }

    /** The session is no more. */
    void end() {
        if (off) {
            return;
        }
        off = true;
        changes.forget(this);
        if (begun) {
            changes.add(new Change.RemoveSession(id));
        }
    }

    @Override
    public Change toChange() {
        return new Change.PutSession(host.toStored(id));
    }

    /** To be told of each packet id that is given out, before it is used. */
    void onPacketId(int packetId) {
        lastPacketId = packetId;
        if (!off && isFarAhead(packetId)) {
            touch();
        }
    }

    /** Whether the next packet id would have to be recorded before the client hears of it. */
    boolean mustRecordNextPacketId() {
        return !off && isFarAhead(OutboundFlow.after(lastPacketId, 1));
    }

    private boolean isFarAhead(int packetId) {
        return Math.floorMod(packetId - recordedPacketId, OutboundFlow.MAX_PACKET_ID) >= PACKET_IDS_AHEAD;
    }

    /** What is said to the client from here on waits until all that has changed, and still does in this turn, is durable. */
    void hold() {
        ClientPort port = host.port();
        if (off || port == null) {
            return;
        }
        long unit = changes.unitNumber();
        if (unit == heldUnit && port == heldPort) {
            return;
        }
        heldUnit = unit;
        heldPort = port;
        port.hold();
        changes.afterwards(nowNanos -> port.release());
    }

    // ---- subscriptions and aliases -------------------------------------------------------------------------------

    void put(Subscription subscription) {
        if (!off) {
            addAndHold(new Change.PutSubscription(id, subscription.toStored()));
        }
    }

    void remove(TopicFilter filter) {
        if (!off) {
            addAndHold(new Change.RemoveSubscription(id, filter.value()));
        }
    }

    /**
     * The alias is new, or the client knows it now, or no longer. The latter is not worth waiting for, nor keeping while the
     * store takes nothing: at worst the client is told once more by REGISTER.
     */
    void put(Alias alias) {
        if (off) {
            return;
        }
        if (!alias.isRecorded()) {
            alias.setRecorded();
            hold();
        } else if (!isTaking()) {
            return;
        }
        changes.add(new Change.PutAlias(id, alias.toStored()));
    }

    // ---- messages for the client ---------------------------------------------------------------------------------

    /** @param step what the message becomes durable with, or null */
    Outgoing newMessage(ApplicationMessage message, @Nullable DurableStep step) {
        boolean kept = !off && message.qos() != Qos.AT_MOST_ONCE;
        return new Outgoing(message, kept ? ++lastSequence : 0, step instanceof Changes together ? together : null);
    }

    /**
     * The message has found its place, or is gone already.
     *
     * @return whether it is kept, and its publisher has to wait until what this loop has changed is durable
     */
    boolean keep(Outgoing message) {
        if (off || message.isGone() || message.sequence() == 0) {
            return false;
        }
        message.setRecorded();
        Change put = new Change.PutMessage(id, message.toStored());
        Changes together = message.together();
        if (together != null) {
            together.add(put);
            return false;
        }
        changes.add(put);
        return true;
    }

    /** The message has a packet id now, or the client has it; at QoS 2 that is durable before the client hears of it. */
    void mark(Outgoing message) {
        if (off || message.sequence() == 0) {
            return;
        }
        if (message.qos() == Qos.EXACTLY_ONCE) {
            hold();
        }
        if (message.isRecorded()) {
            changes.add(new Change.MarkMessage(id, message.sequence(), message.packetId(), message.isReleased()));
        }
    }

    /** The client has the message, or it was dropped. */
    void remove(Outgoing message) {
        message.setGone();
        if (off || !message.isRecorded()) {
            return;
        }
        Change removal = new Change.RemoveMessage(id, message.sequence());
        Changes together = message.together();
        if (together == null || together.isDurable()) {
            changes.add(removal);
        } else {
            together.whenDurable(() -> host.post(nowNanos -> add(removal))); // not before what it undoes
        }
    }

    // ---- messages of the client ----------------------------------------------------------------------------------

    /** @param together what the message becomes durable with, and all that others keep of it */
    void put(StoredReceived received, Changes together) {
        if (!off) {
            together.add(new Change.PutReceived(id, received));
        }
    }

    void put(StoredReceived received) {
        if (!off) {
            addAndHold(new Change.PutReceived(id, received));
        }
    }

    void removeReceived(int packetId) {
        if (!off) {
            addAndHold(new Change.RemoveReceived(id, packetId));
        }
    }

    /** Whether new promises can be kept; see {@link io.causeway.store.SessionStore#isTaking}. */
    boolean isTaking() {
        return changes.isTaking();
    }

    /** Has something done, on any thread, when the store may have begun to take again. */
    void whenTaken(Runnable follower) {
        long unit = changes.unitNumber();
        if (unit != awaitedUnit) {
            awaitedUnit = unit;
            changes.whenDurable(follower);
        }
    }

    /** Behind all that this loop has changed up to now. Has to be done, whatever has become of the session. */
    void submit(Changes together) {
        changes.submit(together);
    }

    private void addAndHold(Change change) {
        hold();
        changes.add(change);
    }

    private void add(Change change) {
        if (!off) {
            changes.add(change);
        }
    }
}
