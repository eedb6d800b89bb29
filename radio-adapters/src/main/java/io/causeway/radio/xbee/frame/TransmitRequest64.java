package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Sends to a 64-bit address (802.15.4).
 *
 * <pre>00 | FrameId(1) Destination64(8) Options(1) Payload(n)</pre>
 *
 * @param frameId       what the answer is recognised by, 1 to 255; 0 for no answer
 * @param destination64 the 64-bit address, see {@link RadioAddresses}
 * @param options       01 no acknowledgement, 04 to all PANs
 * @param payload       what is carried
 */
public record TransmitRequest64(int frameId, long destination64, int options, Octets payload) implements HostFrame {
    static final int TYPE = 0x00;

    private static final int LEAST_OCTETS = 10;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public TransmitRequest64 {
        uint8(frameId, "frameId");
        uint8(options, "options");
    }

    static TransmitRequest64 read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new TransmitRequest64(
                data.readUnsignedByte(), data.readLong(), data.readUnsignedByte(), Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        out.writeLong(destination64);
        out.writeByte(options);
        payload.writeTo(out);
    }

    @Override
    public void accept(HostFrameHandler handler) {
        handler.onTransmitRequest64(this);
    }
}
