package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Answers REGISTER (1.2 §5.4.11).
 *
 * <pre>Length MsgType | TopicId(2) MsgId(2) ReturnCode(1)</pre>
 *
 * @param topicId    what stands for the name from now on, 0 to 65535
 * @param msgId      as in the REGISTER, 0 to 65535
 * @param returnCode accepted, or the reason for the rejection
 */
public record RegAck(int topicId, int msgId, ReturnCode returnCode) implements Packet {
    private static final int BODY_OCTETS = 5;

    /** @throws IllegalArgumentException if an id is no uint16 */
    public RegAck {
        Fields.uint16(topicId, "topicId");
        Fields.uint16(msgId, "msgId");
    }

    /** @throws MalformedPacketException if the body is not five octets or its return code is reserved */
    static RegAck readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, BODY_OCTETS, "REGACK body");
        return new RegAck(body.readUnsignedShort(), body.readUnsignedShort(), ReturnCode.of(body.readUnsignedByte()));
    }

    @Override
    public MessageType type() {
        return MessageType.REGACK;
    }

    @Override
    public int bodyLength() {
        return BODY_OCTETS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeShort(topicId).writeShort(msgId).writeByte(returnCode.wireValue());
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onRegAck(this);
    }
}
