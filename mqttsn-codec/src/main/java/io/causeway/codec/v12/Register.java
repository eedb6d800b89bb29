package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Asks for a topic id for a name (client), or announces one (gateway) (1.2 §5.4.10).
 *
 * <pre>Length MsgType | TopicId(2) MsgId(2) TopicName(n)</pre>
 *
 * @param topicId   0 to 65535; the assigned id from a gateway, 0 and of no meaning from a client
 * @param msgId     0 to 65535
 * @param topicName at least one character; that it has no wildcard is not checked here
 */
public record Register(int topicId, int msgId, String topicName) implements Packet {
    private static final int FIXED_OCTETS = 4;

    /** @throws IllegalArgumentException if an id is no uint16, or the name is empty or cannot be UTF-8 */
    public Register {
        Fields.uint16(topicId, "topicId");
        Fields.uint16(msgId, "msgId");
        Fields.name(topicName, "topicName");
    }

    /** @throws MalformedPacketException if the body is less than four octets, or the name is empty or not UTF-8 */
    static Register readBody(ByteBuf body, Leniency leniency) throws MalformedPacketException {
        Fields.requireAtLeast(body, FIXED_OCTETS, "REGISTER body");
        return new Register(
                body.readUnsignedShort(), body.readUnsignedShort(), Fields.readName(body, "TopicName", leniency));
    }

    @Override
    public MessageType type() {
        return MessageType.REGISTER;
    }

    @Override
    public int bodyLength() {
        return FIXED_OCTETS + Fields.textOctets(topicName);
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeShort(topicId).writeShort(msgId);
        Fields.writeText(out, topicName);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onRegister(this);
    }
}
