package io.causeway.simulator.truth;

/**
 * A promise or a rule that was broken.
 *
 * @param kind   which
 * @param group  of the sensor; empty if it is not about one
 * @param client the sensor's client id; empty if it is not about one
 * @param detail what, in words
 */
public record Finding(Kind kind, String group, String client, String detail) {
    /** What a gateway must not do. */
    public enum Kind {
        /** Acknowledged, or taken by the broker for a subscriber, and never delivered. */
        MISSING,
        /** Delivered more than once at QoS 2. */
        DUPLICATED,
        /** Delivered after a later message of the same sender, topic and QoS. */
        OUT_OF_ORDER,
        /** Delivered to another topic, or a command to another sensor. */
        MISDELIVERED,
        /** Delivered with another payload than was sent, or marked as retained when it was not. */
        CORRUPTED,
        /** What the gateway sent breaks a rule of the medium, whatever became of it. */
        IMPROPER
    }
}
