package io.causeway.broker.wire;

import io.netty.buffer.ByteBuf;

/** A length or identifier of one to four octets, seven bits each, the lowest first (MQTT 5 §1.5.5). */
final class VariableByteInteger {
    static final int LONGEST_OCTETS = 4;
    static final int MAX = (1 << 28) - 1;

    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7F;

    private VariableByteInteger() {}

    static int octets(int value) {
        int octets = 1;
        for (int rest = value >>> 7; rest > 0; rest >>>= 7) {
            octets++;
        }
        return octets;
    }

    static void write(int value, ByteBuf out) {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException(value + " is no variable byte integer");
        }
        int rest = value;
        while (rest > SEVEN_BITS) {
            out.writeByte((rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    static boolean hasMore(int octet) {
        return (octet & MORE) != 0;
    }

    /** What one octet contributes. */
    static int part(int octet, int index) {
        return (octet & SEVEN_BITS) << (7 * index);
    }
}
