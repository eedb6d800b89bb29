package io.causeway.radio.serial;

import java.time.Duration;

/**
 * Whether what comes over a line makes sense: not if for a while there are octets but no message, as at the wrong rate or
 * with another framing. A line that is silent, or noisy between messages, does. Belongs to one thread.
 */
final class Intelligibility {
    /** Noise has to last, because a device that starts prints a screenful. */
    private static final long LASTING_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int MANY_OCTETS = 100;

    private long discardedBefore;
    private boolean isNoisy;
    private long noisyFromNanos;

    void onMessage(long discardedOctets) {
        discardedBefore = discardedOctets;
        isNoisy = false;
    }

    /**
     * @param discardedOctets all so far
     * @return whether it has been noise for too long
     */
    boolean isLost(long discardedOctets, long nowNanos) {
        if (!isNoisy && discardedOctets > discardedBefore) {
            isNoisy = true;
            noisyFromNanos = nowNanos;
        }
        return isNoisy
                && discardedOctets - discardedBefore >= MANY_OCTETS
                && nowNanos - noisyFromNanos >= LASTING_NANOS;
    }
}
