package io.causeway.simulator.fleet;

import io.causeway.client.ClientSession;
import io.causeway.client.IncomingMessage;
import io.causeway.codec.v12.Topic;
import io.causeway.simulator.firmware.Habits;

/** The subscription by which a sensor gets its commands (1.2 §6.9). Owned by the thread of the run. */
final class Subscription {
    private final CommandChannel channel;
    private final Habits habits;
    private final ClientSession session;
    private final Uptime uptime;

    /** In this connection. */
    private boolean stands;

    Subscription(CommandChannel channel, Habits habits, ClientSession session, Uptime uptime) {
        this.channel = channel;
        this.habits = habits;
        this.session = session;
        this.uptime = uptime;
    }

    boolean stands() {
        return stands;
    }

    /** The sensor is about to have another connection. */
    void onConnecting(boolean cleanSession) {
        stands = false;
        if (cleanSession || !habits.canCatchUp()) {
            channel.onSessionDeleted();
        }
    }

    void onMessage(IncomingMessage message) {
        channel.onMessage(message, uptime.nowNanos());
    }

    void subscribe(long nowNanos) {
        if (habits.registersBeforeSubscribing()) {
            session.register(channel.topicName(), uptime.then(alias -> sendSubscribe(uptime.nowNanos())), nowNanos);
        } else {
            sendSubscribe(nowNanos);
        }
    }

    private void sendSubscribe(long nowNanos) {
        session.subscribe(
                topic(),
                channel.qos(),
                uptime.then(granted -> {
                    stands = true;
                    channel.onSubscribed(granted);
                }),
                nowNanos);
    }

    void unsubscribe(long nowNanos) {
        session.unsubscribe(topic(), uptime.then(done -> stands = false), nowNanos);
    }

    private Topic topic() {
        return new Topic.Name(channel.topicName());
    }
}
