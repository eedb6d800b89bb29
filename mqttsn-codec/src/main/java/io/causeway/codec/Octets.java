package io.causeway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of octets, equal by content: a payload, an address, a whole packet. The octets are copied once on
 * the way in, so that no buffer is kept, and may be shared between threads.
 */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private static final int SHOWN_OCTETS = 32;

    private final byte[] content;

    private Octets(byte[] content) {
        this.content = content;
    }

    /** A copy of the given octets. */
    public static Octets of(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Octets(octets.clone());
    }

    /**
     * The octets that two hexadecimal digits each stand for, without separators, in either case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Octets ofHex(String hex) {
        return hex.isEmpty() ? EMPTY : new Octets(HexFormat.of().parseHex(hex));
    }

    /** The UTF-8 form of a text. */
    public static Octets utf8(String text) {
        return text.isEmpty() ? EMPTY : new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of all readable octets, which are consumed. */
    public static Octets copyOf(ByteBuf in) {
        return copyOf(in, in.readableBytes());
    }

    /**
     * A copy of the next octets, which are consumed.
     *
     * @throws IndexOutOfBoundsException if the buffer has less than {@code length} readable octets
     */
    public static Octets copyOf(ByteBuf in, int length) {
        if (length == 0) {
            return EMPTY;
        }
        byte[] content = new byte[length];
        in.readBytes(content);
        return new Octets(content);
    }

    public int length() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /** The octet at an index from 0, as Java's signed byte. */
    public byte at(int index) {
        return content[index];
    }

    /** A copy that the caller may change. */
    public byte[] toByteArray() {
        return content.clone();
    }

    /** A read-only view without a copy, with indices of its own; it needs no release. */
    public ByteBuf asByteBuf() {
        return Unpooled.wrappedBuffer(content).asReadOnly();
    }

    public void writeTo(ByteBuf out) {
        out.writeBytes(content);
    }

    /** Two lower case hexadecimal digits per octet. */
    public String toHex() {
        return HexFormat.of().formatHex(content);
    }

    /** The text these octets are in UTF-8, with U+FFFD for what is not UTF-8. */
    public String toUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** For logs: hexadecimal, cut after 32 octets. */
    @Override
    public String toString() {
        if (content.length <= SHOWN_OCTETS) {
            return toHex();
        }
        return HexFormat.of().formatHex(content, 0, SHOWN_OCTETS) + "... (" + content.length + " octets)";
    }
}
