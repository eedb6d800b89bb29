package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Answers UNSUBSCRIBE (1.2 §5.4.18).
 *
 * <pre>Length MsgType | MsgId(2)</pre>
 *
 * @param msgId as in the UNSUBSCRIBE, 0 to 65535
 */
public record UnsubAck(int msgId) implements Packet {
    private static final int BODY_OCTETS = 2;

    /** @throws IllegalArgumentException if the id is no uint16 */
    public UnsubAck {
        Fields.uint16(msgId, "msgId");
    }

    /** @throws MalformedPacketException if the body is not two octets */
    static UnsubAck readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, BODY_OCTETS, "UNSUBACK body");
        return new UnsubAck(body.readUnsignedShort());
    }

    @Override
    public MessageType type() {
        return MessageType.UNSUBACK;
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
        handler.onUnsubAck(this);
    }
}
