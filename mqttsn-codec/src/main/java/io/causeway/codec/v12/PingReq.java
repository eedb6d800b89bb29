package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Asks for a sign of life, or wakes a sleeping client's messages (1.2 §5.4.19).
 *
 * <pre>Length MsgType | ClientId(n), optional</pre>
 *
 * @param clientId of a sleeping client that is awake now; "" is absent
 */
public record PingReq(String clientId) implements Packet {

    /** @throws IllegalArgumentException if the client id cannot be UTF-8 */
    public PingReq {
        Fields.text(clientId, "clientId");
    }

    /** @throws MalformedPacketException if the client id is not UTF-8 */
    static PingReq readBody(ByteBuf body, Leniency leniency) throws MalformedPacketException {
        return new PingReq(Fields.readText(body, "ClientId", leniency));
    }

    @Override
    public MessageType type() {
        return MessageType.PINGREQ;
    }

    @Override
    public int bodyLength() {
        return Fields.textOctets(clientId);
    }

    @Override
    public void writeBody(ByteBuf out) {
        Fields.writeText(out, clientId);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onPingReq(this);
    }
}
