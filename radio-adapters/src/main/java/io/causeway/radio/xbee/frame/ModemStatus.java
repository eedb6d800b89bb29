package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Tells what happened to the radio itself.
 *
 * <pre>8A | Status(1)</pre>
 *
 * @param status 0 hardware reset, 1 watchdog reset, 2 joined, 3 left the network, 6 coordinator started, and more
 */
public record ModemStatus(int status) implements RadioFrame {
    static final int TYPE = 0x8A;

    private static final int LEAST_OCTETS = 1;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public ModemStatus {
        uint8(status, "status");
    }

    static ModemStatus read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new ModemStatus(data.readUnsignedByte());
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(status);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onModemStatus(this);
    }
}
