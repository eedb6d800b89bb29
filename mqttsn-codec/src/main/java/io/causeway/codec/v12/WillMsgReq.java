package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Asks a client for the message of its will (1.2 §5.4.8).
 *
 * <pre>Length MsgType</pre>
 */
public record WillMsgReq() implements Packet {

    /** @throws MalformedPacketException if there is a body */
    static WillMsgReq readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, 0, "WILLMSGREQ body");
        return new WillMsgReq();
    }

    @Override
    public MessageType type() {
        return MessageType.WILLMSGREQ;
    }

    @Override
    public int bodyLength() {
        return 0;
    }

    @Override
    public void writeBody(ByteBuf out) {}

    @Override
    public void accept(PacketHandler handler) {
        handler.onWillMsgReq(this);
    }
}
