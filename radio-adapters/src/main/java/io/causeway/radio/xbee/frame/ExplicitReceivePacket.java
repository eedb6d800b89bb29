package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * Received from a node, with the addressing of Zigbee applications.
 *
 * <pre>91 | Source64(8) Source16(2) SourceEndpoint(1) DestinationEndpoint(1) Cluster(2) Profile(2) Options(1) Payload(n)</pre>
 *
 * @param source64            the 64-bit address of the sender
 * @param source16            the 16-bit address of the sender now
 * @param sourceEndpoint      E8 for serial data
 * @param destinationEndpoint E8 for serial data
 * @param cluster             0011 for serial data
 * @param profile             C105 for serial data
 * @param options             as in {@link ReceivePacket}
 * @param payload             what is carried
 */
public record ExplicitReceivePacket(
        long source64,
        int source16,
        int sourceEndpoint,
        int destinationEndpoint,
        int cluster,
        int profile,
        int options,
        Octets payload)
        implements RadioFrame {
    static final int TYPE = 0x91;

    private static final int LEAST_OCTETS = 17;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public ExplicitReceivePacket {
        uint16(source16, "source16");
        uint8(sourceEndpoint, "sourceEndpoint");
        uint8(destinationEndpoint, "destinationEndpoint");
        uint16(cluster, "cluster");
        uint16(profile, "profile");
        uint8(options, "options");
    }

    static ExplicitReceivePacket read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, LEAST_OCTETS);
        return new ExplicitReceivePacket(
                data.readLong(),
                data.readUnsignedShort(),
                data.readUnsignedByte(),
                data.readUnsignedByte(),
                data.readUnsignedShort(),
                data.readUnsignedShort(),
                data.readUnsignedByte(),
                Octets.read(data));
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeLong(source64);
        out.writeShort(source16);
        out.writeByte(sourceEndpoint);
        out.writeByte(destinationEndpoint);
        out.writeShort(cluster);
        out.writeShort(profile);
        out.writeByte(options);
        payload.writeTo(out);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onExplicitReceivePacket(this);
    }
}
