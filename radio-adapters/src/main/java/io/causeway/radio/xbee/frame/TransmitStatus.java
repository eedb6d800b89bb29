package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Tells how a {@link TransmitRequest64} or {@link TransmitRequest16} went.
 *
 * <pre>89 | FrameId(1) Status(1)</pre>
 *
 * @param frameId of the request that is answered
 * @param status  0 delivered
 */
public record TransmitStatus(int frameId, int status) implements RadioFrame {
    static final int TYPE = 0x89;

    private static final int LEAST_OCTETS = 2;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public TransmitStatus {
        uint8(frameId, "frameId");
        uint8(status, "status");
    }

    static TransmitStatus read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new TransmitStatus(data.readUnsignedByte(), data.readUnsignedByte());
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        out.writeByte(status);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onTransmitStatus(this);
    }
}
