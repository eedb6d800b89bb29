package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;

/** The octets of SLIP (RFC 1055). */
final class Slip {
    static final int END = 0xC0;
    static final int ESC = 0xDB;
    static final int ESC_END = 0xDC;
    static final int ESC_ESC = 0xDD;

    private Slip() {}

    /** With an END in front too, which puts noise on the line into a frame of its own. */
    static void encode(ByteBuf message, boolean withCrc, ByteBuf out) {
        int crc = Crc16.START;
        out.writeByte(END);
        while (message.isReadable()) {
            int octet = message.readUnsignedByte();
            crc = Crc16.update(crc, octet);
            escape(octet, out);
        }
        if (withCrc) {
            escape(crc & 0xFF, out);
            escape(crc >> 8, out);
        }
        out.writeByte(END);
    }

    private static void escape(int octet, ByteBuf out) {
        switch (octet) {
            case END -> out.writeByte(ESC).writeByte(ESC_END);
            case ESC -> out.writeByte(ESC).writeByte(ESC_ESC);
            default -> out.writeByte(octet);
        }
    }

    static int mostOctets(int messageOctets, boolean withCrc) {
        return 2 + 2 * (messageOctets + (withCrc ? Crc16.OCTETS : 0));
    }
}
