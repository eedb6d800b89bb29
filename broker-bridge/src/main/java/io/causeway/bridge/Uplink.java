package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.upstream.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes up over one connection, each message accepted or refused once. Owned by the worker, except
 * {@link #offer}, which is for event loops, and {@link #onPublished}, which is for threads of the connection.
 */
final class Uplink {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final long EXPIRY_INTERVAL_NANOS = 250_000_000L;

    private final MqttConnection connection;
    private final UpstreamCounters counters;
    private final Outbox outbox;
    private final InFlight inflight;
    private final Deque<PendingPublish> again = new ArrayDeque<>();
    private final PoisonWatch poison = new PoisonWatch();
    private final KnownPoison knownPoison = new KnownPoison();
    private final int maxInflight;
    private final int maxPacketOctets;
    private volatile boolean fruitful;
    private long nextExpiryNanos;
    private final Set<Unsendable> warned = EnumSet.noneOf(Unsendable.class);

    /** Why a message cannot be sent, as the log tells it. */
    private enum Unsendable {
        TOPIC("its topic holds characters that cannot be sent to the broker"),
        SIZE("it is larger than upstream.max-packet"),
        POISON("the broker ended the connection when others of its kind were sent");

        private final String reason;

        Unsendable(String reason) {
            this.reason = reason;
        }
    }

    Uplink(
            MqttConnection connection,
            QueueSettings queue,
            int maxPacketOctets,
            UpstreamCounters counters,
            long nowNanos) {
        this.connection = connection;
        this.counters = counters;
        this.maxPacketOctets = maxPacketOctets;
        this.maxInflight = queue.maxInflight();
        this.outbox = new Outbox(queue, counters);
        this.inflight = new InFlight(queue, counters);
        this.nextExpiryNanos = nowNanos;
    }

    /** Any thread. False at a bound. */
    boolean offer(PendingPublish publish) {
        return outbox.offer(publish);
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

    /** Hands on what waits, as far as the window allows. False if the connection did not take something. */
    boolean feed(long nowNanos) {
        if (poison.isCareful()) {
            return true;
        }
        for (PendingPublish next = next(); next != null && inflight.hasRoomFor(next); next = next()) {
            Unsendable obstacle = obstacle(next.message(), nowNanos);
            if (obstacle != null) {
                warnOf(obstacle, next);
                refuse(next, Refusal.NOT_SUPPORTED);
            }
            if (!next.isSettled() && !send(next)) {
                return false;
            }
            removeFirst();
        }
        return true;
    }

    private @Nullable Unsendable obstacle(ApplicationMessage message, long nowNanos) {
        if (!connection.canCarry(message.topic())) {
            return Unsendable.TOPIC;
        }
        if (PublishSize.octets(message) > maxPacketOctets) {
            return Unsendable.SIZE;
        }
        return knownPoison.holds(message, nowNanos) ? Unsendable.POISON : null;
    }

    /** Once for each reason: strangers can send such messages without end. */
    private void warnOf(Unsendable obstacle, PendingPublish publish) {
        if (warned.add(obstacle)) {
            LOG.warn("{} refused: {}; others are only counted", publish, obstacle.reason);
        }
    }

    private boolean send(PendingPublish next) {
        inflight.add(next); // before it is sent: its acknowledgement may be faster than we are
        if (!connection.publish(next)) {
            inflight.withdraw(publish -> publish == next);
            return false;
        }
        if (next.qos() == Qos.AT_MOST_ONCE) {
            accept(next);
        }
        return true;
    }

    /** Threads of the connection. True if the worker is to be woken. */
    boolean onPublished(PendingPublish publish) {
        boolean roomAgain = inflight.release(publish);
        fruitful |= publish.qos() != Qos.AT_MOST_ONCE;
        accept(publish);
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
            counters.droppedOneAtLoss();
            LOG.debug("{} was lost with the connection", publish);
        }
        PendingPublish culprit = poison.onLost(loss, fruitful, inflight.oldestUnreceived());
        if (culprit == null) {
            return false;
        }
        knownPoison.add(culprit.message(), nowNanos);
        LOG.warn(
                "{} refused, and for {} minutes others of its kind: the broker ended the connection each time it was"
                        + " sent; {}",
                culprit,
                KnownPoison.MEMORY.toMinutes(),
                BrokerLimits.suspicions(culprit.message()));
        refuse(culprit, Refusal.NOT_SUPPORTED);
        return true;
    }

    /**
     * Refuses what has waited too long. A QoS 2 message that was sent is kept: whether the broker has it is not known
     * before it is back, and a publisher that was told to send it again would have it delivered twice. So is one under
     * suspicion: refused before the proof, it would come again from its publisher and cut off everybody once more.
     *
     * @return nanoseconds after which to be called again at the latest
     */
    long expire(long nowNanos) {
        if (outbox.holdsNothing()) {
            return Long.MAX_VALUE;
        }
        if (nowNanos - nextExpiryNanos >= 0) {
            nextExpiryNanos = nowNanos + EXPIRY_INTERVAL_NANOS;
            for (PendingPublish next = next(); next != null && next.isOverdue(nowNanos); next = next()) {
                refuse(next, Refusal.CONGESTION);
                removeFirst();
            }
            inflight.forEach(publish -> {
                boolean outcomeAwaited = publish.qos() == Qos.EXACTLY_ONCE || poison.isSuspect(publish);
                if (publish.isOverdue(nowNanos) && !outcomeAwaited) {
                    refuse(publish, Refusal.CONGESTION);
                }
            });
        }
        return nextExpiryNanos - nowNanos;
    }

    boolean isIdle() {
        return outbox.holdsNothing() && inflight.isEmpty();
    }

    /** At the end. */
    void refuseAll() {
        for (PendingPublish next = next(); next != null; next = next()) {
            refuse(next, Refusal.CONGESTION);
            removeFirst();
        }
        inflight.forEach(publish -> refuse(publish, Refusal.CONGESTION));
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

    private void accept(PendingPublish publish) {
        if (publish.accept()) {
            counters.publishedOne(publish.qos());
            outbox.release(publish);
        }
    }

    private void refuse(PendingPublish publish, Refusal refusal) {
        if (publish.refuse(refusal)) {
            counters.refusedOne(refusal);
            outbox.release(publish);
        }
    }
}
