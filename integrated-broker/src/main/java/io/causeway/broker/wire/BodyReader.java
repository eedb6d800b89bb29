package io.causeway.broker.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of a packet's body (MQTT 5 §1.5), and not an octet further. */
final class BodyReader {
    private final ByteBuf body;

    /** @param body exactly what the packet has after its fixed header */
    BodyReader(ByteBuf body) {
        this.body = body;
    }

    int oneOctet() {
        require(1);
        return body.readUnsignedByte();
    }

    int twoOctets() {
        require(2);
        return body.readUnsignedShort();
    }

    /** Unsigned, in the 32 bits of an int. */
    int fourOctets() {
        require(4);
        return body.readInt();
    }

    int variableByteInteger() {
        int value = 0;
        for (int i = 0; i < VariableByteInteger.LONGEST_OCTETS; i++) {
            int octet = oneOctet();
            value |= VariableByteInteger.part(octet, i);
            if (!VariableByteInteger.hasMore(octet)) {
                return value;
            }
        }
        throw BadPacketException.malformed("a variable byte integer of more than four octets");
    }

    byte[] binary() {
        int length = twoOctets();
        require(length);
        byte[] octets = new byte[length];
        body.readBytes(octets);
        return octets;
    }

    /** A UTF-8 encoded string. [MQTT-1.5.4-1] [MQTT-1.5.4-2] */
    String text() {
        byte[] octets = binary();
        String text = new String(octets, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw BadPacketException.malformed("a string with U+0000");
        }
        // Java puts U+FFFD for what is not UTF-8; a string may have that character of its own.
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), octets)) {
            throw BadPacketException.malformed("a string that is not UTF-8");
        }
        return text;
    }

    /** The next octets as a body of their own. */
    BodyReader part(int length) {
        require(length);
        return new BodyReader(body.readSlice(length));
    }

    /** All that is left, without a copy; the caller releases it. */
    ByteBuf rest() {
        return body.readRetainedSlice(body.readableBytes());
    }

    boolean isAtEnd() {
        return !body.isReadable();
    }

    void requireEnd() {
        if (body.isReadable()) {
            throw BadPacketException.malformed("a packet longer than its fields");
        }
    }

    private void require(int octets) {
        if (body.readableBytes() < octets) {
            throw BadPacketException.malformed("a packet shorter than its fields");
        }
    }
}
