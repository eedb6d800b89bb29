package io.causeway.gateway.e2e;

import io.causeway.client.IncomingMessage;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/**
 * A message that came to a sensor or an application.
 *
 * @param topic   its name; of a predefined topic the id in decimal digits
 * @param payload read as UTF-8
 * @param qos     0, 1 or 2
 */
record Message(String topic, String payload, int qos, boolean retain) {
    static Message of(String topic, MqttMessage message) {
        String payload = new String(message.getPayload(), StandardCharsets.UTF_8);
        return new Message(topic, payload, message.getQos(), message.isRetained());
    }

    static Message of(IncomingMessage message) {
        return new Message(
                message.topicName(), message.payload().toUtf8(), message.qos().wireValue(), message.retain());
    }
}
