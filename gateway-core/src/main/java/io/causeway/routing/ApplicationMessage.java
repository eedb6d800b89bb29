package io.causeway.routing;

import io.causeway.codec.Octets;

/**
 * What a PUBLISH carries, free of any protocol version.
 *
 * @param topic   a valid topic name, see {@link TopicName}
 * @param payload opaque, may be empty
 * @param qos     as published; each subscriber is served at no more than its own
 * @param retain  from a publisher: store it; to a subscriber: it was stored before
 * @param properties what MQTT 5 says besides
 */
public record ApplicationMessage(String topic, Octets payload, Qos qos, boolean retain, MessageProperties properties) {

    /** @throws IllegalArgumentException if the topic is no topic name: a bug of the caller */
    public ApplicationMessage {
        if (topic.isEmpty()) {
            throw new IllegalArgumentException("empty topic name");
        }
    }

    /** Without properties. */
    public ApplicationMessage(String topic, Octets payload, Qos qos, boolean retain) {
        this(topic, payload, qos, retain, MessageProperties.NONE);
    }

    public ApplicationMessage withRetain(boolean newRetain) {
        return newRetain == retain ? this : new ApplicationMessage(topic, payload, qos, newRetain, properties);
    }

    public ApplicationMessage withQos(Qos newQos) {
        return newQos == qos ? this : new ApplicationMessage(topic, payload, newQos, retain, properties);
    }

    public ApplicationMessage withTopic(String newTopic) {
        return new ApplicationMessage(newTopic, payload, qos, retain, properties);
    }

    /** With its life beginning at that time (MQTT 5 §3.3.2.3.3). */
    public ApplicationMessage publishedAt(long nowNanos) {
        return properties.expirySeconds() == MessageProperties.NEVER
                ? this
                : new ApplicationMessage(topic, payload, qos, retain, properties.receivedAt(nowNanos));
    }

    /** Octets that the message weighs in a bounded queue: its payload, topic and properties. */
    public int weightOctets() {
        return payload.length() + topic.length() + properties.weightOctets();
    }
}
