package io.causeway.forwarder;

import java.time.Duration;

/**
 * Whether one gateway answers. Datagrams get lost, and a gateway may have its reasons not to answer one device; so it is
 * silent only when nothing at all has come from it for {@link #PATIENCE}, while at least {@value #REQUESTS} requests went
 * there. Anything that it sends ends that.
 *
 * <p>Where devices say little it is asked, by a SEARCHGW. Not every gateway answers that one to a forwarder; so silence to
 * it tells something only once it has been answered.
 */
final class Silence {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final int REQUESTS = 3;

    /** Between two probes of a gateway that has something to answer, or has never been heard. */
    static final Duration PROBE_INTERVAL = Duration.ofSeconds(10);

    /** How long a gateway that has answered all is left alone. */
    static final Duration IDLE = Duration.ofSeconds(60);

    private boolean probesAnswered;
    private int unanswered;
    private long unansweredSinceNanos;
    private long probeNanos;

    /** A gateway of which nothing is known. */
    Silence(long nowNanos) {
        probeNanos = nowNanos;
    }

    /** Something went there that is to be answered. */
    void onRequest(long nowNanos) {
        if (unanswered++ == 0) {
            unansweredSinceNanos = nowNanos;
            probeNanos = earlier(probeNanos, nowNanos + PROBE_INTERVAL.toNanos());
        }
    }

    /** Something came from there. */
    void onAnswer(long nowNanos) {
        unanswered = 0;
        probeNanos = nowNanos + IDLE.toNanos();
    }

    void onProbeAnswered(long nowNanos) {
        probesAnswered = true;
        onAnswer(nowNanos);
    }

    boolean isSilent(long nowNanos) {
        return unanswered >= REQUESTS && nowNanos - unansweredSinceNanos >= PATIENCE.toNanos();
    }

    /** Patience begins anew, without anything having been heard. */
    void forgive() {
        unanswered = 0;
    }

    /**
     * Whether to probe now; if so, that counts as done.
     *
     * @param expected an answer to a probe is missed even if none has been seen before
     */
    boolean takeProbe(boolean expected, long nowNanos) {
        if (nowNanos - probeNanos < 0) {
            return false;
        }
        probeNanos = nowNanos + PROBE_INTERVAL.toNanos();
        if (probesAnswered || expected) {
            onRequest(nowNanos);
        }
        return true;
    }

    private static long earlier(long nanos, long otherNanos) {
        return nanos - otherNanos < 0 ? nanos : otherNanos;
    }
}
