package io.causeway.codec.v12;

/** Quality of service, two bits of the Flags (1.2 §5.3.4). */
public enum Qos {
    AT_MOST_ONCE(0),
    AT_LEAST_ONCE(1),
    EXACTLY_ONCE(2),
    /** QoS -1, coded 0b11: a PUBLISH of a client without a connection (1.2 §6.8). */
    MINUS_ONE(3);

    private static final Qos[] BY_WIRE_VALUE = values();

    private final int wireValue;

    Qos(int wireValue) {
        this.wireValue = wireValue;
    }

    /**
     * @param wireValue 0 to 3
     * @throws IllegalArgumentException if it is outside: two bits of the wire never are
     */
    public static Qos of(int wireValue) {
        if (wireValue < 0 || wireValue >= BY_WIRE_VALUE.length) {
            throw new IllegalArgumentException("QoS is 0 to 3 on the wire, not " + wireValue);
        }
        return BY_WIRE_VALUE[wireValue];
    }

    /** 0 to 3; 3 stands for QoS -1. */
    public int wireValue() {
        return wireValue;
    }

    /** Whether a PUBLISH of this QoS is acknowledged, and so has a message id (1.2 §5.4.12). */
    public boolean isAcknowledged() {
        return this == AT_LEAST_ONCE || this == EXACTLY_ONCE;
    }
}
