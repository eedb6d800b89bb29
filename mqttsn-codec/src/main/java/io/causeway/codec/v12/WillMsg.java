package io.causeway.codec.v12;

import io.causeway.codec.Octets;
import io.netty.buffer.ByteBuf;

/**
 * Answers WILLMSGREQ with the message of the will (1.2 §5.4.9).
 *
 * <pre>Length MsgType | WillMsg(n)</pre>
 *
 * @param willMsg what is published when the client is lost; may be empty
 */
public record WillMsg(Octets willMsg) implements Packet {

    static WillMsg readBody(ByteBuf body) {
        return new WillMsg(Octets.copyOf(body));
    }

    @Override
    public MessageType type() {
        return MessageType.WILLMSG;
    }

    @Override
    public int bodyLength() {
        return willMsg.length();
    }

    @Override
    public void writeBody(ByteBuf out) {
        willMsg.writeTo(out);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onWillMsg(this);
    }
}
