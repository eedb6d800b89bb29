package io.causeway.bridge;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a broker that answers PINGREQ and acknowledges nothing, which its keep-alive does not tell. Owned by the
 * worker, except {@link #onAcknowledged}, which is for any thread.
 */
final class SilenceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

    /** Longer than a healthy broker takes for any message. */
    static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    /** How soon to look whether a silence is over. */
    private static final long CHECK_NANOS = 1_000_000_000L;

    private final String broker;
    private final Episode silence = new Episode();
    private volatile boolean acknowledged;
    private long sinceNanos;

    /** @param broker as the log names it */
    SilenceWatch(String broker) {
        this.broker = broker;
    }

    void onConnected(long nowNanos) {
        acknowledged = false;
        sinceNanos = nowNanos;
    }

    void onAcknowledged() {
        acknowledged = true;
    }

    /**
     * While a connection stands.
     *
     * @param unacknowledged messages that wait for the broker now
     * @return nanoseconds after which to be called again at the latest
     */
    long onTime(int unacknowledged, long nowNanos) {
        if (acknowledged || unacknowledged == 0) {
            acknowledged = false;
            sinceNanos = nowNanos;
            if (silence.isEndToTell()) {
                LOG.info("{}: acknowledges again", broker);
            }
            return unacknowledged == 0 ? Long.MAX_VALUE : PATIENCE_NANOS;
        }
        long leftNanos = sinceNanos + PATIENCE_NANOS - nowNanos;
        if (leftNanos > 0) {
            return leftNanos;
        }
        if (silence.isToTell(nowNanos)) {
            LOG.warn(
                    "{}: is connected and has acknowledged nothing for {} s; {} messages wait for it",
                    broker,
                    Duration.ofNanos(nowNanos - sinceNanos).toSeconds(),
                    unacknowledged);
        }
        return CHECK_NANOS;
    }

    /** Whether the broker has been silent for too long. */
    boolean isSilent() {
        return silence.isLasting();
    }

    /** The connection has ended, and with it the silence. */
    void onLost() {
        silence.isEndToTell(); // which the loss of the connection has told
    }
}
