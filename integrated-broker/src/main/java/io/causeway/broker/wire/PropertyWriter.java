package io.causeway.broker.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;

/** Writes properties (MQTT 5 §2.2.2), their length in front. */
final class PropertyWriter {
    private static final int LENGTH_OCTETS = 2;

    private PropertyWriter() {}

    /** With the length in front. */
    static int octets(MqttProperties properties) {
        if (properties.isEmpty()) {
            return 1;
        }
        int content = contentOctets(properties);
        return VariableByteInteger.octets(content) + content;
    }

    static void write(MqttProperties properties, ByteBuf out) {
        if (properties.isEmpty()) {
            out.writeByte(0);
            return;
        }
        VariableByteInteger.write(contentOctets(properties), out);
        for (MqttProperty<?> property : properties.listAll()) {
            write(property, out);
        }
    }

    private static int contentOctets(MqttProperties properties) {
        int octets = 0;
        for (MqttProperty<?> property : properties.listAll()) {
            octets += octets(property);
        }
        return octets;
    }

    private static int octets(MqttProperty<?> property) {
        if (property instanceof IntegerProperty integer) {
            return 1 + integerOctets(integer);
        }
        if (property instanceof StringProperty string) {
            return 1 + textOctets(string.value());
        }
        if (property instanceof BinaryProperty binary) {
            return 1 + LENGTH_OCTETS + binary.value().length;
        }
        if (property instanceof UserProperty user) {
            return pairOctets(user.value());
        }
        if (property instanceof UserProperties users) {
            int octets = 0;
            for (StringPair pair : users.value()) {
                octets += pairOctets(pair);
            }
            return octets;
        }
        throw new IllegalArgumentException("property " + property);
    }

    private static void write(MqttProperty<?> property, ByteBuf out) {
        if (property instanceof IntegerProperty integer) {
            out.writeByte(property.propertyId());
            writeInteger(integer, out);
        } else if (property instanceof StringProperty string) {
            out.writeByte(property.propertyId());
            writeText(string.value(), out);
        } else if (property instanceof BinaryProperty binary) {
            out.writeByte(property.propertyId());
            out.writeShort(binary.value().length);
            out.writeBytes(binary.value());
        } else if (property instanceof UserProperty user) {
            writePair(user.value(), out);
        } else if (property instanceof UserProperties users) {
            users.value().forEach(pair -> writePair(pair, out));
        }
    }

    private static int integerOctets(IntegerProperty property) {
        return switch (property.propertyId()) {
            case MqttProperties.PAYLOAD_FORMAT_INDICATOR,
                    MqttProperties.MAXIMUM_QOS,
                    MqttProperties.RETAIN_AVAILABLE,
                    MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE,
                    MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE,
                    MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE -> 1;
            case MqttProperties.SERVER_KEEP_ALIVE,
                    MqttProperties.RECEIVE_MAXIMUM,
                    MqttProperties.TOPIC_ALIAS_MAXIMUM,
                    MqttProperties.TOPIC_ALIAS -> 2;
            case MqttProperties.SUBSCRIPTION_IDENTIFIER -> VariableByteInteger.octets(property.value());
            default -> 4;
        };
    }

    private static void writeInteger(IntegerProperty property, ByteBuf out) {
        int value = property.value();
        if (property.propertyId() == MqttProperties.SUBSCRIPTION_IDENTIFIER) {
            VariableByteInteger.write(value, out);
            return;
        }
        switch (integerOctets(property)) {
            case 1 -> out.writeByte(value);
            case 2 -> out.writeShort(value);
            default -> out.writeInt(value);
        }
    }

    private static int pairOctets(StringPair pair) {
        return 1 + textOctets(pair.key) + textOctets(pair.value);
    }

    private static void writePair(StringPair pair, ByteBuf out) {
        out.writeByte(MqttProperties.USER_PROPERTY);
        writeText(pair.key, out);
        writeText(pair.value, out);
    }

    private static int textOctets(String text) {
        return LENGTH_OCTETS + ByteBufUtil.utf8Bytes(text);
    }

    private static void writeText(String text, ByteBuf out) {
        out.writeShort(ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(out, text);
    }
}
