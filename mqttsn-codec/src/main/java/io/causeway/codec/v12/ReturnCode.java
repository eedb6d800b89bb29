package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;

/** The outcome of a request, one octet (1.2 §5.3.10). */
public enum ReturnCode {
    ACCEPTED(0),
    /** Rejected; the same request may succeed later. */
    CONGESTION(1),
    /** Rejected; the topic id is not known, or not any more. */
    INVALID_TOPIC_ID(2),
    /** Rejected, and will be again. */
    NOT_SUPPORTED(3);

    private static final ReturnCode[] BY_WIRE_VALUE = values();

    private final int wireValue;

    ReturnCode(int wireValue) {
        this.wireValue = wireValue;
    }

    /** @throws MalformedPacketException if the value is reserved, as 0x04 to 0xFF are */
    public static ReturnCode of(int wireValue) throws MalformedPacketException {
        if (wireValue < 0 || wireValue >= BY_WIRE_VALUE.length) {
            throw new MalformedPacketException("reserved ReturnCode " + wireValue);
        }
        return BY_WIRE_VALUE[wireValue];
    }

    /** 0 to 3. */
    public int wireValue() {
        return wireValue;
    }
}
