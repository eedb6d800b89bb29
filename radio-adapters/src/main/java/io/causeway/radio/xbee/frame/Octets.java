package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable string of octets, equal by content: what a frame carries. Free to share between threads. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] content;

    private Octets(byte[] content) {
        this.content = content;
    }

    /** A copy of the given octets. */
    public static Octets of(byte... octets) {
        return octets.length == 0 ? EMPTY : new Octets(octets.clone());
    }

    /** A copy of all readable octets, which are consumed. */
    public static Octets read(ByteBuf in) {
        byte[] content = new byte[in.readableBytes()];
        in.readBytes(content);
        return content.length == 0 ? EMPTY : new Octets(content);
    }

    /** A number in as many octets as asked for, the highest first. */
    public static Octets ofNumber(long number, int octets) {
        byte[] content = new byte[octets];
        for (int i = 0; i < octets; i++) {
            content[i] = (byte) (number >>> (Byte.SIZE * (octets - 1 - i)));
        }
        return new Octets(content);
    }

    public int length() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /** The octet at an index, 0 to 255. */
    public int at(int index) {
        return Byte.toUnsignedInt(content[index]);
    }

    /** The octets as one unsigned number, the highest first; of more than eight the last eight. 0 for none. */
    public long number() {
        long number = 0;
        for (byte octet : content) {
            number = (number << Byte.SIZE) | Byte.toUnsignedInt(octet);
        }
        return number;
    }

    public String ascii() {
        return new String(content, StandardCharsets.US_ASCII);
    }

    public void writeTo(ByteBuf out) {
        out.writeBytes(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(content, octets.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** In hexadecimal, without separators. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
