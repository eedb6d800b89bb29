package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.readCommand;
import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint8;
import static io.causeway.radio.xbee.frame.Fields.writeCommand;

/**
 * Reads or sets a parameter, which applies at once.
 *
 * <pre>08 | FrameId(1) Command(2) Value(n)</pre>
 *
 * @param frameId what the answer is recognised by, 1 to 255; 0 for no answer
 * @param command two ASCII characters
 * @param value   its parameter; empty in order to read it
 */
public record AtCommand(int frameId, String command, Octets value) implements HostFrame {
    static final int TYPE = 0x08;

    private static final int LEAST_OCTETS = 3;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public AtCommand {
        uint8(frameId, "frameId");
        Fields.command(command);
    }

    static AtCommand read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new AtCommand(data.readUnsignedByte(), readCommand(data), Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        writeCommand(out, command);
        value.writeTo(out);
    }

    @Override
    public void accept(HostFrameHandler handler) {
        handler.onAtCommand(this);
    }
}
