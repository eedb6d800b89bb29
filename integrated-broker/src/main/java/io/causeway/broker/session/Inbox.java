package io.causeway.broker.session;

import io.causeway.session.Mailbox;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;

/**
 * What other threads have for a loop, worked off in batches: one task for the loop and one flush for many messages.
 * Anybody may add; the worker runs on the loop, in the order added by one thread.
 */
final class Inbox<T> {
    /** After so many the loop looks at its sockets again. */
    private static final int BATCH = 1_000;

    private final Mailbox mailbox;
    private final ObjLongConsumer<T> worker;
    private final LongConsumer afterBatch;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    /** A task that will look at the queue is under way. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** @param afterBatch gets the time when a batch is done */
    Inbox(Mailbox mailbox, ObjLongConsumer<T> worker, LongConsumer afterBatch) {
        this.mailbox = mailbox;
        this.worker = worker;
        this.afterBatch = afterBatch;
    }

    void add(T item) {
        size.incrementAndGet();
        waiting.add(item);
        schedule();
    }

    int size() {
        return size.get();
    }

    private void schedule() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            mailbox.post(this::workOff);
        }
    }

    private void workOff(long nowNanos) {
        // Before the first look: who adds after the last one has to find it false.
        scheduled.set(false);
        try {
            for (int done = 0; done < BATCH; done++) {
                T item = waiting.poll();
                if (item == null) {
                    break;
                }
                size.decrementAndGet();
                worker.accept(item, nowNanos);
            }
            afterBatch.accept(nowNanos);
        } finally {
            if (!waiting.isEmpty()) {
                schedule();
            }
        }
    }
}
