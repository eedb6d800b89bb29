package io.causeway.session;

import java.time.Duration;

/** So many a second, with a burst of one second's worth. Owned by one thread. */
public final class TokenBucket {
    private static final double SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final double perSecond;
    private double tokens;
    private long filledAtNanos;

    public TokenBucket(double perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledAtNanos = nowNanos;
    }

    /** False if there is nothing left to take now. */
    public boolean tryTake(long nowNanos) {
        fill(nowNanos);
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /** Nothing has been taken for so long that forgetting the bucket changes nothing. */
    boolean isFull(long nowNanos) {
        fill(nowNanos);
        return tokens >= perSecond;
    }

    private void fill(long nowNanos) {
        double earned = (nowNanos - filledAtNanos) / SECOND_NANOS * perSecond;
        tokens = Math.min(perSecond, tokens + earned);
        filledAtNanos = nowNanos;
    }
}
