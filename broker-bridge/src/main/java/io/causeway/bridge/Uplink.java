package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.store.StoreUnreadableException;
import io.causeway.upstream.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes up over one connection, each message accepted or refused once: straight to the broker, or through the
 * journal. Owned by the worker, except {@link #offer}, which is for event loops, and {@link #onPublished}, which is for
 * threads of the connection.
 *
 * <p>Every message passes the outbox, and the worker decides which way it goes, in the order in which they came: so none
 * overtakes another of its publisher and topic where the way changes.
 */
final class Uplink {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final long EXPIRY_INTERVAL_NANOS = 250_000_000L;

    /** How soon to look again while there is a backlog. */
    private static final long DRAIN_CHECK_NANOS = 5_000_000L;

    private final MqttConnection connection;
    private final UpstreamCounters counters;
    private final Outbox outbox;
    private final Answers answers;
    private final InFlight inflight;
    private final Deque<Journal.UnderWay> underWay = new ArrayDeque<>();
    private final Deque<PendingPublish> again = new ArrayDeque<>();
    private final PoisonWatch poison = new PoisonWatch();
    private final Obstacles obstacles;
    private final int maxInflight;
    private final boolean bridging;
    private final @Nullable Journal journal;
    private final @Nullable Safekeeping safekeeping;
    private final FreshLane fresh = new FreshLane();
    private volatile boolean fruitful;
    private long nextExpiryNanos;

    /** @param wake called by any thread when there is something to do */
    Uplink(
            MqttConnection connection,
            AggregatingSettings settings,
            LinkStore place,
            UpstreamCounters counters,
            Runnable wake,
            long nowNanos) {
        this.connection = connection;
        this.counters = counters;
        QueueSettings queue = settings.queue();
        this.maxInflight = queue.maxInflight();
        this.bridging = settings.isBridge();
        this.outbox = new Outbox(queue, counters);
        this.answers = new Answers(outbox, counters);
        this.inflight = new InFlight(queue, counters);
        this.obstacles = new Obstacles(connection, settings.maxPacketOctets());
        this.nextExpiryNanos = nowNanos;
        JournalSettings wanted = place.journal();
        TopicPrefix prefix = TopicPrefix.of(settings.topicPrefix());
        if (wanted == null) {
            this.journal = null;
            this.safekeeping = null;
        } else {
            Journal present = new Journal(place, wanted, prefix, counters, wake, answers::acceptKept, nowNanos);
            this.journal = present;
            this.safekeeping = new Safekeeping(present, wanted, fresh, answers);
        }
    }

    /** Any thread. False at a bound. */
    boolean offer(PendingPublish publish) {
        return outbox.offer(publish);
    }

    /** Whether messages are taken also while there is no connection. Any thread. */
    boolean bridgesOutages() {
        return journal != null;
    }

    /**
     * Reads what an earlier life has left; before the first connection, and again after a failure. Blocks.
     *
     * @throws StoreUnreadableException if the store cannot be read
     */
    void load(long nowNanos) {
        if (journal == null) {
            return;
        }
        underWay.addAll(journal.load(nowNanos));
        for (Journal.UnderWay each = underWay.poll(); each != null; each = underWay.poll()) {
            boolean restored = false;
            try {
                restored = connection.restore(each.publish(), each.packetId());
            } finally {
                if (restored) {
                    inflight.add(each.publish());
                } else {
                    journal.giveBack(each.publish());
                }
            }
        }
    }

    /** Most messages to have unacknowledged on the next connection. */
    int window() {
        return poison.isCareful() ? 1 : maxInflight;
    }

    boolean isCareful() {
        return poison.isCareful();
    }

    /** Forgets what nobody waits for, before the connection does the same. */
    void beforeConnect() {
        inflight.withdraw(PendingPublish::isAbandoned);
        fruitful = false;
    }

    /** @param forgotten what the connection does not send again by itself */
    void publishAgain(List<PendingPublish> forgotten) {
        inflight.withdraw(Set.copyOf(forgotten)::contains);
        for (int i = forgotten.size() - 1; i >= 0; i--) {
            again.addFirst(forgotten.get(i));
        }
    }

    void onConnected(long nowNanos) {
        if (journal != null) {
            journal.onConnected(nowNanos);
        }
    }

    /**
     * Hands on what waits, as far as the window allows.
     *
     * @param closing the backlog stays for the next life
     * @return false if the connection did not take something
     */
    boolean feed(boolean closing, long nowNanos) {
        return poison.isCareful()
                || (sendAgain(nowNanos) && sendFresh() && (closing || sendBacklog(nowNanos)) && sendWaiting(nowNanos));
    }

    private boolean sendAgain(long nowNanos) {
        for (PendingPublish next = again.peekFirst();
                next != null && inflight.hasRoomFor(next);
                next = again.peekFirst()) {
            refuseIfUnsendable(next, nowNanos);
            if (!next.isAbandoned() && !send(next)) {
                return false;
            }
            again.removeFirst();
        }
        return true;
    }

    private boolean sendFresh() {
        if (!again.isEmpty()) {
            return true;
        }
        for (PendingPublish next = fresh.next(); next != null && canSend(next); next = fresh.next()) {
            if (!send(next)) {
                return false;
            }
            fresh.removeFirst();
        }
        return true;
    }

    /** Takes no more than half of the window. */
    private boolean sendBacklog(long nowNanos) {
        if (journal == null || !again.isEmpty()) {
            return true;
        }
        while (inflight.backlog() < Math.max(1, maxInflight / 2)
                && journal.backlog().waitNanos(nowNanos) <= 0) {
            PendingPublish next = journal.backlog().next(nowNanos);
            if (next == null || !canSend(next)) {
                return true;
            }
            journal.backlog().take(next, nowNanos);
            refuseIfUnsendable(next, nowNanos);
            if (next.isInJournal() && !send(next)) {
                journal.giveBack(next);
                return false;
            }
        }
        return true;
    }

    /** What a QoS 2 message needs to be kept of it before it leaves would hold up everything while the store is stuck. */
    private boolean canSend(PendingPublish kept) {
        boolean exactlyOnce = kept.qos() == Qos.EXACTLY_ONCE;
        return inflight.hasRoomFor(kept) && (!exactlyOnce || journal == null || journal.isTaking());
    }

    private boolean sendWaiting(long nowNanos) {
        for (PendingPublish next = outbox.peek(); next != null; next = outbox.peek()) {
            refuseIfUnsendable(next, nowNanos);
            if (!next.isSettled()) {
                boolean held = !again.isEmpty() || !hasRoomFor(next);
                if (safekeeping != null && safekeeping.isOnTheWayOf(next)) {
                    safekeeping.keepOnItsWay(next, nowNanos);
                } else if (held && safekeeping != null && next.qos() == Qos.AT_MOST_ONCE) {
                    safekeeping.keepOrRefuse(next, false, nowNanos); // what goes to the journal may come behind it
                } else if (held) {
                    return true;
                } else if (!send(next)) {
                    return false;
                }
            }
            outbox.removeFirst();
        }
        return true;
    }

    /** While nothing is sent: what waits goes to the journal, if there is one. */
    void keepWaiting(long nowNanos) {
        keepWaiting(true, nowNanos);
    }

    /** At the end: what the broker has not acknowledged goes to the journal too, if there is one, for the next life. */
    void keepAll(long nowNanos) {
        keepSent(nowNanos);
        keepWaiting(false, nowNanos);
    }

    private void keepWaiting(boolean brokerAway, long nowNanos) {
        if (safekeeping == null) {
            return;
        }
        for (PendingPublish next = outbox.peek(); next != null; next = outbox.peek()) {
            refuseIfUnsendable(next, nowNanos);
            if (!next.isSettled()) {
                safekeeping.keepOrRefuse(next, brokerAway, nowNanos);
            }
            outbox.removeFirst();
        }
    }

    /** Live messages leave a part of the window to the backlog. */
    private boolean hasRoomFor(PendingPublish live) {
        boolean sharing = journal != null && journal.backlogSize() > 0;
        return inflight.hasRoomFor(live) && (!sharing || inflight.size() < maxInflight - maxInflight / 4);
    }

    private void refuseIfUnsendable(PendingPublish publish, long nowNanos) {
        if (!publish.isAbandoned() && obstacles.stop(publish, nowNanos)) {
            refuse(publish, Refusal.NOT_SUPPORTED);
        }
    }

    private boolean send(PendingPublish next) {
        inflight.add(next); // before it is sent: its acknowledgement may be faster than we are
        if (!connection.publish(next)) {
            inflight.withdraw(publish -> publish == next);
            return false;
        }
        if (next.qos() == Qos.AT_MOST_ONCE && !next.isInJournal()) {
            answers.accept(next);
        }
        return true;
    }

    /** Threads of the connection. True if the worker is to be woken. */
    boolean onPublished(PendingPublish publish) {
        boolean roomAgain = inflight.release(publish);
        fruitful |= publish.qos() != Qos.AT_MOST_ONCE;
        answers.accept(publish);
        if (journal != null && publish.isInJournal()) {
            journal.onDone(publish);
        }
        return roomAgain;
    }

    /** Whether all suspects are through and a connection of full width can follow. */
    boolean isAcquitted() {
        if (!poison.isCareful() || !inflight.isEmpty()) {
            return false;
        }
        poison.acquit();
        return true;
    }

    /**
     * A connection that stood has ended.
     *
     * @return whether the message to blame is known now, and sent no more
     */
    boolean onLost(ConnectionLoss loss, long nowNanos) {
        for (PendingPublish publish : inflight.withdraw(each -> each.qos() == Qos.AT_MOST_ONCE)) {
            if (journal != null && publish.isInJournal()) {
                journal.giveBack(publish);
            } else {
                counters.droppedOneAtLoss();
                LOG.debug("{} was lost with the connection", publish);
            }
        }
        boolean explained = blame(loss, nowNanos);
        if (journal != null) {
            journal.onLost();
            keepSent(nowNanos);
            fresh.clear().forEach(journal::giveBack);
        }
        return explained;
    }

    private void keepSent(long nowNanos) {
        inflight.forEach(publish -> keepSent(publish, nowNanos));
        again.forEach(publish -> keepSent(publish, nowNanos));
    }

    private boolean blame(ConnectionLoss loss, long nowNanos) {
        PendingPublish culprit = poison.onLost(loss, fruitful, inflight.oldestUnreceived(), nowNanos);
        if (culprit == null) {
            return false;
        }
        obstacles.addPoison(culprit.message(), nowNanos);
        LOG.warn(
                "{} refused, and for {} minutes others of its kind: the broker ended the connection each time it was"
                        + " sent; {}",
                culprit,
                KnownPoison.MEMORY.toMinutes(),
                BrokerLimits.suspicions(culprit.message()));
        refuse(culprit, Refusal.NOT_SUPPORTED);
        return true;
    }

    /** Not one under suspicion, which would be promised in vain. */
    private boolean keepSent(PendingPublish publish, long nowNanos) {
        return safekeeping != null && !poison.isSuspect(publish) && safekeeping.takeOver(publish, nowNanos);
    }

    /**
     * Refuses what has waited too long, or leaves it to the journal. A QoS 2 message that was sent is kept: whether the
     * broker has it is not known before it is back, and a publisher that was told to send it again would have it delivered
     * twice; not so over a bridge, whose messages nobody repeats. So is one under suspicion: refused before the proof, it would come again from its publisher and cut off
     * everybody once more.
     *
     * @return nanoseconds after which to be called again at the latest
     */
    private long expire(long nowNanos) {
        if (outbox.holdsNothing()) {
            return Long.MAX_VALUE;
        }
        if (nowNanos - nextExpiryNanos >= 0) {
            nextExpiryNanos = nowNanos + EXPIRY_INTERVAL_NANOS;
            expireSent(nowNanos); // which came before what waits
            for (PendingPublish next = next(); next != null && next.isOverdue(nowNanos); next = next()) {
                if (next.isInJournal()) {
                    break; // which waits for as long as it takes
                }
                if (safekeeping == null || next.isSettled()) {
                    refuse(next, Refusal.CONGESTION);
                } else {
                    safekeeping.keepOrRefuse(next, false, nowNanos);
                }
                removeFirst();
            }
        }
        return nextExpiryNanos - nowNanos;
    }

    private void expireSent(long nowNanos) {
        inflight.forEach(publish -> {
            boolean outcomeAwaited = (publish.qos() == Qos.EXACTLY_ONCE && !bridging) || poison.isSuspect(publish);
            if (publish.isOverdue(nowNanos) && !outcomeAwaited && !publish.isInJournal()) {
                if (!keepSent(publish, nowNanos)) {
                    refuse(publish, Refusal.CONGESTION);
                }
            }
        });
    }

    /** Messages that the broker has, or should have. */
    int unacknowledged() {
        return inflight.size();
    }

    boolean isIdle() {
        return outbox.holdsNothing() && inflight.isEmpty();
    }

    /** At the beginning of a turn. */
    void settle(long nowNanos) {
        if (journal != null) {
            journal.settle(nowNanos);
        }
    }

    /** Returns nanoseconds after which to be called again at the latest. */
    long onTime(long nowNanos) {
        long waitNanos = expire(nowNanos);
        return journal == null ? waitNanos : Math.min(waitNanos, journal.onTime(nowNanos));
    }

    /** At the end of a turn: publishers wait for what was taken in it. */
    void submit() {
        if (journal != null) {
            journal.submit();
        }
    }

    /** Nanoseconds until there may be more to hand on although nothing tells so. */
    long waitNanos() {
        boolean waiting = journal != null && (journal.backlogSize() > 0 || !fresh.isEmpty());
        return waiting ? DRAIN_CHECK_NANOS : Long.MAX_VALUE;
    }

    /** What keeps the backlog from being handed on, in words; empty if nothing does. Any thread. */
    String trouble() {
        return journal == null ? "" : journal.backlog().trouble();
    }

    /** Any thread. */
    long oldestAgeNanos(long nowNanos) {
        return journal == null ? 0 : journal.oldestAgeNanos(nowNanos);
    }

    /** At the end. What is in the journal is accepted as soon as it is durable. */
    void refuseRest() {
        for (PendingPublish next = next(); next != null; next = next()) {
            refuseUnlessKept(next);
            removeFirst();
        }
        inflight.forEach(this::refuseUnlessKept);
    }

    private void refuseUnlessKept(PendingPublish publish) {
        if (!publish.isInJournal()) {
            refuse(publish, Refusal.CONGESTION);
        }
    }

    private @Nullable PendingPublish next() {
        PendingPublish first = again.peekFirst();
        return first != null ? first : outbox.peek();
    }

    private void removeFirst() {
        if (again.pollFirst() == null) {
            outbox.removeFirst();
        }
    }

    private void refuse(PendingPublish publish, Refusal refusal) {
        if (refusal == Refusal.NOT_SUPPORTED && journal != null && publish.isInJournal()) {
            journal.giveUp(publish);
        }
        answers.refuse(publish, refusal);
    }
}
