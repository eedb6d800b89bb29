package io.causeway.routing;

import io.causeway.codec.Octets;

/**
 * What a PUBLISH carries, free of any protocol version.
 *
 * @param topic   a valid topic name, see {@link TopicName}
 * @param payload opaque, may be empty
 * @param qos     as published; each subscriber is served at no more than its own
 * @param retain  from a publisher: store it; to a subscriber: it was stored before
 */
public record ApplicationMessage(String topic, Octets payload, Qos qos, boolean retain) {

    /** @throws IllegalArgumentException if the topic is no topic name: a bug of the caller */
    public ApplicationMessage {
        if (topic.isEmpty()) {
            throw new IllegalArgumentException("empty topic name");
        }
    }

    public ApplicationMessage withRetain(boolean newRetain) {
        return newRetain == retain ? this : new ApplicationMessage(topic, payload, qos, newRetain);
    }

    public ApplicationMessage withQos(Qos newQos) {
        return newQos == qos ? this : new ApplicationMessage(topic, payload, newQos, retain);
    }

    public ApplicationMessage withTopic(String newTopic) {
        return new ApplicationMessage(newTopic, payload, qos, retain);
    }

    /** Octets that the message weighs in a bounded queue: its payload and its topic. */
    public int weightOctets() {
        return payload.length() + topic.length();
    }
}
