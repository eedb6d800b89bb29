package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Tells how a {@link TransmitRequest} or {@link ExplicitTransmitRequest} went.
 *
 * <pre>8B | FrameId(1) Address16(2) Retries(1) Status(1) Discovery(1)</pre>
 *
 * @param frameId   of the request that is answered
 * @param address16 where it was delivered; FFFD after a failure, FFFE on DigiMesh
 * @param retries   how often it was repeated
 * @param status    0 delivered; always 0 for a broadcast
 * @param discovery 01 address, 02 route discovery, 40 extended time-out
 */
public record ExtendedTransmitStatus(int frameId, int address16, int retries, int status, int discovery)
        implements RadioFrame {
    static final int TYPE = 0x8B;

    private static final int LEAST_OCTETS = 6;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public ExtendedTransmitStatus {
        uint8(frameId, "frameId");
        uint16(address16, "address16");
        uint8(retries, "retries");
        uint8(status, "status");
        uint8(discovery, "discovery");
    }

    static ExtendedTransmitStatus read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new ExtendedTransmitStatus(
                data.readUnsignedByte(),
                data.readUnsignedShort(),
                data.readUnsignedByte(),
                data.readUnsignedByte(),
                data.readUnsignedByte());
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        out.writeShort(address16);
        out.writeByte(retries);
        out.writeByte(status);
        out.writeByte(discovery);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onExtendedTransmitStatus(this);
    }
}
