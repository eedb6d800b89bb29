package io.causeway.broker.session;

import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.ChangeLog;
import io.causeway.store.Changes;
import io.causeway.store.StoredReceived;

/**
 * Tells the store what of one session must survive a restart, as it changes (MQTT 5 §4.1): all of a session that outlives
 * its connection, of another one its will, and nothing if there is none. A session of which less is kept once is never
 * kept whole again: its end comes before. Owned by the session's loop.
 */
final class SessionRecord implements ChangeLog.Snapshot {
    private final MqttSession session;
    private final MqttShard shard;
    private final ChangeLog changes;
    private Extent extent = Extent.NOTHING;
    /** In the store; 0 where nothing is kept. */
    private long id;
    /** That the client may hear of only when it is durable; 0 for none. */
    private long awaitedUnit;

    private enum Extent {
        NOTHING,
        VALUES,
        WHOLE
    }

    SessionRecord(MqttSession session, MqttShard shard) {
        this.session = session;
        this.shard = shard;
        this.changes = shard.changes();
    }

    /** The session is kept whole. */
    boolean isWhole() {
        return extent == Extent.WHOLE;
    }

    boolean isEmpty() {
        return extent == Extent.NOTHING;
    }

    /** The unit of changes that has to be durable before the client hears of what it has brought about; 0 for none. */
    long awaitedUnit() {
        return awaitedUnit;
    }

    // ---- the session itself --------------------------------------------------------------------------------------

    /** The session comes from the store. */
    void restore(long storedId) {
        id = storedId;
        extent = session.expirySeconds() > 0 ? Extent.WHOLE : Extent.VALUES;
    }

    /** In place of a session that is no more: the client may not hear of this one before that one is forgotten. */
    void succeed(SessionRecord former) {
        awaitedUnit = Math.max(awaitedUnit, former.awaitedUnit);
    }

    /** In place of a session of another protocol; as {@link #succeed}, even if nothing of this one is kept. */
    void succeedOther() {
        if (changes.isDurable()) {
            await();
        }
    }

    /** The session's own values are others now; this comes before all that belongs to it. */
    void touch() {
        Extent wanted = wanted();
        if (wanted == extent) {
            if (extent != Extent.NOTHING) {
                changes.touch(this);
                await();
            }
            return;
        }
        end();
        if (wanted != Extent.NOTHING) {
            id = changes.nextId();
            extent = wanted;
            add(toChange());
        }
    }

    /** Nothing of it is to be kept. */
    void end() {
        if (extent == Extent.NOTHING) {
            return;
        }
        changes.forget(this);
        add(new Change.RemoveSession(id));
        extent = Extent.NOTHING;
    }

    /** The session cannot be taken up: what is kept of it stays as it is. */
    void abandon() {
        changes.forget(this);
        extent = Extent.NOTHING;
    }

    @Override
    public Change toChange() {
        return new Change.PutSession(session.toStored(id));
    }

    private Extent wanted() {
        if (!changes.isDurable() || session.isEnded()) {
            return Extent.NOTHING;
        }
        if (session.expirySeconds() > 0) {
            return Extent.WHOLE;
        }
        return session.will().current() == null ? Extent.NOTHING : Extent.VALUES;
    }

    // ---- subscriptions -------------------------------------------------------------------------------------------

    /** @param retainedOwed see {@link io.causeway.store.StoredSubscription} */
    void put(Subscription subscription, boolean retainedOwed) {
        if (isWhole()) {
            add(new Change.PutSubscription(id, subscription.toStored(retainedOwed)));
        }
    }

    void removeSubscription(String text) {
        if (isWhole()) {
            add(new Change.RemoveSubscription(id, text));
        }
    }

    // ---- messages for the client ---------------------------------------------------------------------------------

    /** The message waits, or is on its way with its packet id. */
    void put(OutgoingPublish publish) {
        if (!isWhole() || publish.qos() == Qos.AT_MOST_ONCE) {
            return;
        }
        publish.setRecorded(true);
        Change put = new Change.PutMessage(id, publish.toStored());
        Changes together = publish.together();
        if (together != null) {
            together.add(put);
            return;
        }
        changes.add(put);
        if (publish.packetId() != OutgoingPublish.NO_PACKET_ID) {
            awaitMark(publish);
        }
    }

    /**
     * The message has got its packet id, or is released. At QoS 2 the client must not hear of that before it is durable;
     * at QoS 1 it may: lost in a crash, it makes the repetition a message sent for the first time, and no more.
     */
    void mark(OutgoingPublish publish) {
        if (isWhole() && publish.isRecorded()) {
            changes.add(new Change.MarkMessage(id, publish.sequence(), publish.packetId(), publish.isReleased()));
            awaitMark(publish);
        }
    }

    /** The client has the message, or it was dropped. */
    void remove(OutgoingPublish publish) {
        if (!isWhole() || !publish.isRecorded()) {
            return;
        }
        publish.setRecorded(false);
        Change removal = new Change.RemoveMessage(id, publish.sequence());
        Changes together = publish.together();
        if (together == null || together.isDurable()) {
            changes.add(removal);
        } else {
            // Not before what it undoes. Of a session that is no more nothing is left anyway.
            together.whenDurable(() -> shard.mailbox().post(nowNanos -> changes.add(removal)));
        }
    }

    private void awaitMark(OutgoingPublish publish) {
        if (publish.qos() == Qos.EXACTLY_ONCE) {
            await();
        }
    }

    // ---- messages of the client ----------------------------------------------------------------------------------

    /** @param together what the message becomes durable with, and all that others keep of it */
    void put(InboundExchange exchange, Changes together) {
        if (isWhole()) {
            exchange.setRecorded();
            together.add(new Change.PutReceived(id, new StoredReceived(exchange.packetId(), 0)));
        }
    }

    void remove(InboundExchange exchange) {
        if (isWhole() && exchange.isRecorded()) {
            add(new Change.RemoveReceived(id, exchange.packetId()));
        }
    }

    private void add(Change change) {
        changes.add(change);
        await();
    }

    private void await() {
        awaitedUnit = shard.commits().watch();
    }
}
