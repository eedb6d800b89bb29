package io.causeway.routing;

import io.causeway.codec.Octets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What MQTT 5 lets a publisher say about a message besides topic and payload (MQTT 5 §3.3.2.3); passed on unaltered.
 * Messages from elsewhere have {@link #NONE}.
 *
 * @param payloadFormat   0 or 1 as published, or -1 if the publisher did not say
 * @param contentType     of the application, or null
 * @param responseTopic   a valid topic name, or null
 * @param correlationData of the application, or null
 * @param userProperties  in the order published; names may repeat
 * @param expirySeconds   life of the message from {@code receivedNanos} on, or {@link #NEVER}
 * @param receivedNanos   when the message came, of the same clock that its life is measured by
 */
public record MessageProperties(
        int payloadFormat,
        @Nullable String contentType,
        @Nullable String responseTopic,
        @Nullable Octets correlationData,
        List<UserProperty> userProperties,
        long expirySeconds,
        long receivedNanos) {
    /** The message does not expire. */
    public static final long NEVER = -1;

    public static final MessageProperties NONE = new MessageProperties(-1, null, null, null, List.of(), NEVER, 0);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A name and a value that mean something to applications only. */
    public record UserProperty(String name, String value) {}

    /** @throws IllegalArgumentException if the format is not -1, 0 or 1, or the expiry is below {@link #NEVER} */
    public MessageProperties {
        if (payloadFormat < -1 || payloadFormat > 1) {
            throw new IllegalArgumentException("payload format " + payloadFormat);
        }
        if (expirySeconds < NEVER) {
            throw new IllegalArgumentException("expiry " + expirySeconds + " s");
        }
        userProperties = List.copyOf(userProperties);
    }

    /** Whether the publisher has said nothing. */
    public boolean isEmpty() {
        return payloadFormat < 0
                && expirySeconds == NEVER
                && contentType == null
                && responseTopic == null
                && correlationData == null
                && userProperties.isEmpty();
    }

    public boolean isExpired(long nowNanos) {
        return expirySeconds != NEVER && nowNanos - receivedNanos >= expirySeconds * NANOS_PER_SECOND;
    }

    /** Life that is left, in seconds begun; for messages that expire and have not. [MQTT-3.3.2-6] */
    public long remainingSeconds(long nowNanos) {
        long waitedSeconds = Math.max(0, nowNanos - receivedNanos) / NANOS_PER_SECOND;
        return Math.max(0, expirySeconds - waitedSeconds);
    }

    /** The same, of a message that came at that time. */
    MessageProperties receivedAt(long nowNanos) {
        return new MessageProperties(
                payloadFormat, contentType, responseTopic, correlationData, userProperties, expirySeconds, nowNanos);
    }

    int weightOctets() {
        int weight = lengthOf(contentType) + lengthOf(responseTopic);
        weight += correlationData == null ? 0 : correlationData.length();
        for (UserProperty property : userProperties) {
            weight += property.name().length() + property.value().length();
        }
        return weight;
    }

    private static int lengthOf(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
