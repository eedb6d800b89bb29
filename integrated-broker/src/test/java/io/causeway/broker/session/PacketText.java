package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A packet of a server as tests read it: {@code publish a/b hello q1 #3 dup retain {alias=1}}, {@code connack 0
 * present}, {@code suback #1 [0, 135]}, {@code disconnect 0x8e}. Of CONNACK only what a test asks for besides.
 */
final class PacketText {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(MqttProperties.PAYLOAD_FORMAT_INDICATOR, "format"),
            Map.entry(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, "expiry"),
            Map.entry(MqttProperties.CONTENT_TYPE, "content"),
            Map.entry(MqttProperties.RESPONSE_TOPIC, "response"),
            Map.entry(MqttProperties.CORRELATION_DATA, "correlation"),
            Map.entry(MqttProperties.SUBSCRIPTION_IDENTIFIER, "subscription"),
            Map.entry(MqttProperties.TOPIC_ALIAS, "alias"),
            Map.entry(MqttProperties.USER_PROPERTY, "user"),
            Map.entry(MqttProperties.SESSION_EXPIRY_INTERVAL, "sessionExpiry"),
            Map.entry(MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, "clientId"),
            Map.entry(MqttProperties.SERVER_KEEP_ALIVE, "keepAlive"),
            Map.entry(MqttProperties.RECEIVE_MAXIMUM, "receiveMaximum"),
            Map.entry(MqttProperties.TOPIC_ALIAS_MAXIMUM, "aliasMaximum"),
            Map.entry(MqttProperties.MAXIMUM_PACKET_SIZE, "maximumPacket"),
            Map.entry(MqttProperties.REASON_STRING, "reason"));

    private PacketText() {}

    static String of(MqttMessage packet) {
        if (packet instanceof MqttPublishMessage publish) {
            return publish(publish);
        }
        String type = packet.fixedHeader().messageType().name().toLowerCase(Locale.ROOT);
        if (packet instanceof MqttConnAckMessage connAck) {
            return type
                    + code(Byte.toUnsignedInt(
                            connAck.variableHeader().connectReturnCode().byteValue()))
                    + (connAck.variableHeader().isSessionPresent() ? " present" : "");
        }
        if (packet instanceof MqttSubAckMessage subAck) {
            return type + " #" + subAck.variableHeader().messageId() + " "
                    + subAck.payload().reasonCodes();
        }
        if (packet instanceof MqttUnsubAckMessage unsubAck) {
            return type + " #" + unsubAck.variableHeader().messageId() + " "
                    + unsubAck.payload().unsubscribeReasonCodes();
        }
        if (packet.variableHeader() instanceof MqttPubReplyMessageVariableHeader reply) {
            int reason = Byte.toUnsignedInt(reply.reasonCode());
            return type + " #" + reply.messageId() + (reason == 0 ? "" : code(reason));
        }
        if (packet.variableHeader() instanceof MqttMessageIdVariableHeader id) {
            return type + " #" + id.messageId();
        }
        if (packet.fixedHeader().messageType() == MqttMessageType.DISCONNECT
                && packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
            return type + code(Byte.toUnsignedInt(header.reasonCode()));
        }
        return type;
    }

    /** {@code name=value} in the order of their identifiers. */
    static String properties(MqttProperties properties) {
        TreeMap<Integer, String> texts = new TreeMap<>();
        for (MqttProperty<?> each : properties.listAll()) {
            Object value =
                    each.value() instanceof byte[] octets ? new String(octets, StandardCharsets.UTF_8) : each.value();
            String text = each instanceof MqttProperties.UserProperties pairs
                    ? pairs.value().stream()
                            .map(pair -> pair.key + ":" + pair.value)
                            .collect(Collectors.joining(","))
                    : String.valueOf(value);
            texts.merge(each.propertyId(), text, (one, other) -> one + "," + other);
        }
        return texts.entrySet().stream()
                .map(each -> NAMES.get(each.getKey()) + "=" + each.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String publish(MqttPublishMessage publish) {
        String qos = publish.fixedHeader().qosLevel().value() == 0
                ? ""
                : " q" + publish.fixedHeader().qosLevel().value() + " #"
                        + publish.variableHeader().packetId();
        MqttProperties properties = publish.variableHeader().properties();
        return "publish " + publish.variableHeader().topicName() + " "
                + publish.content().toString(StandardCharsets.UTF_8)
                + qos
                + (publish.fixedHeader().isDup() ? " dup" : "")
                + (publish.fixedHeader().isRetain() ? " retain" : "")
                + (properties.isEmpty() ? "" : " " + properties(properties));
    }

    private static String code(int value) {
        return value == 0 ? " 0" : " 0x%02x".formatted(value);
    }
}
