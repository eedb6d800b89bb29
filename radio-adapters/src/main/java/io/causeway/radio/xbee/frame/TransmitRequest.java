package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Sends to a node.
 *
 * <pre>10 | FrameId(1) Destination64(8) Destination16(2) Radius(1) Options(1) Payload(n)</pre>
 *
 * @param frameId       what the answer is recognised by, 1 to 255; 0 for no answer
 * @param destination64 the 64-bit address, see {@link RadioAddresses}
 * @param destination16 the 16-bit address, {@link RadioAddresses#UNKNOWN_16} for the radio to find it
 * @param radius        of a broadcast in hops, 0 for as many as the network has
 * @param options       40 extended time-out, for a sleeping end device
 * @param payload       what is carried
 */
public record TransmitRequest(
        int frameId, long destination64, int destination16, int radius, int options, Octets payload)
        implements HostFrame {
    static final int TYPE = 0x10;

    private static final int LEAST_OCTETS = 13;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public TransmitRequest {
        uint8(frameId, "frameId");
        uint16(destination16, "destination16");
        uint8(radius, "radius");
        uint8(options, "options");
    }

    static TransmitRequest read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new TransmitRequest(
                data.readUnsignedByte(),
                data.readLong(),
                data.readUnsignedShort(),
                data.readUnsignedByte(),
                data.readUnsignedByte(),
                Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeByte(frameId);
        out.writeLong(destination64);
        out.writeShort(destination16);
        out.writeByte(radius);
        out.writeByte(options);
        payload.writeTo(out);
    }

    @Override
    public void accept(HostFrameHandler handler) {
        handler.onTransmitRequest(this);
    }
}
