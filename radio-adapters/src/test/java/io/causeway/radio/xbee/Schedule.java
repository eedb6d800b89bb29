package io.causeway.radio.xbee;

import io.causeway.testkit.VirtualTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when, in virtual time. */
final class Schedule {
    private record Event(long atNanos, long number, Runnable event) {}

    private final VirtualTime time = new VirtualTime();
    private final long startNanos = time.nowNanos();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.atNanos - startNanos).thenComparingLong(Event::number));
    private long number;

    long nowNanos() {
        return time.nowNanos();
    }

    long millis() {
        return (time.nowNanos() - startNanos) / 1_000_000;
    }

    void after(long millis, Runnable event) {
        events.add(new Event(time.nowNanos() + millis * 1_000_000, number++, event));
    }

    /** Nothing of what was to come will happen. */
    void forget() {
        events.clear();
    }

    void runUntil(long nanos) {
        while (!events.isEmpty() && events.peek().atNanos - nanos <= 0) {
            Event next = events.remove();
            time.advanceTo(next.atNanos);
            next.event.run();
        }
        time.advance(Duration.ofNanos(nanos - time.nowNanos()));
    }
}
