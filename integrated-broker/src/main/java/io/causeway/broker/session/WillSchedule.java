package io.causeway.broker.session;

import io.causeway.broker.session.ConnectRequest.Will;
import io.causeway.routing.ApplicationMessage;
import io.causeway.timer.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The will of one client, from its CONNECT until it is published or deleted (MQTT 5 §3.1.2.5, §3.1.3.2.2). Owned by the
 * session's loop.
 */
final class WillSchedule {
    /** No will is published sooner after a restart. */
    private static final Duration RESTART_GRACE = Duration.ofSeconds(30);

    private final MqttSession session;
    private final MqttShard shard;
    private final Timer timer = new Timer((unused, nowNanos) -> onDue(nowNanos));
    private @Nullable Will will;
    /** Of a connection that only a restart of the server has cut. */
    private boolean forgivable;

    WillSchedule(MqttSession session, MqttShard shard) {
        this.session = session;
        this.shard = shard;
    }

    /** The client has connected: a will that waited is not published [MQTT-3.1.3-9]. */
    void replace(@Nullable Will newWill) {
        shard.disarm(timer);
        will = newWill;
        forgivable = false;
    }

    /** The client has disconnected as it should [MQTT-3.14.4-3]. */
    void delete() {
        replace(null);
    }

    /** The client is there again, with whatever session: that a restart has cut its connection is forgiven. */
    void onReturn() {
        if (forgivable) {
            delete();
        }
    }

    /** The connection has ended otherwise, and the session goes on. */
    void onConnectionLost(long nowNanos) {
        if (will == null) {
            return;
        }
        if (will.delaySeconds() == 0) {
            publish(nowNanos);
            return;
        }
        shard.arm(timer, nowNanos + Duration.ofSeconds(will.delaySeconds()).toNanos());
    }

    /**
     * The restart of the server has cut the connection.
     *
     * @return when the will is due
     */
    long onRestart(Duration keepAlive, long nowNanos) {
        forgivable = true;
        Duration silence = keepAlive.multipliedBy(3).dividedBy(2); // [MQTT-3.1.2-22]
        return await(nowNanos + Math.max(delay().toNanos(), silence.toNanos()), nowNanos);
    }

    /**
     * The connection was lost before the restart of the server.
     *
     * @return when the will is due
     */
    long onRestart(long lostNanos, long nowNanos) {
        return await(lostNanos + delay().toNanos(), nowNanos);
    }

    /** Those who want to hear of it have to come back first. */
    private long await(long dueNanos, long nowNanos) {
        long earliestNanos = nowNanos + RESTART_GRACE.toNanos();
        long deadlineNanos = dueNanos - earliestNanos < 0 ? earliestNanos : dueNanos;
        shard.arm(timer, deadlineNanos);
        return deadlineNanos;
    }

    /** No longer than the session lasts [MQTT-3.1.3-9]. */
    private Duration delay() {
        Will present = will;
        return Duration.ofSeconds(present == null ? 0 : Math.min(present.delaySeconds(), session.expirySeconds()));
    }

    /** It is not published if the client comes back: only a restart of the server has cut the connection. */
    boolean isForgivable() {
        return forgivable;
    }

    /** It waits for its delay to be over. */
    boolean isWaiting() {
        return timer.isArmed();
    }

    @Nullable
    Will current() {
        return will;
    }

    private void onDue(long nowNanos) {
        shard.run(session, this::publishAlone, nowNanos);
    }

    private void publishAlone(long nowNanos) {
        publish(nowNanos);
        session.record().touch();
    }

    /** Publishes it now, if there is one: its delay is over, or the session ends [MQTT-3.1.2-8]. */
    void publish(long nowNanos) {
        Will due = will;
        delete();
        if (due == null) {
            return;
        }
        ApplicationMessage message = due.message().publishedAt(nowNanos);
        if (!shard.broker().mayPublish(session.identity(), message.topic())) {
            shard.count(BrokerCount.WILLS_DROPPED);
            shard.log().warning(nowNanos, "will dropped", session.clientId(), null, "not authorized");
            return;
        }
        shard.count(BrokerCount.WILLS_PUBLISHED);
        shard.log().event(nowNanos, "will published", session.clientId(), null, message.topic());
        shard.wills().publish(session.identity(), message);
    }
}
