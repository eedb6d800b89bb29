package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.netty.buffer.ByteBuf;

/**
 * A message from or for a client behind a forwarder (1.2 §5.5). Unlike everywhere else, Length has one octet and ends
 * with the node id.
 *
 * <pre>Length(1) MsgType | Ctrl(1: Radius) WirelessNodeId(n) MQTT-SN message(m)</pre>
 *
 * @param radius broadcast radius towards the clients, 0 to 3
 * @param nodeId the client's node, in the form of its forwarder, 0 to 252 octets
 * @param packet one whole message, header and all, that is not encapsulated itself
 */
public record Encapsulated(int radius, Octets nodeId, Octets packet) implements Packet {
    private static final int MAX_RADIUS = 0x03;
    private static final int MAX_NODE_ID_OCTETS = 252;
    private static final int CTRL_OCTETS = 1;

    /** @throws IllegalArgumentException if radius or node id are out of range, or the packet is not just one message */
    public Encapsulated {
        Fields.range(radius, MAX_RADIUS, "radius");
        Fields.range(nodeId.length(), MAX_NODE_ID_OCTETS, "nodeId.length");
        requireMessage(packet);
    }

    /**
     * Puts a datagram into an envelope as a forwarder does: without looking at more of it than its header. Octets behind
     * the message are left out. The buffer is left as it was.
     *
     * @throws MalformedPacketException if the datagram is no message, or is encapsulated itself
     */
    public static Encapsulated around(ByteBuf datagram, Octets nodeId) throws MalformedPacketException {
        int octets = messageOctets(datagram.duplicate());
        return new Encapsulated(0, nodeId, Octets.copyOf(datagram.duplicate(), octets));
    }

    private static void requireMessage(Octets packet) {
        try {
            if (messageOctets(packet.asByteBuf()) != packet.length()) {
                throw new IllegalArgumentException("octets behind the encapsulated message");
            }
        } catch (MalformedPacketException malformed) {
            throw new IllegalArgumentException("no message to encapsulate", malformed);
        }
    }

    /**
     * @param body          all octets of the datagram behind MsgType
     * @param coveredOctets how many of these Length covers
     * @throws MalformedPacketException if Ctrl is missing, the node id is too long, or what follows is not one message
     */
    static Encapsulated readBody(ByteBuf body, int coveredOctets, Leniency leniency) throws MalformedPacketException {
        int nodeIdOctets = coveredOctets - CTRL_OCTETS;
        if (nodeIdOctets < 0 || nodeIdOctets > MAX_NODE_ID_OCTETS) {
            throw new MalformedPacketException("encapsulation with " + coveredOctets + " octets of Ctrl and node id");
        }
        int radius = body.readUnsignedByte() & MAX_RADIUS;
        Octets nodeId = Octets.copyOf(body, nodeIdOctets);
        Header.endAt(body, body.readerIndex() + messageOctets(body), leniency);
        return new Encapsulated(radius, nodeId, Octets.copyOf(body));
    }

    /** The size of the message that is next, which stays unread. */
    private static int messageOctets(ByteBuf in) throws MalformedPacketException {
        int start = in.readerIndex();
        int octets = Header.readLength(in);
        if (in.readUnsignedByte() == MessageType.ENCAPSULATED.wireValue()) {
            throw new MalformedPacketException("encapsulation within an encapsulation");
        }
        in.readerIndex(start);
        return octets;
    }

    @Override
    public MessageType type() {
        return MessageType.ENCAPSULATED;
    }

    /** Includes the message, which Length does not. */
    @Override
    public int bodyLength() {
        return CTRL_OCTETS + nodeId.length() + packet.length();
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(radius);
        nodeId.writeTo(out);
        packet.writeTo(out);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onEncapsulated(this);
    }
}
