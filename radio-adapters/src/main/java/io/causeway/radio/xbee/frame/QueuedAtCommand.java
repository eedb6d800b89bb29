package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.readCommand;
import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint8;
import static io.causeway.radio.xbee.frame.Fields.writeCommand;

/**
 * Sets a parameter that applies with the next AC, CN or WR.
 *
 * <pre>09 | FrameId(1) Command(2) Value(n)</pre>
 *
 * @param frameId what the answer is recognised by, 1 to 255; 0 for no answer
 * @param command two ASCII characters
 * @param value   its parameter; empty in order to read it
 */
public record QueuedAtCommand(int frameId, String command, Octets value) implements HostFrame {
    static final int TYPE = 0x09;

    private static final int LEAST_OCTETS = 3;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public QueuedAtCommand {
        uint8(frameId, "frameId");
        Fields.command(command);
    }

    static QueuedAtCommand read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new QueuedAtCommand(data.readUnsignedByte(), readCommand(data), Octets.read(data));
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
        handler.onQueuedAtCommand(this);
    }
}
