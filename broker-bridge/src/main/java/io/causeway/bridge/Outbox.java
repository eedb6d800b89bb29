package io.causeway.bridge;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What event loops hand over to one worker, and the bounds of what a connection holds in all: a message counts from
 * here until it is settled. Any thread may offer and release, the worker takes; nobody waits.
 */
final class Outbox {
    private final QueueSettings bounds;
    private final UpstreamCounters counters;
    private final Queue<PendingPublish> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger heldMessages = new AtomicInteger();
    private final AtomicLong heldOctets = new AtomicLong();

    Outbox(QueueSettings bounds, UpstreamCounters counters) {
        this.bounds = bounds;
        this.counters = counters;
    }

    /** False at a bound. One message is taken at any size, or a large one could never pass. */
    boolean offer(PendingPublish publish) {
        int octets = publish.message().weightOctets();
        int messages = heldMessages.incrementAndGet();
        boolean tooMany = messages > bounds.maxMessages();
        boolean tooLarge = heldOctets.addAndGet(octets) > bounds.maxOctets() && messages > 1;
        counters.held(1, octets);
        if (tooMany || tooLarge) {
            release(publish);
            return false;
        }
        waiting.add(publish);
        return true;
    }

    /** To be called once for every message taken, when it has been settled. */
    void release(PendingPublish publish) {
        int octets = publish.message().weightOctets();
        heldMessages.decrementAndGet();
        heldOctets.addAndGet(-octets);
        counters.held(-1, -octets);
    }

    @Nullable
    PendingPublish peek() {
        return waiting.peek();
    }

    void removeFirst() {
        waiting.remove();
    }

    boolean holdsNothing() {
        return heldMessages.get() == 0;
    }
}
