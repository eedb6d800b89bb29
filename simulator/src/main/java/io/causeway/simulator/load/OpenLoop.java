package io.causeway.simulator.load;

import java.util.ArrayDeque;

/**
 * Messages at a rate, by the clients in turn. Latency counts from when a message was due, so that a stalled gateway shows,
 * even where all clients wait for it.
 */
final class OpenLoop implements Schedule {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Then the sockets are looked at again. */
    private static final int MAX_BURST = 256;

    private final ArrayDeque<FleetClient> idle = new ArrayDeque<>();
    private final double nanosPerMessage;
    private final long startNanos;
    private long published;

    OpenLoop(int messagesPerSecond, long startNanos) {
        this.nanosPerMessage = NANOS_PER_SECOND / messagesPerSecond;
        this.startNanos = startNanos;
    }

    @Override
    public void onIdle(FleetClient client, long nowNanos) {
        idle.add(client);
    }

    @Override
    public void publishDue(long nowNanos) {
        for (int burst = 0; burst < MAX_BURST && !idle.isEmpty(); burst++) {
            long dueNanos = startNanos + (long) (published * nanosPerMessage);
            if (dueNanos - nowNanos > 0) {
                return;
            }
            published++;
            idle.remove().publish(dueNanos);
        }
    }
}
