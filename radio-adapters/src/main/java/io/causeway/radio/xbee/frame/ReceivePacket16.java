package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Received from a 16-bit address (802.15.4).
 *
 * <pre>81 | Source16(2) Rssi(1) Options(1) Payload(n)</pre>
 *
 * @param source16 the 16-bit address of the sender
 * @param rssi     the strength of the signal in -dBm: 40 stands for -40 dBm
 * @param options  02 a broadcast, 04 to all PANs
 * @param payload  what is carried
 */
public record ReceivePacket16(int source16, int rssi, int options, Octets payload) implements RadioFrame {
    static final int TYPE = 0x81;

    private static final int LEAST_OCTETS = 4;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public ReceivePacket16 {
        uint16(source16, "source16");
        uint8(rssi, "rssi");
        uint8(options, "options");
    }

    static ReceivePacket16 read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new ReceivePacket16(
                data.readUnsignedShort(), data.readUnsignedByte(), data.readUnsignedByte(), Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeShort(source16);
        out.writeByte(rssi);
        out.writeByte(options);
        payload.writeTo(out);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onReceivePacket16(this);
    }
}
