package io.causeway.bridge;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an {@link AggregatingUpstream} is to do.
 *
 * @param broker       {@code mqtt://}, {@code mqtts://}, {@code ws://} or {@code wss://}, a host, and where it differs
 *                     from the scheme's usual one a port
 * @param clientId     what the broker knows the session by; with several connections {@code -1}, {@code -2} ... is
 *                     appended
 * @param connections  over how many connections to spread what clients publish, from 1; subscriptions live on the first
 * @param cleanSession whether the broker forgets us at a loss, and with that what it had queued for us
 * @param credentials  user and password
 * @param tls          for {@code mqtts} and {@code wss}
 * @param timings      how long things may take
 * @param queue        how much may be held
 * @param maxPacketOctets the largest PUBLISH packet that the broker takes, from 1; a larger one is refused for good
 * @param topicPrefix  what stands before each of our topics at the broker: empty, or ending with a '/'
 * @param bridge       what is different on the connection of a bridge
 */
public record AggregatingSettings(
        URI broker,
        String clientId,
        int connections,
        boolean cleanSession,
        Credentials credentials,
        TlsSettings tls,
        UpstreamTimings timings,
        QueueSettings queue,
        int maxPacketOctets,
        String topicPrefix,
        BridgeSettings bridge) {
    /** The most that a packet can have (MQTT 3.1.1 §2.2.3). */
    public static final int LARGEST_PACKET_OCTETS = 268_435_460;

    private static final int MOST_CONNECTIONS = 64;

    /** @throws IllegalArgumentException if a value is out of its range */
    public AggregatingSettings {
        BrokerAddress.of(broker);
        TopicPrefix.of(topicPrefix);
        if (clientId.isEmpty()) {
            throw new IllegalArgumentException("the client id is empty");
        }
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("connections must be 1 to " + MOST_CONNECTIONS + ": " + connections);
        }
        if (maxPacketOctets < 1) {
            throw new IllegalArgumentException("maxPacketOctets must be at least 1: " + maxPacketOctets);
        }
    }

    /** One connection with everything else at its default. */
    public static AggregatingSettings of(URI broker, String clientId) {
        return new AggregatingSettings(
                broker,
                clientId,
                1,
                false,
                Credentials.NONE,
                TlsSettings.DEFAULTS,
                UpstreamTimings.DEFAULTS,
                QueueSettings.DEFAULTS,
                LARGEST_PACKET_OCTETS,
                "",
                BridgeSettings.NONE);
    }

    public AggregatingSettings withConnections(int newConnections) {
        return new AggregatingSettings(
                broker,
                clientId,
                newConnections,
                cleanSession,
                credentials,
                tls,
                timings,
                queue,
                maxPacketOctets,
                topicPrefix,
                bridge);
    }

    public AggregatingSettings withCleanSession(boolean newCleanSession) {
        return new AggregatingSettings(
                broker,
                clientId,
                connections,
                newCleanSession,
                credentials,
                tls,
                timings,
                queue,
                maxPacketOctets,
                topicPrefix,
                bridge);
    }

    public AggregatingSettings withCredentials(Credentials newCredentials) {
        return new AggregatingSettings(
                broker,
                clientId,
                connections,
                cleanSession,
                newCredentials,
                tls,
                timings,
                queue,
                maxPacketOctets,
                topicPrefix,
                bridge);
    }

    public AggregatingSettings withTls(TlsSettings newTls) {
        return new AggregatingSettings(
                broker,
                clientId,
                connections,
                cleanSession,
                credentials,
                newTls,
                timings,
                queue,
                maxPacketOctets,
                topicPrefix,
                bridge);
    }

    public AggregatingSettings withTimings(UpstreamTimings newTimings) {
        return new AggregatingSettings(
                broker,
                clientId,
                connections,
                cleanSession,
                credentials,
                tls,
                newTimings,
                queue,
                maxPacketOctets,
                topicPrefix,
                bridge);
    }

    public AggregatingSettings withQueue(QueueSettings newQueue) {
        return new AggregatingSettings(
                broker,
                clientId,
                connections,
                cleanSession,
                credentials,
                tls,
                timings,
                newQueue,
                maxPacketOctets,
                topicPrefix,
                bridge);
    }

    public AggregatingSettings withMaxPacketOctets(int newMaxPacketOctets) {
        return new AggregatingSettings(
                broker,
                clientId,
                connections,
                cleanSession,
                credentials,
                tls,
                timings,
                queue,
                newMaxPacketOctets,
                topicPrefix,
                bridge);
    }

    public AggregatingSettings withTopicPrefix(String newTopicPrefix) {
        return new AggregatingSettings(
                broker,
                clientId,
                connections,
                cleanSession,
                credentials,
                tls,
                timings,
                queue,
                maxPacketOctets,
                newTopicPrefix,
                bridge);
    }

    public AggregatingSettings withBridge(BridgeSettings newBridge) {
        return new AggregatingSettings(
                broker,
                clientId,
                connections,
                cleanSession,
                credentials,
                tls,
                timings,
                queue,
                maxPacketOctets,
                topicPrefix,
                newBridge);
    }

    /** For a publish to be accepted. */
    Duration publishPatience() {
        return isBridge() ? BridgeSettings.PATIENCE : timings.completion();
    }

    boolean isBridge() {
        return !bridge.equals(BridgeSettings.NONE);
    }

    String clientIdOf(int connection) {
        return connections == 1 ? clientId : numbered(connection);
    }

    /** The client ids that there may have been with another number of connections, and are not now. */
    List<String> formerClientIds() {
        List<String> former = new ArrayList<>();
        if (connections > 1) {
            former.add(clientId);
        }
        for (int i = connections == 1 ? 0 : connections; i < MOST_CONNECTIONS; i++) {
            former.add(numbered(i));
        }
        return former;
    }

    private String numbered(int connection) {
        return clientId + "-" + (connection + 1);
    }
}
