package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;

/**
 * What the gateway publishes when it loses the client (1.2 §6.2).
 *
 * @param topicName where to; empty for no will at all
 * @param message   what
 * @param qos       0, 1 or 2
 * @param retain    whether the broker keeps it for later subscribers
 */
public record Will(String topicName, Octets message, Qos qos, boolean retain) {
    public static final Will NONE = new Will("", Octets.EMPTY, Qos.AT_MOST_ONCE, false);

    /** @throws IllegalArgumentException if the QoS is -1, which only a PUBLISH can have */
    public Will {
        if (qos == Qos.MINUS_ONE) {
            throw new IllegalArgumentException("a will has QoS 0, 1 or 2");
        }
    }

    boolean isNone() {
        return topicName.isEmpty();
    }
}
