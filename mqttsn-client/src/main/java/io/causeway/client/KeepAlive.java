package io.causeway.client;

import io.causeway.timer.ExpiryListener;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Sees to it that neither side is silent for long (1.2 §6.11): that the gateway hears from us, and that we notice when it
 * is gone, also while we only publish at QoS 0. Owned by the session.
 */
final class KeepAlive implements ExpiryListener {
    private final TimerWheel wheel;
    private final Timer timer = new Timer(this);
    private final long silenceNanos;
    private final LongConsumer ping;

    private long lastSentNanos;
    private long lastReceivedNanos;

    /** @param ping told the time when a PINGREQ is due */
    KeepAlive(ClientSettings settings, TimerWheel wheel, LongConsumer ping) {
        this.silenceNanos =
                silence(settings.keepAlive(), settings.retryInterval()).toNanos();
        this.wheel = wheel;
        this.ping = ping;
    }

    /** Four fifths of the keep-alive, or less where that leaves no room for one repetition. */
    private static Duration silence(Duration keepAlive, Duration retryInterval) {
        Duration withRepetition = keepAlive.minus(retryInterval);
        Duration most = keepAlive.multipliedBy(4).dividedBy(5);
        Duration least = keepAlive.dividedBy(2);
        if (withRepetition.compareTo(least) < 0) {
            return least;
        }
        return withRepetition.compareTo(most) < 0 ? withRepetition : most;
    }

    void start(long nowNanos) {
        lastSentNanos = nowNanos;
        lastReceivedNanos = nowNanos;
        if (silenceNanos > 0) {
            wheel.arm(timer, nowNanos + silenceNanos);
        }
    }

    void stop() {
        wheel.disarm(timer);
    }

    void onSent(long nowNanos) {
        lastSentNanos = nowNanos;
    }

    void onReceived(long nowNanos) {
        lastReceivedNanos = nowNanos;
    }

    @Override
    public void onExpiry(Timer expired, long nowNanos) {
        long oldestNanos = lastSentNanos - lastReceivedNanos < 0 ? lastSentNanos : lastReceivedNanos;
        long deadlineNanos = oldestNanos + silenceNanos;
        if (nowNanos - deadlineNanos < 0) {
            wheel.arm(timer, deadlineNanos);
            return;
        }
        wheel.arm(timer, nowNanos + silenceNanos);
        ping.accept(nowNanos);
    }
}
