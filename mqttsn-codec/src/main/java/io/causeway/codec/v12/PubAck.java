package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Accepts a PUBLISH of QoS 1, or rejects one of any QoS (1.2 §5.4.13).
 *
 * <pre>Length MsgType | TopicId(2) MsgId(2) ReturnCode(1)</pre>
 *
 * @param topicId    as in the PUBLISH, 0 to 65535
 * @param msgId      as in the PUBLISH, 0 to 65535; 0 if that PUBLISH had none
 * @param returnCode accepted, or the reason for the rejection
 */
public record PubAck(int topicId, int msgId, ReturnCode returnCode) implements Packet {
    private static final int BODY_OCTETS = 5;

    /** @throws IllegalArgumentException if an id is no uint16 */
    public PubAck {
        Fields.uint16(topicId, "topicId");
        Fields.uint16(msgId, "msgId");
    }

    /** @throws MalformedPacketException if the body is not five octets or its return code is reserved */
    static PubAck readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, BODY_OCTETS, "PUBACK body");
        return new PubAck(body.readUnsignedShort(), body.readUnsignedShort(), ReturnCode.of(body.readUnsignedByte()));
    }

    @Override
    public MessageType type() {
        return MessageType.PUBACK;
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
        handler.onPubAck(this);
    }
}
