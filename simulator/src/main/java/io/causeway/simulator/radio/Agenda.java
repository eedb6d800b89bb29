package io.causeway.simulator.radio;

import java.util.PriorityQueue;

/** What is to happen, and when. Owned by the thread of the run. */
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long added;

    /** @param nanos not before now, or it happens as soon as it can */
    void at(long nanos, Task task) {
        entries.add(new Entry(nanos, added++, task));
    }

    /** Lets happen what is due. */
    void advance(long nowNanos) {
        for (Entry next = entries.peek(); next != null && next.nanos - nowNanos <= 0; next = entries.peek()) {
            entries.remove();
            next.task.run(nowNanos);
        }
    }

    /** @return until {@link #advance} has something to do: 0 if that is now, {@link Long#MAX_VALUE} if there is nothing */
    long nanosToNext(long nowNanos) {
        Entry next = entries.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.nanos - nowNanos);
    }

    /** Happens once. */
    @FunctionalInterface
    interface Task {
        void run(long nowNanos);
    }

    /** @param number in the order of their coming, which decides between those of the same time */
    private record Entry(long nanos, long number, Task task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.signum(nanos - other.nanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
