package io.causeway.bridge;

import java.time.Duration;

/**
 * A trouble that comes and goes, and when the log is to tell of it: as it begins, once a minute while it lasts, and at
 * its end. One that comes and goes all the time is told of no more often. Not safe for threads.
 */
final class Episode {
    static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private boolean lasting;
    private boolean told;
    private boolean everTold;
    private long sinceNanos;
    private long toldNanos;

    /** It begins or goes on; true if that is to be told. */
    boolean isToTell(long nowNanos) {
        if (!lasting) {
            lasting = true;
            told = false;
            sinceNanos = nowNanos;
        }
        if (everTold && nowNanos - toldNanos < INTERVAL_NANOS) {
            return false;
        }
        told = true;
        everTold = true;
        toldNanos = nowNanos;
        return true;
    }

    boolean isLasting() {
        return lasting;
    }

    /** How long it lasts, or has lasted. */
    Duration lasted(long nowNanos) {
        return Duration.ofNanos(nowNanos - sinceNanos);
    }

    /** It is over; true if that is to be told, because it was told of. */
    boolean isEndToTell() {
        boolean toTell = lasting && told;
        lasting = false;
        return toTell;
    }
}
