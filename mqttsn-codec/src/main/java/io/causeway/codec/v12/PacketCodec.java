package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Packets to and from datagrams. One datagram carries one packet (1.2 §5.2.1). */
public final class PacketCodec {
    private PacketCodec() {}

    /**
     * Decodes the packet that the readable octets are. The buffer is left as it was, indices included, and not kept.
     *
     * @throws MalformedPacketException if the octets are no packet. It tells message type and ids where these could be
     *     read, but nothing of a packet whose Length is wrong.
     */
    public static Packet decode(ByteBuf datagram, Leniency leniency) throws MalformedPacketException {
        int start = datagram.readerIndex();
        int end = datagram.writerIndex();
        try {
            int lengthEnd = start + Header.readLength(datagram);
            MessageType type = MessageType.of(datagram.readUnsignedByte());
            return type.readBody(datagram, lengthEnd - datagram.readerIndex(), leniency);
        } finally {
            datagram.setIndex(start, end);
        }
    }

    /**
     * Whether the datagram has octets behind its packet, which {@link Leniency#trailingOctets} makes {@link #decode}
     * ignore; not if there is no packet. The buffer is left as it was.
     */
    public static boolean hasTrailingOctets(ByteBuf datagram) {
        int start = datagram.readerIndex();
        int end = datagram.writerIndex();
        try {
            int packetEnd = start + Header.readLength(datagram);
            if (datagram.readUnsignedByte() == MessageType.ENCAPSULATED.wireValue()) {
                datagram.readerIndex(packetEnd);
                packetEnd += Header.readLength(datagram);
            }
            return packetEnd < end;
        } catch (MalformedPacketException malformed) {
            return false;
        } finally {
            datagram.setIndex(start, end);
        }
    }

    /**
     * The MsgType octet of the packet that the datagram begins with, 0 to 255, also if it is a reserved one; nothing
     * else of the packet is looked at. The buffer is left as it was.
     *
     * @throws MalformedPacketException if Length is not that of a packet in this datagram
     */
    public static int typeOctet(ByteBuf datagram) throws MalformedPacketException {
        int start = datagram.readerIndex();
        try {
            Header.readLength(datagram);
            return datagram.readUnsignedByte();
        } finally {
            datagram.readerIndex(start);
        }
    }

    /** Octets that {@link #encode} writes. */
    public static int encodedLength(Packet packet) {
        return Header.octetsFor(coveredOctets(packet)) + packet.bodyLength();
    }

    /**
     * Writes a packet with its header, whose Length has one octet up to 255 octets, and three from there on.
     *
     * @throws IllegalArgumentException if the packet has more than 65535 octets; nothing is written then
     */
    public static void encode(Packet packet, ByteBuf out) {
        Header.write(out, coveredOctets(packet), packet.type());
        packet.writeBody(out);
    }

    /**
     * Encodes a packet, to be encapsulated for instance.
     *
     * @throws IllegalArgumentException if the packet has more than 65535 octets
     */
    public static Octets encode(Packet packet) {
        ByteBuf out = Unpooled.buffer(encodedLength(packet));
        encode(packet, out);
        return Octets.copyOf(out);
    }

    private static int coveredOctets(Packet packet) {
        int withMessage = packet.bodyLength();
        return packet instanceof Encapsulated envelope
                ? withMessage - envelope.packet().length()
                : withMessage;
    }
}
