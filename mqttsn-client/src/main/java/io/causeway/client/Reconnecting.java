package io.causeway.client;

import io.causeway.timer.ExpiryListener;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a {@link Reconnection}. Owned by the client's loop. */
final class Reconnecting implements ExpiryListener {
    private static final Logger log = LoggerFactory.getLogger(Reconnecting.class);

    private final Reconnection policy;
    private final RandomGenerator random;
    private final TimerWheel wheel;
    private final Consumer<InetSocketAddress> attempt;
    private final Timer timer = new Timer(this);
    private InetSocketAddress gateway;
    private boolean isMeant;
    private long delayNanos;

    /**
     * @param gateway the first one
     * @param attempt told the gateway to connect to
     */
    Reconnecting(
            Reconnection policy,
            InetSocketAddress gateway,
            RandomGenerator random,
            TimerWheel wheel,
            Consumer<InetSocketAddress> attempt) {
        this.policy = policy;
        this.gateway = gateway;
        this.random = random;
        this.wheel = wheel;
        this.attempt = attempt;
    }

    /** A connection is lost that was not meant to end. */
    void onLost(long nowNanos) {
        isMeant = true;
        delayNanos = policy.firstDelay().toNanos();
        tryLater(nowNanos);
    }

    /** An attempt has failed. */
    void onFailed(long nowNanos) {
        if (isMeant) {
            tryLater(nowNanos);
        }
    }

    /** Whether a connection is lost and wanted back. */
    boolean isMeant() {
        return isMeant;
    }

    /** No more attempts, until another connection is lost: there is one again, or none is wanted. */
    void stop() {
        isMeant = false;
        wheel.disarm(timer);
    }

    private void tryLater(long nowNanos) {
        long shortestNanos = Math.max(1, delayNanos / 2);
        wheel.arm(timer, nowNanos + shortestNanos + random.nextLong(shortestNanos));
        delayNanos = Math.min(2 * delayNanos, policy.longestDelay().toNanos());
    }

    @Override
    public void onExpiry(Timer expired, long nowNanos) {
        gateway = next(gateways());
        attempt.accept(gateway);
    }

    /** What the application throws must not keep the client from returning to the gateway that it had. */
    private List<InetSocketAddress> gateways() {
        try {
            return policy.gateways().get();
        } catch (RuntimeException e) {
            log.error("the application failed to tell the gateways", e);
            return List.of();
        }
    }

    /** The one after the last that was tried; the first, if that is not among them. */
    private InetSocketAddress next(List<InetSocketAddress> gateways) {
        return gateways.isEmpty() ? gateway : gateways.get((gateways.indexOf(gateway) + 1) % gateways.size());
    }
}
