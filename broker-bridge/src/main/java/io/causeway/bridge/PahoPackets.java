package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPubRec;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPubRel;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;

/** Application messages in Paho's terms and back. */
final class PahoPackets {
    private PahoPackets() {}

    static MqttMessage content(ApplicationMessage message, byte[] payload) {
        MqttMessage content = new MqttMessage(payload);
        content.setQos(message.qos().value());
        content.setRetained(message.retain());
        return content;
    }

    /** A PUBLISH as Paho keeps it. */
    static MqttPublish publish(ApplicationMessage message, int packetId) {
        byte[] payload = message.payload().toByteArray();
        boolean carried = PahoTopics.canCarry(message.topic());
        MqttPublish publish = new MqttPublish(
                carried ? message.topic() : PahoTopics.standIn(),
                content(message, carried ? payload : PahoTopics.payloadFor(message.topic(), payload)));
        publish.setMessageId(packetId);
        return publish;
    }

    /** The PUBREL that follows it. */
    static MqttPubRel release(MqttPublish publish) {
        return new MqttPubRel(new MqttPubRec(publish));
    }

    /** The message that the broker has sent. */
    static ApplicationMessage messageOf(String topic, MqttMessage content) {
        byte[] payload = content.getPayload();
        boolean standIn = PahoTopics.isStandIn(topic);
        return new ApplicationMessage(
                standIn ? PahoTopics.topicOf(payload) : topic,
                Octets.of(standIn ? PahoTopics.payloadOf(payload) : payload),
                Qos.of(content.getQos()),
                content.isRetained());
    }
}
