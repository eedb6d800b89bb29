package io.causeway.store.sqlite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** The queue of units before the writer: any thread puts, the writer takes. Nothing but short work is done in its lock. */
final class Intake {
    private final StoreSettings settings;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong waitingChanges = new AtomicLong();
    private final AtomicLong waitingOctets = new AtomicLong();
    private List<Unit> units = new ArrayList<>();
    private int changes;
    private long firstNanos;
    private boolean hurried;
    /** Since when what waits has not become less. */
    private volatile long stillSinceNanos;

    private boolean closed;

    Intake(StoreSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** Takes no more once it is closed: what comes then never becomes durable. */
    void put(Unit unit) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (waitingChanges.getAndAdd(unit.list().size()) == 0) {
                stillSinceNanos = nanoTime.getAsLong();
            }
            waitingOctets.addAndGet(unit.octets());
            int before = changes;
            changes += unit.list().size();
            units.add(unit);
            if (units.size() == 1) {
                firstNanos = nanoTime.getAsLong();
                changed.signal();
            } else if (before < settings.commitChanges() && changes >= settings.commitChanges()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is here waits for no more company. */
    void hurry() {
        lock.lock();
        try {
            hurried = !units.isEmpty();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is a group to commit.
     *
     * @return its units; empty if none came for so long, or none will come any more
     */
    List<Unit> take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long remaining = longest.toNanos();
            while (units.isEmpty() && !closed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            awaitCompany();
            List<Unit> taken = units;
            units = new ArrayList<>();
            changes = 0;
            hurried = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until it is closed. */
    void pause(Duration length) throws InterruptedException {
        lock.lock();
        try {
            long remaining = length.toNanos();
            while (!closed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    /** These are durable. */
    void settle(Unit unit) {
        stillSinceNanos = nanoTime.getAsLong();
        waitingChanges.addAndGet(-unit.list().size());
        waitingOctets.addAndGet(-unit.octets());
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** How long something has waited, longer than for company, and nothing has become durable. */
    Duration standstill() {
        if (waitingChanges.get() == 0) {
            return Duration.ZERO;
        }
        long waitedNanos = nanoTime.getAsLong()
                - stillSinceNanos
                - settings.commitInterval().toNanos();
        return Duration.ofNanos(Math.max(0, waitedNanos));
    }

    /** Changes that are not durable. */
    long waitingChanges() {
        return waitingChanges.get();
    }

    /** What they weigh. */
    long waitingOctets() {
        return waitingOctets.get();
    }

    /** The first change waits for others, but not longer than it is to. */
    private void awaitCompany() throws InterruptedException {
        if (units.isEmpty()) {
            return;
        }
        long remaining = settings.commitInterval().toNanos() - (nanoTime.getAsLong() - firstNanos);
        while (changes < settings.commitChanges() && !closed && !hurried && remaining > 0) {
            remaining = changed.awaitNanos(remaining);
        }
    }
}
