package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;

/** Which properties may stand in which packet of a client (MQTT 5 §2.2.2.2). */
enum PropertyRules {
    CONNECT(
            MqttProperties.SESSION_EXPIRY_INTERVAL,
            MqttProperties.RECEIVE_MAXIMUM,
            MqttProperties.MAXIMUM_PACKET_SIZE,
            MqttProperties.TOPIC_ALIAS_MAXIMUM,
            MqttProperties.REQUEST_RESPONSE_INFORMATION,
            MqttProperties.REQUEST_PROBLEM_INFORMATION,
            MqttProperties.USER_PROPERTY,
            MqttProperties.AUTHENTICATION_METHOD,
            MqttProperties.AUTHENTICATION_DATA),
    WILL(
            MqttProperties.WILL_DELAY_INTERVAL,
            MqttProperties.PAYLOAD_FORMAT_INDICATOR,
            MqttProperties.PUBLICATION_EXPIRY_INTERVAL,
            MqttProperties.CONTENT_TYPE,
            MqttProperties.RESPONSE_TOPIC,
            MqttProperties.CORRELATION_DATA,
            MqttProperties.USER_PROPERTY),
    PUBLISH(
            MqttProperties.TOPIC_ALIAS,
            MqttProperties.PAYLOAD_FORMAT_INDICATOR,
            MqttProperties.PUBLICATION_EXPIRY_INTERVAL,
            MqttProperties.CONTENT_TYPE,
            MqttProperties.RESPONSE_TOPIC,
            MqttProperties.CORRELATION_DATA,
            MqttProperties.USER_PROPERTY),
    ACKNOWLEDGEMENT(MqttProperties.REASON_STRING, MqttProperties.USER_PROPERTY),
    SUBSCRIBE(MqttProperties.SUBSCRIPTION_IDENTIFIER, MqttProperties.USER_PROPERTY),
    UNSUBSCRIBE(MqttProperties.USER_PROPERTY),
    DISCONNECT(MqttProperties.SESSION_EXPIRY_INTERVAL, MqttProperties.REASON_STRING, MqttProperties.USER_PROPERTY);

    /** A bit for each identifier; the highest of MQTT 5 is 42. */
    private final long allowed;

    PropertyRules(int... identifiers) {
        long bits = 0;
        for (int identifier : identifiers) {
            bits |= 1L << identifier;
        }
        this.allowed = bits;
    }

    boolean allow(MqttProperties properties) {
        if (properties.isEmpty()) {
            return true;
        }
        for (MqttProperty<?> property : properties.listAll()) {
            if ((allowed & (1L << property.propertyId())) == 0) {
                return false;
            }
        }
        return true;
    }
}
