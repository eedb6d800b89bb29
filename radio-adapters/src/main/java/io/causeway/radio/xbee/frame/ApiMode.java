package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** How frames travel on the serial line. */
public enum ApiMode {
    /** As they are (AP=1): a delimiter may also be data. */
    UNESCAPED(1),
    /** With four octet values escaped (AP=2), so that a delimiter is always the start of a frame. */
    ESCAPED(2);

    static final int DELIMITER = 0x7E;
    static final int ESCAPE = 0x7D;
    static final int ESCAPE_XOR = 0x20;

    /** Of frame data; the longest known is 275, an explicit transmit request with a payload of 255. */
    static final int MOST_DATA_OCTETS = 512;

    /** Delimiter, length and checksum. */
    static final int OCTETS_AROUND_DATA = 4;

    private static final int XON = 0x11;
    private static final int XOFF = 0x13;

    private final int ap;

    ApiMode(int ap) {
        this.ap = ap;
    }

    /** What the command AP says for it: 1 or 2. */
    public int ap() {
        return ap;
    }

    /**
     * The octets of a frame on the line, in a buffer of the caller's.
     *
     * @throws IllegalArgumentException if the frame is longer than any radio takes: a bug of the caller
     */
    public ByteBuf encode(ApiFrame frame) {
        ByteBuf data = Unpooled.buffer(64);
        frame.writeData(data);
        int octets = data.readableBytes();
        if (octets > MOST_DATA_OCTETS) {
            throw new IllegalArgumentException("a frame has at most 512 octets of data, not " + octets);
        }
        ByteBuf out = Unpooled.buffer(octets + OCTETS_AROUND_DATA);
        out.writeByte(DELIMITER);
        write(octets >>> 8, out);
        write(octets & 0xFF, out);
        int sum = 0;
        while (data.isReadable()) {
            int octet = data.readUnsignedByte();
            sum += octet;
            write(octet, out);
        }
        write(0xFF - (sum & 0xFF), out);
        return out;
    }

    private void write(int octet, ByteBuf out) {
        boolean special = octet == DELIMITER || octet == ESCAPE || octet == XON || octet == XOFF;
        if (this == ESCAPED && special) {
            out.writeByte(ESCAPE);
            out.writeByte(octet ^ ESCAPE_XOR);
        } else {
            out.writeByte(octet);
        }
    }
}
