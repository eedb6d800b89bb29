package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicName;

/**
 * A will as a client gave it.
 *
 * @param topic a valid topic name, or empty while only the message has been given (1.2 §6.4: each may come alone)
 */
public record WillData(String topic, Octets payload, Qos qos, boolean retain) {
    /** No topic and no message. */
    public static final WillData NONE = new WillData("", Octets.EMPTY, Qos.AT_MOST_ONCE, false);

    /** @throws IllegalArgumentException if the topic is neither empty nor a topic name: a bug of the caller */
    public WillData {
        if (!topic.isEmpty() && !TopicName.isValid(topic)) {
            throw new IllegalArgumentException("not a topic name: " + topic);
        }
    }

    public boolean canBePublished() {
        return !topic.isEmpty();
    }

    WillData withTopic(String newTopic, Qos newQos, boolean newRetain) {
        return new WillData(newTopic, payload, newQos, newRetain);
    }

    WillData withPayload(Octets newPayload) {
        return new WillData(topic, newPayload, qos, retain);
    }

    ApplicationMessage toMessage() {
        return new ApplicationMessage(topic, payload, qos, retain);
    }
}
