package io.causeway.bridge;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes one thread, which waits for work that others put elsewhere. Raising is cheap and never waits. */
final class Signal {
    private final AtomicBoolean raised = new AtomicBoolean();
    private volatile @Nullable Thread waiter;

    /** To be called after the work is visible. Any thread. */
    void raise() {
        if (!raised.get() && raised.compareAndSet(false, true)) {
            LockSupport.unpark(waiter);
        }
    }

    /** Makes the calling thread the one to be woken. */
    void attach() {
        waiter = Thread.currentThread();
    }

    /** To be called before looking for work: what is raised from here on is not missed. */
    void clear() {
        raised.set(false);
    }

    /** Waits for the time, raised or not. */
    void pause(long nanos) {
        long endNanos = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Waits until raised, or for the time; may return early. */
    void await(long nanos) {
        if (!raised.get() && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
    }
}
