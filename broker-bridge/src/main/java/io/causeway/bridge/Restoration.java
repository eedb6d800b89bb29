package io.causeway.bridge;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Filters that clients rely on and that the broker is to be asked for again: a few requests at a time, since a broker
 * that has just come back has much to do, and after one that it did not answer only after a pause. Owned by
 * {@link UpstreamFilters}.
 */
final class Restoration {
    /** AWS IoT ends a connection that asks for more filters in one SUBSCRIBE. */
    private static final int FILTERS_PER_REQUEST = 8;

    private static final int REQUESTS_AT_ONCE = 2;
    private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

    private final Set<LiveFilter> waiting = new LinkedHashSet<>();
    private final Set<Integer> underWay = new HashSet<>();
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long notBeforeNanos;

    /** A connection stands. */
    void begin(Collection<LiveFilter> filters, long nowNanos) {
        end();
        waiting.addAll(filters);
        pauseNanos = FIRST_PAUSE_NANOS;
        notBeforeNanos = nowNanos;
    }

    /** The connection is gone. */
    void end() {
        waiting.clear();
        underWay.clear();
    }

    void add(LiveFilter filter) {
        waiting.add(filter);
    }

    /** They are asked for, or wanted no more. */
    void remove(Collection<LiveFilter> filters) {
        filters.forEach(waiting::remove);
    }

    boolean isWaiting(LiveFilter filter) {
        return waiting.contains(filter);
    }

    /** What to put into a request now; may be empty. */
    List<LiveFilter> next(long nowNanos) {
        if (underWay.size() >= REQUESTS_AT_ONCE || nowNanos - notBeforeNanos < 0) {
            return List.of();
        }
        return waiting.stream().limit(FILTERS_PER_REQUEST).toList();
    }

    void onSent(int requestId) {
        underWay.add(requestId);
    }

    /** The broker has answered a request, one of these or another one. */
    void onAnswered(int requestId) {
        underWay.remove(requestId);
        pauseNanos = FIRST_PAUSE_NANOS;
    }

    void onUnanswered(int requestId, long nowNanos) {
        underWay.remove(requestId);
        notBeforeNanos = nowNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    }

    /** Nanoseconds until there is something to ask for, unless an answer comes first. */
    long nextNanos(long nowNanos) {
        if (waiting.isEmpty() || underWay.size() >= REQUESTS_AT_ONCE) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, notBeforeNanos - nowNanos);
    }
}
