package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.netty.buffer.ByteBuf;

/**
 * Answers SEARCHGW: by a gateway about itself, or by a client about a gateway it knows (1.2 §5.4.3).
 *
 * <pre>Length MsgType | GwId(1) GwAdd(n)</pre>
 *
 * @param gwId  the gateway, 0 to 255
 * @param gwAdd its address in the form of the network; empty when the gateway itself answers
 */
public record GwInfo(int gwId, Octets gwAdd) implements Packet {
    private static final int FIXED_OCTETS = 1;

    /** @throws IllegalArgumentException if the id is out of its range */
    public GwInfo {
        Fields.uint8(gwId, "gwId");
    }

    /** @throws MalformedPacketException if the body is empty */
    static GwInfo readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireAtLeast(body, FIXED_OCTETS, "GWINFO body");
        return new GwInfo(body.readUnsignedByte(), Octets.copyOf(body));
    }

    @Override
    public MessageType type() {
        return MessageType.GWINFO;
    }

    @Override
    public int bodyLength() {
        return FIXED_OCTETS + gwAdd.length();
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(gwId);
        gwAdd.writeTo(out);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onGwInfo(this);
    }
}
