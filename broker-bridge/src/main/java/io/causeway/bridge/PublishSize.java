package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import java.nio.charset.StandardCharsets;

/** The octets of an MQTT PUBLISH packet (MQTT 3.1.1 §2.2.3, §3.3). */
final class PublishSize {
    private static final int LENGTH_PREFIX_OCTETS = 2;
    private static final int PACKET_ID_OCTETS = 2;
    private static final int LENGTH_BITS_PER_OCTET = 7;

    private PublishSize() {}

    static int octets(ApplicationMessage message) {
        int remaining = LENGTH_PREFIX_OCTETS
                + topicOctets(message.topic())
                + (message.qos() == Qos.AT_MOST_ONCE ? 0 : PACKET_ID_OCTETS)
                + message.payload().length();
        int significantBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, remaining));
        int lengthOctets = (significantBits + LENGTH_BITS_PER_OCTET - 1) / LENGTH_BITS_PER_OCTET;
        return 1 + lengthOctets + remaining;
    }

    private static int topicOctets(String topic) {
        return topic.getBytes(StandardCharsets.UTF_8).length;
    }
}
