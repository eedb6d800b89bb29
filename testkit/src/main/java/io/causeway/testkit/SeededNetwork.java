package io.causeway.testkit;

import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One direction of a datagram network that loses, duplicates, delays and reorders. What happens to a message depends on
 * the seed and on what was sent before, and on nothing else: a failing run can be repeated. Not thread-safe.
 *
 * @param <T> what is sent: immutable, as both copies of a duplicate are the same object
 */
public final class SeededNetwork<T> {
    private final SplittableRandom random;
    private final PriorityQueue<Arrival<T>> arrivals = new PriorityQueue<>();

    private LinkQuality quality;
    private long copies;

    /** When the latest of the copies arrives that keep the order. */
    private long latestOrderedNanos;

    public SeededNetwork(long seed, LinkQuality quality) {
        this.random = new SplittableRandom(seed);
        this.quality = quality;
    }

    /** For what is sent from now on. What is under way keeps its time of arrival. */
    public void become(LinkQuality newQuality) {
        quality = newQuality;
    }

    public void send(T message, long nowNanos) {
        if (random.nextDouble() < quality.loss()) {
            return;
        }
        enqueue(message, nowNanos);
        if (random.nextDouble() < quality.duplication()) {
            enqueue(message, nowNanos);
        }
    }

    /**
     * Hands over what has arrived, in the order of arrival, including what the receiver sends without delay meanwhile.
     */
    public void deliverDue(long nowNanos, Consumer<? super T> receiver) {
        for (Arrival<T> arrival = arrivals.peek();
                arrival != null && arrival.dueNanos() - nowNanos <= 0;
                arrival = arrivals.peek()) {
            receiver.accept(arrivals.remove().message());
        }
    }

    /** When the next message arrives; empty if none is under way. */
    public OptionalLong nextDueNanos() {
        Arrival<T> next = arrivals.peek();
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.dueNanos());
    }

    private void enqueue(T message, long nowNanos) {
        if (copies == 0) {
            latestOrderedNanos = nowNanos;
        }
        long dueNanos = nowNanos + delayNanos();
        if (random.nextDouble() >= quality.reordering()) {
            latestOrderedNanos += Math.max(0, dueNanos - latestOrderedNanos);
            dueNanos = latestOrderedNanos;
        }
        arrivals.add(new Arrival<>(dueNanos, copies++, message));
    }

    private long delayNanos() {
        long shortestNanos = quality.shortestDelay().toNanos();
        return random.nextLong(shortestNanos, quality.longestDelay().toNanos() + 1);
    }

    private record Arrival<T>(long dueNanos, long copy, T message) implements Comparable<Arrival<T>> {
        @Override
        public int compareTo(Arrival<T> other) {
            int byTime = Long.signum(dueNanos - other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(copy, other.copy);
        }
    }
}
