package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Answers CONNECT (1.2 §5.4.5).
 *
 * <pre>Length MsgType | ReturnCode(1)</pre>
 *
 * @param returnCode accepted, or the reason for the rejection
 */
public record ConnAck(ReturnCode returnCode) implements Packet {
    private static final int BODY_OCTETS = 1;

    /** @throws MalformedPacketException if the body is not one octet or its return code is reserved */
    static ConnAck readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, BODY_OCTETS, "CONNACK body");
        return new ConnAck(ReturnCode.of(body.readUnsignedByte()));
    }

    @Override
    public MessageType type() {
        return MessageType.CONNACK;
    }

    @Override
    public int bodyLength() {
        return BODY_OCTETS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(returnCode.wireValue());
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onConnAck(this);
    }
}
