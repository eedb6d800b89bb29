package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;

/** What a topic id stands for: three separate name spaces, two bits of the Flags (1.2 §5.3.4, §6.7). */
public enum TopicIdType {
    /** Assigned by the gateway with REGISTER, REGACK or SUBACK; in SUBSCRIBE and UNSUBSCRIBE a topic name. */
    NORMAL(0),
    /** Known to client and gateway in advance. */
    PREDEFINED(1),
    /** Not an id but a name of two octets. */
    SHORT(2);

    private static final TopicIdType[] BY_WIRE_VALUE = values();

    private final int wireValue;

    TopicIdType(int wireValue) {
        this.wireValue = wireValue;
    }

    /** @throws MalformedPacketException if the value is reserved, as 0b11 is */
    public static TopicIdType of(int wireValue) throws MalformedPacketException {
        if (wireValue < 0 || wireValue >= BY_WIRE_VALUE.length) {
            throw new MalformedPacketException("reserved TopicIdType " + wireValue);
        }
        return BY_WIRE_VALUE[wireValue];
    }

    /** 0 to 2. */
    public int wireValue() {
        return wireValue;
    }
}
