package io.causeway.broker.session;

import io.causeway.timer.Timer;
import java.time.Duration;
import java.util.function.LongConsumer;

/** When a session that has no connection is over (MQTT 5 §3.1.2.11.2). Owned by the session's loop. */
final class SessionExpiry {
    private final MqttShard shard;
    private final Timer timer;
    private long seconds;
    private long sinceNanos;

    /** @param whenOver gets the time when it is over */
    SessionExpiry(MqttShard shard, LongConsumer whenOver) {
        this.shard = shard;
        this.timer = new Timer((unused, nowNanos) -> whenOver.accept(nowNanos));
    }

    /** Seconds that the session lasts without a connection, 0 to {@link ConnectRequest#NEVER_SECONDS}. */
    long seconds() {
        return seconds;
    }

    void change(long newSeconds) {
        seconds = newSeconds;
    }

    /** Since when the session has its connection, or has none. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** The session has a connection. */
    void suspend(long newSeconds, long nowNanos) {
        stop();
        restore(newSeconds, nowNanos);
    }

    /** The session has lost its connection. */
    void begin(long nowNanos) {
        sinceNanos = nowNanos;
        waitUntil(endNanos());
    }

    /** To be followed by {@link #waitUntil}. */
    void restore(long newSeconds, long newSinceNanos) {
        seconds = newSeconds;
        sinceNanos = newSinceNanos;
    }

    void waitUntil(long deadlineNanos) {
        if (isFinite()) {
            shard.arm(timer, deadlineNanos);
        }
    }

    void stop() {
        shard.disarm(timer);
    }

    /** Of a session that has no connection. */
    boolean isOver(long nowNanos) {
        return isFinite() && nowNanos - endNanos() >= 0;
    }

    /** For sessions that expire, and have no connection. */
    long endNanos() {
        return sinceNanos + Duration.ofSeconds(seconds).toNanos();
    }

    private boolean isFinite() {
        return seconds != ConnectRequest.NEVER_SECONDS;
    }
}
