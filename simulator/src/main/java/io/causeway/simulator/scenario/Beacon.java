package io.causeway.simulator.scenario;

import java.time.Duration;

/**
 * A message at QoS -1 every now and then, without a connection (1.2 §6.8).
 *
 * @param interval from one to the next; the first comes within one interval
 * @param jitter   0 to 1, the share of the interval by which each may be earlier or later
 * @param topicId  of a predefined topic of the gateway, 1 to 65,534
 * @param topic    the name that the gateway has for the id, without wildcards
 * @param payload  what
 */
public record Beacon(Duration interval, double jitter, int topicId, String topic, PayloadTemplate payload) {
    private static final int MAX_TOPIC_ID = 65_534;

    /** @throws IllegalArgumentException if a value is out of its range */
    public Beacon {
        Require.positive(interval, "the interval");
        Require.share(jitter, "the jitter");
        Require.that(topicId >= 1 && topicId <= MAX_TOPIC_ID, "a predefined topic id is 1 to 65,534");
        requireTopicName(topic);
    }

    static String requireTopicName(String topic) {
        Require.that(!topic.isEmpty(), "the topic of a beacon is empty");
        Require.that(!topic.contains("+") && !topic.contains("#"), "a topic has no wildcards: '" + topic + "'");
        return topic;
    }
}
