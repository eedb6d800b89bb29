package io.causeway.bridge;

/**
 * How much one connection may hold for the broker. At a bound a publish is refused with congestion.
 *
 * @param maxMessages messages waiting or unacknowledged, from 1
 * @param maxOctets   octets of topic and payload in them, from 1
 * @param maxInflight messages handed to the broker and not acknowledged yet, 1 to {@value #LARGEST_INFLIGHT}
 * @param maxInflightExactlyOnce messages of QoS 2 among those, from 1. More is faster, as long as the broker takes it:
 *                    mosquitto acknowledges and loses messages from its own {@code max_inflight_messages} (20) on and
 *                    {@code max_queued_messages} (1,000), EMQX beyond its {@code max_awaiting_rel} (100)
 */
public record QueueSettings(int maxMessages, long maxOctets, int maxInflight, int maxInflightExactlyOnce) {
    /** Beyond this the client library gets slower, not faster. */
    public static final int LARGEST_INFLIGHT = 5_000;

    public static final QueueSettings DEFAULTS = new QueueSettings(20_000, 64L * 1024 * 1024, 1_000, 19);

    /** @throws IllegalArgumentException if a value is out of its range */
    public QueueSettings {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("maxMessages must be at least 1: " + maxMessages);
        }
        if (maxOctets < 1) {
            throw new IllegalArgumentException("maxOctets must be at least 1: " + maxOctets);
        }
        if (maxInflight < 1 || maxInflight > LARGEST_INFLIGHT) {
            throw new IllegalArgumentException("maxInflight must be 1 to " + LARGEST_INFLIGHT + ": " + maxInflight);
        }
        if (maxInflightExactlyOnce < 1) {
            throw new IllegalArgumentException("maxInflightExactlyOnce must be at least 1: " + maxInflightExactlyOnce);
        }
    }
}
