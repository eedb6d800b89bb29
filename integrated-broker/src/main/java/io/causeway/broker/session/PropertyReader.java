package io.causeway.broker.session;

import io.causeway.codec.Octets;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.MessageProperties.UserProperty;
import io.causeway.routing.TopicName;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads properties of MQTT 5 as values (MQTT 5 §2.2.2). */
final class PropertyReader {
    private PropertyReader() {}

    /** A property of one, two or four octets as unsigned, or the default if it is not there. */
    static long number(MqttProperties properties, int identifier, long otherwise) {
        MqttProperty<?> property = properties.getProperty(identifier);
        return property != null && property.value() instanceof Integer value
                ? Integer.toUnsignedLong(value)
                : otherwise;
    }

    static @Nullable String text(MqttProperties properties, int identifier) {
        MqttProperty<?> property = properties.getProperty(identifier);
        return property != null && property.value() instanceof String value ? value : null;
    }

    /** What a PUBLISH or a will says about its message, from properties that {@link #isSound} has let pass. */
    static MessageProperties message(MqttProperties properties, long nowNanos) {
        if (properties.isEmpty()) {
            return MessageProperties.NONE;
        }
        return new MessageProperties(
                (int) number(properties, MqttProperties.PAYLOAD_FORMAT_INDICATOR, -1),
                text(properties, MqttProperties.CONTENT_TYPE),
                text(properties, MqttProperties.RESPONSE_TOPIC),
                binary(properties, MqttProperties.CORRELATION_DATA),
                userProperties(properties),
                number(properties, MqttProperties.PUBLICATION_EXPIRY_INTERVAL, MessageProperties.NEVER),
                nowNanos);
    }

    /** Whether what a PUBLISH or a will says about its message has values that the protocol allows. */
    static boolean isSound(MqttProperties properties) {
        if (properties.isEmpty()) {
            return true;
        }
        String responseTopic = text(properties, MqttProperties.RESPONSE_TOPIC);
        return isFlag(properties, MqttProperties.PAYLOAD_FORMAT_INDICATOR)
                && (responseTopic == null || TopicName.isValid(responseTopic)); // [MQTT-3.3.2-14]
    }

    /** Whether the property is 0, 1 or not there. */
    static boolean isFlag(MqttProperties properties, int identifier) {
        return number(properties, identifier, 0) <= 1;
    }

    private static @Nullable Octets binary(MqttProperties properties, int identifier) {
        MqttProperty<?> property = properties.getProperty(identifier);
        return property != null && property.value() instanceof byte[] value ? Octets.of(value) : null;
    }

    private static List<UserProperty> userProperties(MqttProperties properties) {
        List<UserProperty> read = new ArrayList<>();
        for (MqttProperty<?> each : properties.getProperties(MqttProperties.USER_PROPERTY)) {
            if (each instanceof MqttProperties.UserProperty property) {
                read.add(new UserProperty(property.value().key, property.value().value));
            }
        }
        return read;
    }
}
