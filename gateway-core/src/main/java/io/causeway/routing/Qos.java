package io.causeway.routing;

/** Delivery guarantee of an application message or a subscription (MQTT 3.1.1 §4.3). */
public enum Qos {
    AT_MOST_ONCE(0),
    AT_LEAST_ONCE(1),
    EXACTLY_ONCE(2);

    private static final Qos[] BY_VALUE = values();

    private final int value;

    Qos(int value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException if the value is not 0, 1 or 2 */
    public static Qos of(int value) {
        if (value < 0 || value >= BY_VALUE.length) {
            throw new IllegalArgumentException("QoS " + value + " is not 0, 1 or 2");
        }
        return BY_VALUE[value];
    }

    /** 0, 1 or 2. */
    public int value() {
        return value;
    }

    /** The weaker of the two: what a subscriber is served at. */
    public Qos min(Qos other) {
        return value <= other.value ? this : other;
    }

    /** The stronger of the two: what overlapping subscriptions amount to. */
    public Qos max(Qos other) {
        return value >= other.value ? this : other;
    }
}
