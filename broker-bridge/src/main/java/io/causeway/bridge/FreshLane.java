package io.causeway.bridge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that go to the broker as soon as the journal has them. Bounded: a broker that is slower than that gets them
 * from the backlog. Owned by the worker.
 */
final class FreshLane {
    private static final int MOST_MESSAGES = 1_000;
    private static final long MOST_OCTETS = 4L * 1024 * 1024;

    private final Deque<PendingPublish> inOrder = new ArrayDeque<>();
    private long octets;

    boolean hasRoom() {
        return inOrder.size() < MOST_MESSAGES && octets < MOST_OCTETS;
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    void add(PendingPublish publish) {
        inOrder.addLast(publish);
        octets += publish.message().weightOctets();
    }

    /** The first, if it is durable. */
    @Nullable
    PendingPublish next() {
        PendingPublish first = inOrder.peekFirst();
        return first != null && first.isDurable() ? first : null;
    }

    void removeFirst() {
        octets -= inOrder.removeFirst().message().weightOctets();
    }

    /** Takes all out, in their order. */
    List<PendingPublish> clear() {
        List<PendingPublish> all = List.copyOf(inOrder);
        inOrder.clear();
        octets = 0;
        return all;
    }
}
