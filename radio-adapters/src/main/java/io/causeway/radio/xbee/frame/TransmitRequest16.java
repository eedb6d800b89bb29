package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Sends to a 16-bit address (802.15.4).
 *
 * <pre>01 | FrameId(1) Destination16(2) Options(1) Payload(n)</pre>
 *
 * @param frameId       what the answer is recognised by, 1 to 255; 0 for no answer
 * @param destination16 the 16-bit address, {@link RadioAddresses#BROADCAST_16} for all
 * @param options       01 no acknowledgement, 04 to all PANs
 * @param payload       what is carried
 */
public record TransmitRequest16(int frameId, int destination16, int options, Octets payload) implements HostFrame {
    static final int TYPE = 0x01;

    private static final int LEAST_OCTETS = 4;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public TransmitRequest16 {
        uint8(frameId, "frameId");
        uint16(destination16, "destination16");
        uint8(options, "options");
    }

    static TransmitRequest16 read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new TransmitRequest16(
                data.readUnsignedByte(), data.readUnsignedShort(), data.readUnsignedByte(), Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        out.writeShort(destination16);
        out.writeByte(options);
        payload.writeTo(out);
    }

    @Override
    public void accept(HostFrameHandler handler) {
        handler.onTransmitRequest16(this);
    }
}
