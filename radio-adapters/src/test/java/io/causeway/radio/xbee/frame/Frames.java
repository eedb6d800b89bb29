package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Frames made of any data, whether there is such a frame or not. */
final class Frames {
    private Frames() {}

    static Octets hex(String... hex) {
        return Octets.of(HexFormat.of().parseHex(String.join("", hex).replace(" ", "")));
    }

    static Octets slice(Octets octets, int from, int length) {
        byte[] slice = new byte[length];
        for (int i = 0; i < length; i++) {
            slice[i] = (byte) octets.at(from + i);
        }
        return Octets.of(slice);
    }

    /** Written independently of {@link ApiMode#encode}, so that both can be compared. */
    static Octets onLine(ApiMode mode, Octets data) {
        ByteBuf plain = Unpooled.buffer().writeShort(data.length());
        int sum = 0;
        for (int i = 0; i < data.length(); i++) {
            plain.writeByte(data.at(i));
            sum += data.at(i);
        }
        plain.writeByte(0xFF - (sum & 0xFF));
        ByteBuf line = Unpooled.buffer().writeByte(0x7E);
        while (plain.isReadable()) {
            int octet = plain.readUnsignedByte();
            switch (mode == ApiMode.ESCAPED ? octet : 0) {
                case 0x7E -> line.writeShort(0x7D5E);
                case 0x7D -> line.writeShort(0x7D5D);
                case 0x11 -> line.writeShort(0x7D31);
                case 0x13 -> line.writeShort(0x7D33);
                default -> line.writeByte(octet);
            }
        }
        return Octets.read(line);
    }
}
