package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Broadcast by a client in search of a gateway (1.2 §5.4.2).
 *
 * <pre>Length MsgType | Radius(1)</pre>
 *
 * @param radius hops the broadcast reaches, 0 to 255; 0 is the whole network
 */
public record SearchGw(int radius) implements Packet {
    private static final int BODY_OCTETS = 1;

    /** @throws IllegalArgumentException if the radius is out of its range */
    public SearchGw {
        Fields.uint8(radius, "radius");
    }

    /** @throws MalformedPacketException if the body is not one octet */
    static SearchGw readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, BODY_OCTETS, "SEARCHGW body");
        return new SearchGw(body.readUnsignedByte());
    }

    @Override
    public MessageType type() {
        return MessageType.SEARCHGW;
    }

    @Override
    public int bodyLength() {
        return BODY_OCTETS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(radius);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onSearchGw(this);
    }
}
