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
    private final MqttSession session;
    private final MqttShard shard;
    private final Timer timer = new Timer((unused, nowNanos) -> onDue(nowNanos));
    private @Nullable Will will;

    WillSchedule(MqttSession session, MqttShard shard) {
        this.session = session;
        this.shard = shard;
    }

    /** The client has connected: a will that waited is not published [MQTT-3.1.3-9]. */
    void replace(@Nullable Will newWill) {
        shard.disarm(timer);
        will = newWill;
    }

    /** The client has disconnected as it should [MQTT-3.14.4-3]. */
    void delete() {
        replace(null);
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

    /** It waits for its delay to be over. */
    boolean isWaiting() {
        return timer.isArmed();
    }

    @Nullable
    Will current() {
        return will;
    }

    /** Seconds begun until it is published; for a will that waits. */
    long remainingSeconds(long nowNanos) {
        return Duration.ofNanos(Math.max(0, timer.deadlineNanos() - nowNanos)).toSeconds();
    }

    private void onDue(long nowNanos) {
        shard.run(session, this::publish, nowNanos);
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
        shard.broker().publish(session.clientId(), message, false, () -> {});
    }
}
