package io.causeway.broker.session;

import io.causeway.broker.wire.BridgeBit;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in a CONNECT that was not refused.
 *
 * @param bridge             a broker, which is sent nothing of its own, and retain flags as published
 * @param cleanStart         a former session is of no use to it
 * @param expirySeconds      how long its session outlives the connection, {@link #NEVER_SECONDS} for ever
 * @param receiveMaximum     messages at QoS 1 and 2 that it takes at once
 * @param maxPacketOctets    largest packet that it takes; {@link Integer#MAX_VALUE} if it did not say
 * @param topicAliasMaximum  topic aliases that it takes, 0 for none
 */
record ConnectRequest(
        ProtocolVersion version,
        boolean bridge,
        String clientId,
        boolean cleanStart,
        int keepAliveSeconds,
        long expirySeconds,
        int receiveMaximum,
        int maxPacketOctets,
        int topicAliasMaximum,
        @Nullable Will will) {
    /** MQTT 5 §3.1.2.11.2: the session does not expire. */
    static final long NEVER_SECONDS = 0xFFFF_FFFFL;

    private static final int UINT16_MAX = 0xFFFF;

    /**
     * @param message      with its life beginning when it is published
     * @param delaySeconds after the loss of the connection (MQTT 5 §3.1.3.2.2)
     */
    record Will(ApplicationMessage message, long delaySeconds) {}

    static ConnectRequest of(MqttConnectMessage connect, long nowNanos) {
        MqttConnectVariableHeader header = connect.variableHeader();
        MqttProperties properties = header.properties();
        ProtocolVersion version = ProtocolVersion.of(header);
        long largest = PropertyReader.number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE);
        return new ConnectRequest(
                version,
                BridgeBit.isIn(header.version()),
                connect.payload().clientIdentifier(),
                header.isCleanSession(),
                header.keepAliveTimeSeconds(),
                expirySeconds(version, header),
                (int) PropertyReader.number(properties, MqttProperties.RECEIVE_MAXIMUM, UINT16_MAX),
                (int) Math.min(largest, Integer.MAX_VALUE),
                (int) PropertyReader.number(properties, MqttProperties.TOPIC_ALIAS_MAXIMUM, 0),
                header.isWillFlag() ? will(header, connect.payload(), nowNanos) : null);
    }

    private static long expirySeconds(ProtocolVersion version, MqttConnectVariableHeader header) {
        if (version.isFive()) {
            return PropertyReader.number(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL, 0);
        }
        return header.isCleanSession() ? 0 : NEVER_SECONDS;
    }

    private static Will will(MqttConnectVariableHeader header, MqttConnectPayload payload, long nowNanos) {
        MqttProperties properties = payload.willProperties();
        ApplicationMessage message = new ApplicationMessage(
                payload.willTopic(),
                Octets.of(payload.willMessageInBytes()),
                Qos.of(header.willQos()),
                header.isWillRetain(),
                PropertyReader.message(properties, nowNanos));
        return new Will(message, PropertyReader.number(properties, MqttProperties.WILL_DELAY_INTERVAL, 0));
    }
}
