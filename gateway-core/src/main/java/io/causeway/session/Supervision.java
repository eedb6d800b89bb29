package io.causeway.session;

import io.causeway.session.ClientSession.State;
import io.causeway.store.StoredSession;
import io.causeway.timer.Timer;
import java.time.Duration;

/**
 * Watches over a client's silence: keep alive while it is active (1.2 §6.11), sleep duration while it sleeps (§6.14),
 * session expiry once it is disconnected. One timer, looked at again when it comes up and never moved by a packet.
 * Owned by the session's loop.
 */
final class Supervision {
    /** As if a client that is out of reach after a restart had promised it as keep alive, where it promised none. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final ClientSession session;
    private final SessionContext context;
    private final VirtualConnection connection;
    private final SessionSettings settings;
    private final Timer timer;
    private Duration keepAlive = Duration.ZERO;
    private Duration sleepDuration = Duration.ZERO;
    private Duration grace = Duration.ZERO;
    private long lastHeardNanos;
    private boolean probed;

    Supervision(ClientSession session, SessionContext context, VirtualConnection connection) {
        this.session = session;
        this.context = context;
        this.connection = connection;
        this.settings = context.settings();
        this.timer = new Timer((unused, nowNanos) -> context.run(session, this::onTimer, nowNanos));
    }

    void onActive(Duration newKeepAlive, long nowNanos) {
        keepAlive = newKeepAlive;
        restart(nowNanos);
    }

    void onAsleep(Duration newSleepDuration, long nowNanos) {
        sleepDuration = newSleepDuration;
        restart(nowNanos);
    }

    void onAsleepAgain(long nowNanos) {
        restart(nowNanos);
    }

    void onDisconnected(long nowNanos) {
        restart(nowNanos);
    }

    /**
     * The silence before a restart is forgiven, for nobody heard; but a session that was disconnected goes on expiring.
     *
     * @param reachable there is a way to where the client was
     */
    void restore(StoredSession stored, boolean reachable, long nowNanos) {
        keepAlive = stored.keepAlive();
        sleepDuration = stored.sleepDuration();
        restart(nowNanos);
        if (session.state() == State.DISCONNECTED) {
            onHeard(stored.sinceNanos());
            context.disarm(timer);
            armNext();
        } else if (!reachable && !isWatching()) {
            grace = GRACE;
            armNext();
        }
    }

    void onHeard(long nowNanos) {
        lastHeardNanos = nowNanos;
        probed = false;
    }

    /** Whether a silence that lasts will be noticed. */
    boolean isWatching() {
        return !promised().isZero();
    }

    void stop() {
        context.disarm(timer);
    }

    Duration keepAlive() {
        return keepAlive;
    }

    Duration sleepDuration() {
        return sleepDuration;
    }

    private void restart(long nowNanos) {
        grace = Duration.ZERO;
        onHeard(nowNanos);
        context.disarm(timer);
        armNext();
    }

    private void armNext() {
        if (!isWatching()) {
            return;
        }
        Duration promised = promised();
        long allowed = allowedNanos(promised);
        context.arm(timer, lastHeardNanos + (mayProbe() ? probeNanos(promised, allowed) : allowed));
    }

    private void onTimer(long nowNanos) {
        if (!isWatching()) {
            return;
        }
        Duration promised = promised();
        long silence = nowNanos - lastHeardNanos;
        long allowed = allowedNanos(promised);
        if (silence >= allowed) {
            onOver(nowNanos);
            return;
        }
        if (mayProbe() && silence >= probeNanos(promised, allowed)) {
            probe();
        }
        armNext();
    }

    private void onOver(long nowNanos) {
        if (session.state() == State.DISCONNECTED) {
            session.onExpired(nowNanos);
        } else {
            session.onSilent(nowNanos);
        }
    }

    /** Some clients hold received packets for a proof of life and forget to ping: asked before they count as lost. */
    private void probe() {
        probed = true;
        connection.pingReq();
    }

    private boolean mayProbe() {
        return session.state() == State.ACTIVE && !probed;
    }

    private Duration promised() {
        return switch (session.state()) {
            case ACTIVE -> keepAlive.isZero() ? grace : keepAlive;
            case ASLEEP, AWAKE -> sleepDuration;
            case DISCONNECTED -> settings.expiry();
        };
    }

    private long allowedNanos(Duration promised) {
        return switch (session.state()) {
            case DISCONNECTED -> promised.toNanos();
            case ACTIVE, ASLEEP -> settings.allowedNanos(promised);
            // PINGREQ has stopped the sleep timer (1.2 §6.14), and retries that run out start it again. But a delivery
            // may also wait for the upstream: this is what ends such a wait.
            case AWAKE ->
                settings.allowedNanos(promised) + OutboundFlow.longestSilenceNanos(connection.retryNanos(), settings);
        };
    }

    /** Half of the tolerance is over. */
    private static long probeNanos(Duration promised, long allowedNanos) {
        long promisedNanos = promised.toNanos();
        return promisedNanos + (allowedNanos - promisedNanos) / 2;
    }
}
