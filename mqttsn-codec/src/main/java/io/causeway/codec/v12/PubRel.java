package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Answers PUBREC: the message id will be free (1.2 §5.4.14).
 *
 * <pre>Length MsgType | MsgId(2)</pre>
 *
 * @param msgId as in the PUBLISH, 0 to 65535
 */
public record PubRel(int msgId) implements Packet {
    private static final int BODY_OCTETS = 2;

    /** @throws IllegalArgumentException if the id is no uint16 */
    public PubRel {
        Fields.uint16(msgId, "msgId");
    }

    /** @throws MalformedPacketException if the body is not two octets */
    static PubRel readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, BODY_OCTETS, "PUBREL body");
        return new PubRel(body.readUnsignedShort());
    }

    @Override
    public MessageType type() {
        return MessageType.PUBREL;
    }

    @Override
    public int bodyLength() {
        return BODY_OCTETS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeShort(msgId);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onPubRel(this);
    }
}
