package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.readCommand;
import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;
import static io.causeway.radio.xbee.frame.Fields.writeCommand;

/**
 * Reads or sets a parameter of a node.
 *
 * <pre>17 | FrameId(1) Destination64(8) Destination16(2) Options(1) Command(2) Value(n)</pre>
 *
 * @param frameId       what the answer is recognised by, 1 to 255; 0 for no answer
 * @param destination64 the 64-bit address, see {@link RadioAddresses}
 * @param destination16 the 16-bit address, {@link RadioAddresses#UNKNOWN_16} for the radio to find it
 * @param options       02 to apply at once
 * @param command       two ASCII characters
 * @param value         its parameter; empty in order to read it
 */
public record RemoteAtCommand(
        int frameId, long destination64, int destination16, int options, String command, Octets value)
        implements HostFrame {
    static final int TYPE = 0x17;

    private static final int LEAST_OCTETS = 14;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public RemoteAtCommand {
        uint8(frameId, "frameId");
        uint16(destination16, "destination16");
        uint8(options, "options");
        Fields.command(command);
    }

    static RemoteAtCommand read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new RemoteAtCommand(
                data.readUnsignedByte(),
                data.readLong(),
                data.readUnsignedShort(),
                data.readUnsignedByte(),
                readCommand(data),
                Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        out.writeLong(destination64);
        out.writeShort(destination16);
        out.writeByte(options);
        writeCommand(out, command);
        value.writeTo(out);
    }

    @Override
    public void accept(HostFrameHandler handler) {
        handler.onRemoteAtCommand(this);
    }
}
