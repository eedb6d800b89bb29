package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Sends to a node, with the addressing of Zigbee applications.
 *
 * <pre>11 | FrameId(1) Destination64(8) Destination16(2) SourceEndpoint(1) DestinationEndpoint(1) Cluster(2) Profile(2) Radius(1) Options(1) Payload(n)</pre>
 *
 * @param frameId             what the answer is recognised by, 1 to 255; 0 for no answer
 * @param destination64       the 64-bit address, see {@link RadioAddresses}
 * @param destination16       the 16-bit address, {@link RadioAddresses#UNKNOWN_16} for the radio to find it
 * @param sourceEndpoint      E8 for serial data
 * @param destinationEndpoint E8 for serial data
 * @param cluster             0011 for serial data
 * @param profile             C105 for serial data
 * @param radius              of a broadcast in hops, 0 for as many as the network has
 * @param options             as in {@link TransmitRequest}
 * @param payload             what is carried
 */
public record ExplicitTransmitRequest(
        int frameId,
        long destination64,
        int destination16,
        int sourceEndpoint,
        int destinationEndpoint,
        int cluster,
        int profile,
        int radius,
        int options,
        Octets payload)
        implements HostFrame {
    static final int TYPE = 0x11;

    private static final int LEAST_OCTETS = 19;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public ExplicitTransmitRequest {
        uint8(frameId, "frameId");
        uint16(destination16, "destination16");
        uint8(sourceEndpoint, "sourceEndpoint");
        uint8(destinationEndpoint, "destinationEndpoint");
        uint16(cluster, "cluster");
        uint16(profile, "profile");
        uint8(radius, "radius");
        uint8(options, "options");
    }

    static ExplicitTransmitRequest read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new ExplicitTransmitRequest(
                data.readUnsignedByte(),
                data.readLong(),
                data.readUnsignedShort(),
                data.readUnsignedByte(),
                data.readUnsignedByte(),
                data.readUnsignedShort(),
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
        out.writeByte(sourceEndpoint);
        out.writeByte(destinationEndpoint);
        out.writeShort(cluster);
        out.writeShort(profile);
        out.writeByte(radius);
        out.writeByte(options);
        payload.writeTo(out);
    }

    @Override
    public void accept(HostFrameHandler handler) {
        handler.onExplicitTransmitRequest(this);
    }
}
