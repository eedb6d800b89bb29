package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Answers PINGREQ, and tells a client that was awake that nothing is left for it (1.2 §5.4.20).
 *
 * <pre>Length MsgType</pre>
 */
public record PingResp() implements Packet {

    /** @throws MalformedPacketException if there is a body */
    static PingResp readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, 0, "PINGRESP body");
        return new PingResp();
    }

    @Override
    public MessageType type() {
        return MessageType.PINGRESP;
    }

    @Override
    public int bodyLength() {
        return 0;
    }

    @Override
    public void writeBody(ByteBuf out) {}

    @Override
    public void accept(PacketHandler handler) {
        handler.onPingResp(this);
    }
}
