package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;

/**
 * A message that the gateway delivered.
 *
 * @param topic   a name (topic ids are resolved), a predefined id or a short name
 * @param payload any octets
 * @param qos     0, 1 or 2; at QoS 1 the same message may come more than once
 * @param retain  whether it was kept by the broker, rather than published just now
 * @param dup     whether the gateway says that it may have sent it before
 */
public record IncomingMessage(Topic topic, Octets payload, Qos qos, boolean retain, boolean dup) {
    /** The name of the topic; of a predefined one its id in decimal digits, because no name is known here. */
    public String topicName() {
        if (topic instanceof Topic.Predefined predefined) {
            return Integer.toString(predefined.topicId());
        }
        return topic instanceof Topic.Short shortName ? shortName.name() : ((Topic.Name) topic).topicName();
    }
}
