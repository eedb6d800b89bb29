package io.causeway.radio.xbee;

import java.time.Duration;

/**
 * How much may be under way in the radio at the same time: half as much when it runs out of buffers, one more after a
 * while without that. Owned by the loop.
 */
final class Window {
    private static final int DELIVERED_PER_STEP = 50;

    /** What the radio refuses within this time was sent before it could be known. */
    private static final Duration ONE_BURST = Duration.ofMillis(500);

    private static final Duration LEAST_PATIENCE = Duration.ofMillis(250);

    /** Longer is not the air but a node that slept; not every radio tells which nodes do. */
    private static final Duration LONGEST_AWAKE = Duration.ofMillis(500);

    private static final int PATIENCE_FACTOR = 4;
    private static final int SMOOTHING = 8;

    private final int most;
    private int size;
    private int delivered;
    private boolean hasShrunk;
    private long shrunkNanos;
    private long usualNanos = Duration.ofMillis(100).toNanos();

    Window(int most) {
        this.most = most;
        this.size = most;
    }

    int size() {
        return size;
    }

    /**
     * How long a transmission counts. One that takes longer waits for a node that is away or asleep, or its status got
     * lost; it keeps its frame id, but must not keep the others from being sent.
     */
    long patienceNanos() {
        return Math.max(LEAST_PATIENCE.toNanos(), PATIENCE_FACTOR * usualNanos);
    }

    void onDelivered(long tookNanos, boolean toEndDevice) {
        if (!toEndDevice) {
            usualNanos += (Math.min(tookNanos, LONGEST_AWAKE.toNanos()) - usualNanos) / SMOOTHING;
        }
        if (size < most && ++delivered >= DELIVERED_PER_STEP) {
            size++;
            delivered = 0;
        }
    }

    void onNoBuffers(long nowNanos) {
        if (hasShrunk && nowNanos - shrunkNanos < ONE_BURST.toNanos()) {
            return;
        }
        hasShrunk = true;
        shrunkNanos = nowNanos;
        size = Math.max(1, size / 2);
        delivered = 0;
    }
}
