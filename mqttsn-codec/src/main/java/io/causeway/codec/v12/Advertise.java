package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Broadcast by a gateway from time to time to make itself known (1.2 §5.4.1).
 *
 * <pre>Length MsgType | GwId(1) Duration(2)</pre>
 *
 * @param gwId            the gateway, 0 to 255
 * @param durationSeconds until the next ADVERTISE, 0 to 65535
 */
public record Advertise(int gwId, int durationSeconds) implements Packet {
    private static final int BODY_OCTETS = 3;

    /** @throws IllegalArgumentException if a field is out of its range */
    public Advertise {
        Fields.uint8(gwId, "gwId");
        Fields.uint16(durationSeconds, "durationSeconds");
    }

    /** @throws MalformedPacketException if the body is not three octets */
    static Advertise readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireOctets(body, BODY_OCTETS, "ADVERTISE body");
        return new Advertise(body.readUnsignedByte(), body.readUnsignedShort());
    }

    @Override
    public MessageType type() {
        return MessageType.ADVERTISE;
    }

    @Override
    public int bodyLength() {
        return BODY_OCTETS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(gwId).writeShort(durationSeconds);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onAdvertise(this);
    }
}
