package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Asks a client for topic, QoS and Retain of its will (1.2 §5.4.6).
 *
 * <pre>Length MsgType</pre>
 */
public record WillTopicReq() implements Packet {

    /** @throws MalformedPacketException if there is a body */
    static WillTopicReq readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, 0, "WILLTOPICREQ body");
        return new WillTopicReq();
    }

    @Override
    public MessageType type() {
        return MessageType.WILLTOPICREQ;
    }

    @Override
    public int bodyLength() {
        return 0;
    }

    @Override
    public void writeBody(ByteBuf out) {}

    @Override
    public void accept(PacketHandler handler) {
        handler.onWillTopicReq(this);
    }
}
