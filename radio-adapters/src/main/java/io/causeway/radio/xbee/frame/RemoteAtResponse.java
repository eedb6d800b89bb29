package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.readCommand;
import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;
import static io.causeway.radio.xbee.frame.Fields.writeCommand;

/**
 * Answers {@link RemoteAtCommand}.
 *
 * <pre>97 | FrameId(1) Source64(8) Source16(2) Command(2) Status(1) Value(n)</pre>
 *
 * @param frameId  of the request that is answered
 * @param source64 the 64-bit address of the node
 * @param source16 the 16-bit address of the node, if it is known
 * @param command  two ASCII characters
 * @param status   as in {@link AtResponse}; 4 no answer from the node
 * @param value    what was asked for; empty after a set or an error
 */
public record RemoteAtResponse(int frameId, long source64, int source16, String command, int status, Octets value)
        implements RadioFrame {
    static final int TYPE = 0x97;

    private static final int LEAST_OCTETS = 14;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public RemoteAtResponse {
        uint8(frameId, "frameId");
        uint16(source16, "source16");
        Fields.command(command);
        uint8(status, "status");
    }

    static RemoteAtResponse read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new RemoteAtResponse(
                data.readUnsignedByte(),
                data.readLong(),
                data.readUnsignedShort(),
                readCommand(data),
                data.readUnsignedByte(),
                Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        out.writeLong(source64);
        out.writeShort(source16);
        writeCommand(out, command);
        out.writeByte(status);
        value.writeTo(out);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onRemoteAtResponse(this);
    }
}
