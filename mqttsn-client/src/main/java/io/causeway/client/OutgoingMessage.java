package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;

/**
 * A message to publish.
 *
 * @param topic   a name (registered with the gateway when needed), a predefined id or a short name (1.2 §6.7)
 * @param payload at most {@value #MAX_PAYLOAD_OCTETS} octets, and what the network takes
 * @param qos     with QoS -1 the message needs no connection, and its topic is predefined or short (1.2 §6.8)
 * @param retain  whether the broker keeps it for later subscribers
 */
public record OutgoingMessage(Topic topic, Octets payload, Qos qos, boolean retain) {
    /** 65,535 octets less the header with a long length and the fields of a PUBLISH (1.2 §5.4.12). */
    public static final int MAX_PAYLOAD_OCTETS = 65_535 - 9;

    /** @throws IllegalArgumentException if the payload is too long, or the topic holds a wildcard or does not suit QoS -1 */
    public OutgoingMessage {
        if (payload.length() > MAX_PAYLOAD_OCTETS) {
            throw new IllegalArgumentException(
                    "a payload has at most " + MAX_PAYLOAD_OCTETS + " octets, not " + payload.length());
        }
        if (hasWildcard(topic)) {
            throw new IllegalArgumentException("publishing needs a topic without wildcards: " + topic);
        }
        if (qos == Qos.MINUS_ONE && topic instanceof Topic.Name) {
            throw new IllegalArgumentException("QoS -1 needs a predefined topic id or a short topic name: " + topic);
        }
    }

    private static boolean hasWildcard(Topic topic) {
        String name = topic instanceof Topic.Name full
                ? full.topicName()
                : topic instanceof Topic.Short twoOctets ? twoOctets.name() : "";
        return name.indexOf('+') >= 0 || name.indexOf('#') >= 0;
    }
}
