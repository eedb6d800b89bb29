package io.causeway.store;

import io.causeway.routing.ApplicationMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session's own values, of either protocol; what it has many of is kept beside it.
 *
 * @param id                   of this session in this store, never given to another one, from 1
 * @param user                 MQTT: the name that the client has proven to bear, or empty
 * @param persistent           MQTT-SN: it outlives its connection
 * @param address              where the client is, as text, or empty if it is nowhere
 * @param keepAlive            what the client promised, or zero
 * @param sleepDuration        MQTT-SN: what the client promised when it fell asleep last, or zero
 * @param expirySeconds        MQTT: how long it outlives its connection, 4,294,967,295 for ever
 * @param sinceNanos           since when it is in its state, on the scale of {@code System.nanoTime()}; at a time before
 *                             this process it is as long ago as the store can tell, and never of the future
 * @param will                 to be published if the client is lost, or null
 * @param willDelaySeconds     MQTT: after the loss
 * @param lastPacketId         the last packet id given out, 0 to 65,535
 * @param lastReceivedPacketId the packet id of the client's last message at QoS 1 or 2, or -1
 */
public record StoredSession(
        long id,
        Protocol protocol,
        String clientId,
        String user,
        State state,
        boolean persistent,
        String address,
        Duration keepAlive,
        Duration sleepDuration,
        long expirySeconds,
        long sinceNanos,
        @Nullable ApplicationMessage will,
        long willDelaySeconds,
        int lastPacketId,
        int lastReceivedPacketId) {

    /** By which the client comes. */
    public enum Protocol {
        MQTT_SN,
        MQTT
    }

    /** An MQTT session is active while it has a connection, and disconnected else. */
    public enum State {
        ACTIVE,
        ASLEEP,
        DISCONNECTED
    }

    /** @throws IllegalArgumentException if the id is below 1 or the client id is empty: a bug of the caller */
    public StoredSession {
        if (id < 1 || clientId.isEmpty()) {
            throw new IllegalArgumentException("session " + id + " of '" + clientId + "'");
        }
    }
}
