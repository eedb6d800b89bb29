package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Received from a node.
 *
 * <pre>90 | Source64(8) Source16(2) Options(1) Payload(n)</pre>
 *
 * @param source64 the 64-bit address of the sender
 * @param source16 the 16-bit address of the sender now
 * @param options  bits: 01 acknowledged, 02 a broadcast, 40 from an end device (Zigbee)
 * @param payload  what is carried
 */
public record ReceivePacket(long source64, int source16, int options, Octets payload) implements RadioFrame {
    static final int TYPE = 0x90;

    private static final int LEAST_OCTETS = 11;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public ReceivePacket {
        uint16(source16, "source16");
        uint8(options, "options");
    }

    static ReceivePacket read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new ReceivePacket(data.readLong(), data.readUnsignedShort(), data.readUnsignedByte(), Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeLong(source64);
        out.writeShort(source16);
        out.writeByte(options);
        payload.writeTo(out);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onReceivePacket(this);
    }
}
