package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Sets up a connection (1.2 §5.4.4). Any ProtocolId and any client id, also an empty one, can be read, because a
 * gateway answers those it does not take.
 *
 * <pre>Length MsgType | Flags(1: Will, CleanSession) ProtocolId(1) Duration(2) ClientId(n)</pre>
 *
 * @param will            the client has a will and wants to be asked for it
 * @param cleanSession    subscriptions and will of an earlier connection are to be deleted
 * @param protocolId      0 to 255; {@link #PROTOCOL_ID} is the only one that is not reserved
 * @param durationSeconds keep alive, 0 to 65535
 * @param clientId        1 to 23 characters by the specification, any number here
 */
public record Connect(boolean will, boolean cleanSession, int protocolId, int durationSeconds, String clientId)
        implements Packet {
    /** MQTT-SN 1.2 (1.2 §5.3.8). */
    public static final int PROTOCOL_ID = 0x01;

    private static final int FIXED_OCTETS = 4;

    /** @throws IllegalArgumentException if a number is out of its range or the client id cannot be UTF-8 */
    public Connect {
        Fields.uint8(protocolId, "protocolId");
        Fields.uint16(durationSeconds, "durationSeconds");
        Fields.text(clientId, "clientId");
    }

    /** @throws MalformedPacketException if the body is less than four octets or the client id is not UTF-8 */
    static Connect readBody(ByteBuf body, Leniency leniency) throws MalformedPacketException {
        Fields.requireAtLeast(body, FIXED_OCTETS, "CONNECT body");
        int flags = body.readUnsignedByte();
        return new Connect(
                Flags.isWill(flags),
                Flags.isCleanSession(flags),
                body.readUnsignedByte(),
                body.readUnsignedShort(),
                Fields.readText(body, "ClientId", leniency));
    }

    @Override
    public MessageType type() {
        return MessageType.CONNECT;
    }

    @Override
    public int bodyLength() {
        return FIXED_OCTETS + Fields.textOctets(clientId);
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(Flags.will(will) | Flags.cleanSession(cleanSession))
                .writeByte(protocolId)
                .writeShort(durationSeconds);
        Fields.writeText(out, clientId);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onConnect(this);
    }
}
