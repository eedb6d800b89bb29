package io.causeway.broker.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.List;

/**
 * Writes what a server sends, one packet behind the other into the same buffer, so that a batch of packets is one
 * write.
 */
public final class PacketWriter {
    private static final int PACKET_ID_OCTETS = 2;
    /** Of PUBREL. [MQTT-3.6.1-1] */
    private static final int PUBREL_FLAGS = 0b0010;

    private final boolean mqtt5;

    public PacketWriter(MqttVersion version) {
        mqtt5 = version == MqttVersion.MQTT_5;
    }

    /** Appends the packet; its payload is read, not released. */
    public void write(MqttMessage packet, ByteBuf out) {
        switch (packet.fixedHeader().messageType()) {
            case CONNACK -> connAck(((MqttConnAckMessage) packet).variableHeader(), out);
            case PUBLISH -> publish((MqttPublishMessage) packet, out);
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> acknowledgement(packet, out);
            case SUBACK -> subAck((MqttSubAckMessage) packet, out);
            case UNSUBACK -> unsubAck((MqttUnsubAckMessage) packet, out);
            case DISCONNECT, AUTH -> reasonAndProperties(packet, out);
            case PINGRESP -> header(MqttMessageType.PINGRESP, 0, 0, out);
            default -> throw new IllegalArgumentException(packet.fixedHeader().messageType() + " of a server");
        }
    }

    private void connAck(MqttConnAckVariableHeader connAck, ByteBuf out) {
        int properties = mqtt5 ? PropertyWriter.octets(connAck.properties()) : 0;
        header(MqttMessageType.CONNACK, 0, 2 + properties, out);
        out.writeByte(connAck.isSessionPresent() ? 1 : 0);
        out.writeByte(connAck.connectReturnCode().byteValue());
        properties(connAck.properties(), out);
    }

    private void publish(MqttPublishMessage publish, ByteBuf out) {
        MqttFixedHeader fixed = publish.fixedHeader();
        MqttPublishVariableHeader variable = publish.variableHeader();
        ByteBuf payload = publish.payload();
        boolean hasPacketId = fixed.qosLevel() != MqttQoS.AT_MOST_ONCE;
        int topicOctets = ByteBufUtil.utf8Bytes(variable.topicName());
        int properties = mqtt5 ? PropertyWriter.octets(variable.properties()) : 0;
        int length = 2 + topicOctets + (hasPacketId ? PACKET_ID_OCTETS : 0) + properties + payload.readableBytes();
        int flags = (fixed.isDup() ? 0b1000 : 0) | (fixed.qosLevel().value() << 1) | (fixed.isRetain() ? 1 : 0);
        header(MqttMessageType.PUBLISH, flags, length, out);
        out.writeShort(topicOctets);
        ByteBufUtil.writeUtf8(out, variable.topicName());
        if (hasPacketId) {
            out.writeShort(variable.packetId());
        }
        properties(variable.properties(), out);
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    private void acknowledgement(MqttMessage packet, ByteBuf out) {
        MqttMessageType type = packet.fixedHeader().messageType();
        MqttMessageIdVariableHeader variable = (MqttMessageIdVariableHeader) packet.variableHeader();
        byte reason = 0;
        MqttProperties properties = MqttProperties.NO_PROPERTIES;
        if (variable instanceof MqttPubReplyMessageVariableHeader reply) {
            reason = reply.reasonCode();
            properties = reply.properties();
        }
        int flags = type == MqttMessageType.PUBREL ? PUBREL_FLAGS : 0;
        header(type, flags, PACKET_ID_OCTETS + reasonOctets(reason, properties), out);
        out.writeShort(variable.messageId());
        reason(reason, properties, out);
    }

    private void subAck(MqttSubAckMessage packet, ByteBuf out) {
        List<Integer> codes = packet.payload().reasonCodes();
        MqttProperties properties = propertiesOf(packet.variableHeader());
        int propertyOctets = mqtt5 ? PropertyWriter.octets(properties) : 0;
        header(MqttMessageType.SUBACK, 0, PACKET_ID_OCTETS + propertyOctets + codes.size(), out);
        out.writeShort(packet.variableHeader().messageId());
        properties(properties, out);
        codes.forEach(out::writeByte);
    }

    private void unsubAck(MqttUnsubAckMessage packet, ByteBuf out) {
        MqttUnsubAckPayload payload = packet.payload();
        List<Short> codes = mqtt5 && payload != null ? payload.unsubscribeReasonCodes() : List.of();
        MqttProperties properties = propertiesOf(packet.variableHeader());
        int propertyOctets = mqtt5 ? PropertyWriter.octets(properties) : 0;
        header(MqttMessageType.UNSUBACK, 0, PACKET_ID_OCTETS + propertyOctets + codes.size(), out);
        out.writeShort(packet.variableHeader().messageId());
        properties(properties, out);
        codes.forEach(code -> out.writeByte(code));
    }

    private void reasonAndProperties(MqttMessage packet, ByteBuf out) {
        byte reason = 0;
        MqttProperties properties = MqttProperties.NO_PROPERTIES;
        if (packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader variable) {
            reason = variable.reasonCode();
            properties = variable.properties();
        }
        header(packet.fixedHeader().messageType(), 0, reasonOctets(reason, properties), out);
        reason(reason, properties, out);
    }

    /** A reason of success without properties is left out, and MQTT 3 knows neither (MQTT 5 §3.4.2.1). */
    private int reasonOctets(byte reason, MqttProperties properties) {
        if (!mqtt5 || (reason == 0 && properties.isEmpty())) {
            return 0;
        }
        return 1 + (properties.isEmpty() ? 0 : PropertyWriter.octets(properties));
    }

    private void reason(byte reason, MqttProperties properties, ByteBuf out) {
        if (reasonOctets(reason, properties) == 0) {
            return;
        }
        out.writeByte(reason);
        if (!properties.isEmpty()) {
            properties(properties, out);
        }
    }

    private void properties(MqttProperties properties, ByteBuf out) {
        if (mqtt5) {
            PropertyWriter.write(properties, out);
        }
    }

    private static MqttProperties propertiesOf(MqttMessageIdVariableHeader header) {
        return header instanceof MqttMessageIdAndPropertiesVariableHeader with
                ? with.properties()
                : MqttProperties.NO_PROPERTIES;
    }

    private static void header(MqttMessageType type, int flags, int length, ByteBuf out) {
        out.ensureWritable(VariableByteInteger.LONGEST_OCTETS + 1 + length);
        out.writeByte((type.value() << 4) | flags);
        VariableByteInteger.write(length, out);
    }
}
