package io.causeway.bridge;

import io.causeway.routing.Qos;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were handed to the connection and not acknowledged, in the order of sending: our own record,
 * whatever the MQTT client keeps. The worker owns the order; {@link #release} may come from any thread.
 */
final class InFlight {
    private final int maxMessages;
    private final int maxExactlyOnce;
    private final UpstreamCounters counters;
    private final Deque<PendingPublish> inOrder = new ArrayDeque<>();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger exactlyOnce = new AtomicInteger();
    private final AtomicInteger backlog = new AtomicInteger();

    InFlight(QueueSettings bounds, UpstreamCounters counters) {
        this.maxMessages = bounds.maxInflight();
        this.maxExactlyOnce = bounds.maxInflightExactlyOnce();
        this.counters = counters;
    }

    boolean hasRoomFor(PendingPublish publish) {
        return messages.get() < maxMessages
                && (publish.qos() != Qos.EXACTLY_ONCE || exactlyOnce.get() < maxExactlyOnce);
    }

    boolean isEmpty() {
        return messages.get() == 0;
    }

    int size() {
        return messages.get();
    }

    /** Those that were read back from the journal. */
    int backlog() {
        return backlog.get();
    }

    /** Worker only. */
    void add(PendingPublish publish) {
        if (!publish.changeInflight(true)) {
            throw new IllegalStateException(publish + " is in flight already");
        }
        if (inOrder.size() >= 2 * maxMessages) {
            inOrder.removeIf(old -> !old.isInflight()); // one that is never acknowledged must not hold all after it
        }
        inOrder.addLast(publish);
        counters.inflightChanged(1);
        messages.incrementAndGet();
        if (publish.qos() == Qos.EXACTLY_ONCE) {
            exactlyOnce.incrementAndGet();
        }
        if (publish.isOfBacklog()) {
            backlog.incrementAndGet();
        }
    }

    /**
     * Takes a message out. Any thread.
     *
     * @return whether a sender that found no room is to be woken: not at each single acknowledgement, but when a
     *         quarter of the room is free
     */
    boolean release(PendingPublish publish) {
        if (!publish.changeInflight(false)) {
            return false;
        }
        counters.inflightChanged(-1);
        boolean roomAgain = messages.decrementAndGet() == lowWater(maxMessages);
        if (publish.qos() == Qos.EXACTLY_ONCE) {
            roomAgain |= exactlyOnce.decrementAndGet() == lowWater(maxExactlyOnce);
        }
        if (publish.isOfBacklog()) {
            backlog.decrementAndGet();
        }
        return roomAgain;
    }

    /** The first message, of those that the broker did not confirm to have, in the order of sending. Worker only. */
    @Nullable
    PendingPublish oldestUnreceived() {
        while (!inOrder.isEmpty() && !inOrder.getFirst().isInflight()) {
            inOrder.removeFirst();
        }
        for (PendingPublish publish : inOrder) {
            if (publish.isInflight() && !publish.isReceived()) {
                return publish;
            }
        }
        return null;
    }

    /** In the order of sending. Worker only. */
    void forEach(Consumer<PendingPublish> action) {
        for (PendingPublish publish : inOrder) {
            if (publish.isInflight()) {
                action.accept(publish);
            }
        }
    }

    /** Takes out what the condition names; returns it in the order of sending. Worker only. */
    List<PendingPublish> withdraw(Predicate<PendingPublish> condition) {
        List<PendingPublish> withdrawn = new ArrayList<>();
        for (PendingPublish publish : inOrder) {
            if (publish.isInflight() && condition.test(publish)) {
                withdrawn.add(publish);
            }
        }
        withdrawn.removeIf(publish -> !publish.isInflight());
        withdrawn.forEach(this::release);
        inOrder.removeIf(publish -> !publish.isInflight());
        return withdrawn;
    }

    private static int lowWater(int max) {
        return max - Math.max(1, max / 4);
    }
}
