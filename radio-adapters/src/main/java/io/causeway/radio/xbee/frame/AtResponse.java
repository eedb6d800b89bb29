package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.readCommand;
import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint8;
import static io.causeway.radio.xbee.frame.Fields.writeCommand;

/**
 * Answers {@link AtCommand} and {@link QueuedAtCommand}.
 *
 * <pre>88 | FrameId(1) Command(2) Status(1) Value(n)</pre>
 *
 * @param frameId of the request that is answered
 * @param command two ASCII characters
 * @param status  0 done, 1 error, 2 invalid command, 3 invalid parameter in the low four bits
 * @param value   what was asked for; empty after a set or an error
 */
public record AtResponse(int frameId, String command, int status, Octets value) implements RadioFrame {
    static final int TYPE = 0x88;

    private static final int LEAST_OCTETS = 4;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public AtResponse {
        uint8(frameId, "frameId");
        Fields.command(command);
        uint8(status, "status");
    }

    static AtResponse read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new AtResponse(data.readUnsignedByte(), readCommand(data), data.readUnsignedByte(), Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        writeCommand(out, command);
        out.writeByte(status);
        value.writeTo(out);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onAtResponse(this);
    }
}
