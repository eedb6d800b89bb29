package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import java.time.Duration;

/**
 * What a client is granted, where that differs from what it asked for or from what is so by itself (MQTT 5 §3.2.2.3):
 * retained messages, wildcards, shared subscriptions and subscription identifiers are available, and not mentioned.
 *
 * @param properties       NO_PROPERTIES for MQTT 3
 * @param octets           of the whole packet
 * @param expirySeconds    how long the session outlives the connection
 * @param keepAliveSeconds 0 for none
 */
record ConnAck(MqttProperties properties, int octets, long expirySeconds, int keepAliveSeconds) {
    private static final int WITHOUT_PROPERTIES = 5;
    private static final int UINT16_MAX = 0xFFFF;

    /** @param clientId of the CONNECT, or assigned */
    static ConnAck of(ConnectRequest request, String clientId, BrokerSettings settings) {
        long expirySeconds = grantedExpirySeconds(request.expirySeconds(), settings.sessionExpiryMax());
        if (!request.version().isFive()) {
            return new ConnAck(
                    MqttProperties.NO_PROPERTIES, WITHOUT_PROPERTIES, expirySeconds, request.keepAliveSeconds());
        }
        int keepAliveSeconds = grantedKeepAliveSeconds(request.keepAliveSeconds(), settings.keepAliveMaxSeconds());
        Sized sized = new Sized();
        if (expirySeconds != request.expirySeconds()) {
            sized.addUint32(MqttProperties.SESSION_EXPIRY_INTERVAL, (int) expirySeconds);
        }
        if (settings.receiveMaximum() != UINT16_MAX) {
            sized.addUint16(MqttProperties.RECEIVE_MAXIMUM, settings.receiveMaximum());
        }
        sized.addUint32(MqttProperties.MAXIMUM_PACKET_SIZE, settings.maxPacketOctets());
        if (request.clientId().isEmpty()) {
            sized.addText(MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, clientId); // [MQTT-3.2.2-16]
        }
        if (settings.topicAliasMaximum() != 0) {
            sized.addUint16(MqttProperties.TOPIC_ALIAS_MAXIMUM, settings.topicAliasMaximum());
        }
        if (keepAliveSeconds != request.keepAliveSeconds()) {
            sized.addUint16(MqttProperties.SERVER_KEEP_ALIVE, keepAliveSeconds); // [MQTT-3.2.2-21]
        }
        return new ConnAck(sized.properties, sized.octets, expirySeconds, keepAliveSeconds);
    }

    /** @param max zero: as the client asks */
    static long grantedExpirySeconds(long asked, Duration max) {
        return max.isZero() ? asked : Math.min(asked, max.toSeconds());
    }

    /** @param sessionPresent whether the client comes back to a session; MQTT 3.1 does not say */
    MqttMessage packet(ProtocolVersion version, boolean sessionPresent) {
        return Answers.connAckAccepted(sessionPresent && version != ProtocolVersion.MQTT_3_1, properties);
    }

    private static int grantedKeepAliveSeconds(int asked, int max) {
        return max != 0 && (asked == 0 || asked > max) ? max : asked;
    }

    /** Properties, and the octets of a CONNACK with them. */
    private static final class Sized {
        private final MqttProperties properties = new MqttProperties();
        private int octets = WITHOUT_PROPERTIES;

        private void addUint16(int identifier, int value) {
            properties.add(new IntegerProperty(identifier, value));
            octets += 3;
        }

        private void addUint32(int identifier, int value) {
            properties.add(new IntegerProperty(identifier, value));
            octets += 5;
        }

        private void addText(int identifier, String ascii) {
            properties.add(new StringProperty(identifier, ascii));
            octets += 3 + ascii.length();
        }
    }
}
