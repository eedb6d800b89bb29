package io.causeway.broker.wire;

import io.causeway.broker.wire.PropertyKind.Form;
import io.causeway.broker.wire.PropertyKind.Place;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import java.util.EnumSet;
import java.util.Set;

/** Reads properties (MQTT 5 §2.2.2): those that may stand there, once each. */
final class PropertyReader {
    private PropertyReader() {}

    static MqttProperties read(BodyReader body, Place place) {
        int length = body.variableByteInteger();
        if (length == 0) {
            return MqttProperties.NO_PROPERTIES;
        }
        BodyReader part = body.part(length);
        MqttProperties properties = new MqttProperties();
        Set<PropertyKind> seen = EnumSet.noneOf(PropertyKind.class);
        while (!part.isAtEnd()) {
            PropertyKind kind = PropertyKind.of(part.variableByteInteger(), place);
            if (!seen.add(kind) && kind != PropertyKind.USER_PROPERTY) {
                throw BadPacketException.protocolError(kind + " twice");
            }
            properties.add(value(kind, part));
        }
        return properties;
    }

    private static MqttProperty<?> value(PropertyKind kind, BodyReader part) {
        return switch (kind.form()) {
            case FLAG, TWO_OCTETS, TWO_OCTETS_NOT_ZERO, FOUR_OCTETS, FOUR_OCTETS_NOT_ZERO, VARIABLE_NOT_ZERO ->
                new IntegerProperty(kind.id(), number(kind, part));
            case TEXT -> new StringProperty(kind.id(), part.text());
            case TEXT_PAIR -> new UserProperty(part.text(), part.text());
            case BINARY -> new BinaryProperty(kind.id(), part.binary());
        };
    }

    private static int number(PropertyKind kind, BodyReader part) {
        Form form = kind.form();
        int value = switch (form) {
            case FLAG -> part.oneOctet();
            case TWO_OCTETS, TWO_OCTETS_NOT_ZERO -> part.twoOctets();
            case FOUR_OCTETS, FOUR_OCTETS_NOT_ZERO -> part.fourOctets();
            case VARIABLE_NOT_ZERO -> part.variableByteInteger();
            case TEXT, TEXT_PAIR, BINARY -> throw new IllegalStateException(form + " is no number");
        };
        boolean illegal = switch (form) {
            case FLAG -> value > 1;
            case TWO_OCTETS_NOT_ZERO, FOUR_OCTETS_NOT_ZERO, VARIABLE_NOT_ZERO -> value == 0;
            default -> false;
        };
        if (illegal) {
            throw BadPacketException.protocolError(kind + " of " + value);
        }
        return value;
    }
}
