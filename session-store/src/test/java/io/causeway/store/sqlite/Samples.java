package io.causeway.store.sqlite;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.MessageProperties.UserProperty;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredForward;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredSession;
import io.causeway.store.StoredSession.Protocol;
import io.causeway.store.StoredSession.State;
import io.causeway.store.StoredSubscription;
import java.time.Duration;
import java.util.List;

/** Values to keep. */
final class Samples {
    private Samples() {}

    static ApplicationMessage message(String topic, String payload) {
        return new ApplicationMessage(topic, Octets.utf8(payload), Qos.AT_LEAST_ONCE, false);
    }

    static ApplicationMessage expiring(String topic, long seconds, long receivedNanos) {
        MessageProperties properties = new MessageProperties(-1, null, null, null, List.of(), seconds, receivedNanos);
        return new ApplicationMessage(topic, Octets.utf8("soon over"), Qos.AT_LEAST_ONCE, true, properties);
    }

    /** With everything that there can be. */
    static ApplicationMessage rich(long receivedNanos) {
        MessageProperties properties = new MessageProperties(
                1,
                "text/plain",
                "answers/1",
                Octets.ofHex("00ff"),
                List.of(new UserProperty("a", "1"), new UserProperty("a", ""), new UserProperty("größe", "😀")),
                3_600,
                receivedNanos);
        return new ApplicationMessage("räume/1/temp", Octets.ofHex("00ff80"), Qos.EXACTLY_ONCE, true, properties);
    }

    static StoredSession session(long id, long sinceNanos) {
        return new StoredSession(
                id,
                Protocol.MQTT_SN,
                "sensor-" + id,
                "",
                State.ASLEEP,
                true,
                "udp 192.0.2.1:1234",
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                0,
                sinceNanos,
                null,
                0,
                7,
                -1);
    }

    /** One that is away. */
    static StoredSession mqttSession(long id, long expirySeconds, long sinceNanos) {
        return new StoredSession(
                id,
                Protocol.MQTT,
                "client-" + id,
                "user",
                State.DISCONNECTED,
                true,
                "",
                Duration.ZERO,
                Duration.ZERO,
                expirySeconds,
                sinceNanos,
                null,
                5,
                65_535,
                65_535);
    }

    static StoredSession withWill(StoredSession session, ApplicationMessage will) {
        return new StoredSession(
                session.id(),
                session.protocol(),
                session.clientId(),
                session.user(),
                session.state(),
                session.persistent(),
                session.address(),
                session.keepAlive(),
                session.sleepDuration(),
                session.expirySeconds(),
                session.sinceNanos(),
                will,
                session.willDelaySeconds(),
                session.lastPacketId(),
                session.lastReceivedPacketId());
    }

    static StoredSubscription subscription(String filter) {
        return new StoredSubscription(filter, Qos.AT_LEAST_ONCE, "normal", false, true, 0, false);
    }

    static StoredMessage queued(long sequence, ApplicationMessage message) {
        return new StoredMessage(sequence, message, List.of(), 0, false);
    }

    static StoredForward forward(long sequence, String link, long sinceNanos) {
        return new StoredForward(
                sequence, link, "sensor", message("up/" + sequence, "value " + sequence), 0, false, sinceNanos);
    }

    /** Submits one unit. */
    static Changes submit(SessionStore store, Change... changes) {
        Changes unit = store.begin();
        for (Change each : changes) {
            unit.add(each);
        }
        unit.submit();
        return unit;
    }
}
