package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Asks for the messages of a topic (1.2 §5.4.15).
 *
 * <pre>Length MsgType | Flags(1: DUP, QoS, TopicIdType) MsgId(2) TopicName(n) or TopicId(2)</pre>
 *
 * @param dup   sent before
 * @param qos   the highest QoS wanted; {@link Qos#MINUS_ONE} can be read, but is nothing to be granted
 * @param msgId 0 to 65535
 * @param topic its type is the TopicIdType
 */
public record Subscribe(boolean dup, Qos qos, int msgId, Topic topic) implements Packet {
    private static final int FIXED_OCTETS = 3;

    /** @throws IllegalArgumentException if the id is no uint16 */
    public Subscribe {
        Fields.uint16(msgId, "msgId");
    }

    /** @throws MalformedPacketException if the body is cut short, or TopicIdType or topic are malformed */
    static Subscribe readBody(ByteBuf body, Leniency leniency) throws MalformedPacketException {
        Fields.requireAtLeast(body, FIXED_OCTETS, "SUBSCRIBE body");
        int flags = body.readUnsignedByte();
        return new Subscribe(
                Flags.isDup(flags),
                Flags.qos(flags),
                body.readUnsignedShort(),
                Topic.read(body, Flags.topicIdType(flags), leniency));
    }

    @Override
    public MessageType type() {
        return MessageType.SUBSCRIBE;
    }

    @Override
    public int bodyLength() {
        return FIXED_OCTETS + topic.octets();
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(Flags.dup(dup) | Flags.qos(qos) | Flags.topicIdType(topic.idType()))
                .writeShort(msgId);
        topic.writeTo(out);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onSubscribe(this);
    }
}
