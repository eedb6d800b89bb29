package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * What the packets share to check, read and write their fields (1.2 §5.3). A field that breaks its range is malformed
 * when it comes from the wire, and an {@link IllegalArgumentException} when it comes from our own code.
 */
final class Fields {
    private static final int UINT8_MAX = 0xFF;
    private static final int UINT16_MAX = 0xFFFF;

    private Fields() {}

    static void uint8(int value, String field) {
        range(value, UINT8_MAX, field);
    }

    static void uint16(int value, String field) {
        range(value, UINT16_MAX, field);
    }

    static void range(int value, int max, String field) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(field + " is 0 to " + max + ", not " + value);
        }
    }

    /** Requires what UTF-8 can carry: no NUL, no surrogate without its other half. */
    static void text(String text, String field) {
        if (text.codePoints().anyMatch(Fields::isNoText)) {
            throw new IllegalArgumentException(field + " holds a NUL or half a surrogate pair");
        }
    }

    /** Requires a text of at least one character. */
    static void name(String name, String field) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(field + " is empty");
        }
        text(name, field);
    }

    private static boolean isNoText(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    static void requireOctets(ByteBuf in, int octets, String what) throws MalformedPacketException {
        if (in.readableBytes() != octets) {
            throw new MalformedPacketException(what + " of " + in.readableBytes() + " octets instead of " + octets);
        }
    }

    static void requireAtLeast(ByteBuf in, int octets, String what) throws MalformedPacketException {
        if (in.readableBytes() < octets) {
            throw new MalformedPacketException(
                    what + " of " + in.readableBytes() + " octets instead of at least " + octets);
        }
    }

    /** Reads the rest of the body as UTF-8 text, which may be empty. */
    static String readText(ByteBuf body, String field, Leniency leniency) throws MalformedPacketException {
        int start = body.readerIndex();
        int end = leniency.trailingNuls() ? endWithoutNuls(body) : body.writerIndex();
        int octets = end - start;
        body.readerIndex(body.writerIndex());
        if (!ByteBufUtil.isText(body, start, octets, StandardCharsets.UTF_8)) {
            throw new MalformedPacketException(field + " is not UTF-8");
        }
        if (body.indexOf(start, end, (byte) 0) >= 0) {
            throw new MalformedPacketException(field + " holds a NUL");
        }
        return body.toString(start, octets, StandardCharsets.UTF_8);
    }

    /** Reads the rest of the body as UTF-8 text of at least one character. */
    static String readName(ByteBuf body, String field, Leniency leniency) throws MalformedPacketException {
        String name = readText(body, field, leniency);
        if (name.isEmpty()) {
            throw new MalformedPacketException(field + " is empty");
        }
        return name;
    }

    private static int endWithoutNuls(ByteBuf body) {
        int end = body.writerIndex();
        while (end > body.readerIndex() && body.getByte(end - 1) == 0) {
            end--;
        }
        return end;
    }

    static int textOctets(String text) {
        return ByteBufUtil.utf8Bytes(text);
    }

    static void writeText(ByteBuf out, String text) {
        ByteBufUtil.writeUtf8(out, text);
    }
}
