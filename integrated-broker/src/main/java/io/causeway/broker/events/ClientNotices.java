package io.causeway.broker.events;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicName;
import io.causeway.session.ClientEvent;
import io.causeway.session.ClientEvents;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.Upstream;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what becomes of clients, sensors and applications alike, as messages of JSON at QoS 1:
 *
 * <pre>{"event":"lost","client":"sensor-7","user":"","address":"10.0.0.7:1883","protocol":"MQTT-SN 1.2",
 * "cause":"...","time":"2026-01-31T12:00:00.123Z"}</pre>
 *
 * The event is connected, disconnected, asleep, awake or lost. Safe for many threads.
 */
public final class ClientNotices implements ClientEvents {
    /** Not a client: no client id is empty. */
    private static final String PUBLISHER = "";

    private static final PublishCallback NOBODY_WAITS = new PublishCallback() {
        @Override
        public void onAccepted() {}

        @Override
        public void onRefused(Refusal refusal) {}
    };

    private final String topic;
    private final Clock clock;
    /** Set once, before there are clients. */
    private volatile @Nullable Upstream upstream;

    /** @throws IllegalArgumentException if the topic is no topic name */
    public ClientNotices(String topic, Clock clock) {
        if (!TopicName.isValid(topic)) {
            throw new IllegalArgumentException("no topic name: " + topic);
        }
        this.topic = topic;
        this.clock = clock;
    }

    /** Where the messages go from now on: to the broker, which wants to be given this object first. */
    public void publishThrough(Upstream newUpstream) {
        upstream = newUpstream;
    }

    @Override
    public void on(ClientEvent event) {
        Upstream open = upstream;
        if (open != null) {
            Octets notice = Octets.utf8(json(event));
            open.publish(PUBLISHER, new ApplicationMessage(topic, notice, Qos.AT_LEAST_ONCE, false), NOBODY_WAITS);
        }
    }

    private String json(ClientEvent event) {
        return new JsonObject()
                .with("event", event.kind().name().toLowerCase(Locale.ROOT))
                .with("client", event.clientId())
                .with("user", event.user())
                .with("address", event.address())
                .with("protocol", event.protocol())
                .with("cause", event.cause())
                .with("time", clock.instant().toString())
                .toString();
    }
}
