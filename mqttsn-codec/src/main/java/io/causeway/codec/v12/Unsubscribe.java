package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Ends a subscription (1.2 §5.4.17).
 *
 * <pre>Length MsgType | Flags(1: TopicIdType) MsgId(2) TopicName(n) or TopicId(2)</pre>
 *
 * @param msgId 0 to 65535
 * @param topic its type is the TopicIdType
 */
public record Unsubscribe(int msgId, Topic topic) implements Packet {
    private static final int FIXED_OCTETS = 3;

    /** @throws IllegalArgumentException if the id is no uint16 */
    public Unsubscribe {
        Fields.uint16(msgId, "msgId");
    }

    /** @throws MalformedPacketException if the body is cut short, or TopicIdType or topic are malformed */
    static Unsubscribe readBody(ByteBuf body, Leniency leniency) throws MalformedPacketException {
        Fields.requireAtLeast(body, FIXED_OCTETS, "UNSUBSCRIBE body");
        int flags = body.readUnsignedByte();
        return new Unsubscribe(body.readUnsignedShort(), Topic.read(body, Flags.topicIdType(flags), leniency));
    }

    @Override
    public MessageType type() {
        return MessageType.UNSUBSCRIBE;
    }

    @Override
    public int bodyLength() {
        return FIXED_OCTETS + topic.octets();
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(Flags.topicIdType(topic.idType())).writeShort(msgId);
        topic.writeTo(out);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onUnsubscribe(this);
    }
}
