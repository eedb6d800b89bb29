package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Answers SUBSCRIBE (1.2 §5.4.16).
 *
 * <pre>Length MsgType | Flags(1: QoS) TopicId(2) MsgId(2) ReturnCode(1)</pre>
 *
 * @param qos        the QoS granted; {@link Qos#MINUS_ONE} can be read, but is nothing to be granted
 * @param topicId    what the PUBLISH messages will carry, 0 to 65535; 0 if the topic has wildcards
 * @param msgId      as in the SUBSCRIBE, 0 to 65535
 * @param returnCode accepted, or the reason for the rejection
 */
public record SubAck(Qos qos, int topicId, int msgId, ReturnCode returnCode) implements Packet {
    private static final int BODY_OCTETS = 6;

    /** @throws IllegalArgumentException if an id is no uint16 */
    public SubAck {
        Fields.uint16(topicId, "topicId");
        Fields.uint16(msgId, "msgId");
    }

    /** @throws MalformedPacketException if the body is not six octets or its return code is reserved */
    static SubAck readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, BODY_OCTETS, "SUBACK body");
        return new SubAck(
                Flags.qos(body.readUnsignedByte()),
                body.readUnsignedShort(),
                body.readUnsignedShort(),
                ReturnCode.of(body.readUnsignedByte()));
    }

    @Override
    public MessageType type() {
        return MessageType.SUBACK;
    }

    @Override
    public int bodyLength() {
        return BODY_OCTETS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(Flags.qos(qos)).writeShort(topicId).writeShort(msgId).writeByte(returnCode.wireValue());
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onSubAck(this);
    }
}
