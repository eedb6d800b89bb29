package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What brokers as a service are known not to take, put in words for the one who reads the log. */
final class BrokerLimits {
    private static final int CLOUD_TOPIC_OCTETS = 256;
    private static final int CLOUD_TOPIC_SLASHES = 7;

    private BrokerLimits() {}

    /** What may be the matter with a message for which the broker ends the connection. */
    static String suspicions(ApplicationMessage message) {
        List<String> reasons = new ArrayList<>();
        if (message.qos() == Qos.EXACTLY_ONCE) {
            reasons.add("it does not take QoS 2");
        }
        if (message.retain()) {
            reasons.add("it does not take retained messages");
        }
        int topicOctets = message.topic().getBytes(StandardCharsets.UTF_8).length;
        long slashes = message.topic().chars().filter(c -> c == '/').count();
        if (topicOctets > CLOUD_TOPIC_OCTETS || slashes > CLOUD_TOPIC_SLASHES) {
            reasons.add("the topic is too long or too deep for it");
        }
        reasons.add(
                "its packet of " + PublishSize.octets(message) + " octets is too large for it (upstream.max-packet)");
        reasons.add("we are not authorized for the topic");
        return "perhaps " + String.join(", or ", reasons);
    }
}
