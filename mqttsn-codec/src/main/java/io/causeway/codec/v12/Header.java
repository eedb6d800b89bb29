package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * The header in front of every body (1.2 §5.2). Length counts the whole message, itself included, in one octet up to
 * 255 octets, or in the long form up to 65535, which is understood for small messages, too.
 *
 * <pre>
 * Length(1) MsgType(1)
 * 0x01 Length(2) MsgType(1)
 * </pre>
 */
final class Header {
    private static final int SHORT_OCTETS = 2;
    private static final int LONG_OCTETS = 4;
    private static final int LONG_FORM = 0x01;
    private static final int MAX_SHORT_PACKET_OCTETS = 0xFF;
    private static final int MAX_PACKET_OCTETS = 0xFFFF;

    private Header() {}

    /**
     * Reads Length, and leaves the reader at MsgType, which is there.
     *
     * @return the octets of the message from the beginning of its Length, not more than the buffer had
     * @throws MalformedPacketException if Length contradicts itself or the octets that are there
     */
    static int readLength(ByteBuf in) throws MalformedPacketException {
        int available = in.readableBytes();
        if (available < SHORT_OCTETS) {
            throw new MalformedPacketException("no header in " + available + " octets");
        }
        int length = in.readUnsignedByte();
        int headerOctets = SHORT_OCTETS;
        if (length == LONG_FORM) {
            if (available < LONG_OCTETS) {
                throw new MalformedPacketException("no long header in " + available + " octets");
            }
            length = in.readUnsignedShort();
            headerOctets = LONG_OCTETS;
        }
        if (length < headerOctets) {
            throw new MalformedPacketException("Length " + length + " is less than its header");
        }
        if (length > available) {
            throw new MalformedPacketException("Length " + length + " is more than the " + available + " octets here");
        }
        return length;
    }

    /**
     * Ends what is readable, so that no reader gets beyond its message.
     *
     * @throws MalformedPacketException if that hides octets and is not overlooked
     */
    static void endAt(ByteBuf in, int end, Leniency leniency) throws MalformedPacketException {
        int trailing = in.writerIndex() - end;
        in.writerIndex(end);
        if (trailing > 0 && !leniency.trailingOctets()) {
            throw new MalformedPacketException(trailing + " octets behind Length");
        }
    }

    /** The octets of a header in front of the given number of octets that Length is to cover. */
    static int octetsFor(int coveredOctets) {
        return SHORT_OCTETS + coveredOctets <= MAX_SHORT_PACKET_OCTETS ? SHORT_OCTETS : LONG_OCTETS;
    }

    /**
     * Writes a header, in the short form if it is enough.
     *
     * @param coveredOctets what Length covers besides the header
     * @throws IllegalArgumentException if even the long form is not enough
     */
    static void write(ByteBuf out, int coveredOctets, MessageType type) {
        int length = octetsFor(coveredOctets) + coveredOctets;
        if (length > MAX_PACKET_OCTETS) {
            throw new IllegalArgumentException(type + " of " + length + " octets");
        }
        if (length <= MAX_SHORT_PACKET_OCTETS) {
            out.writeByte(length);
        } else {
            out.writeByte(LONG_FORM).writeShort(length);
        }
        out.writeByte(type.wireValue());
    }
}
