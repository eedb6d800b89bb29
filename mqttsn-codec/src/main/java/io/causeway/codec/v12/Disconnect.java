package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Ends a connection, confirms its end, or announces sleep (1.2 §5.4.21).
 *
 * <pre>Length MsgType | Duration(2), optional</pre>
 *
 * @param durationSeconds of the sleep, 0 to 65535, or {@link #NO_DURATION}
 */
public record Disconnect(int durationSeconds) implements Packet {
    /** The duration of a DISCONNECT of two octets. */
    public static final int NO_DURATION = -1;

    private static final Disconnect PLAIN = new Disconnect(NO_DURATION);
    private static final int DURATION_OCTETS = 2;

    /** @throws IllegalArgumentException if the duration is neither a uint16 nor {@link #NO_DURATION} */
    public Disconnect {
        if (durationSeconds != NO_DURATION) {
            Fields.uint16(durationSeconds, "durationSeconds");
        }
    }

    /** The form without Duration. */
    public static Disconnect plain() {
        return PLAIN;
    }

    /** @throws MalformedPacketException if the body is neither empty nor two octets */
    static Disconnect readBody(ByteBuf body) throws MalformedPacketException {
        if (!body.isReadable()) {
            return PLAIN;
        }
        Fields.requireOctets(body, DURATION_OCTETS, "DISCONNECT body");
        return new Disconnect(body.readUnsignedShort());
    }

    public boolean hasDuration() {
        return durationSeconds != NO_DURATION;
    }

    @Override
    public MessageType type() {
        return MessageType.DISCONNECT;
    }

    @Override
    public int bodyLength() {
        return hasDuration() ? DURATION_OCTETS : 0;
    }

    @Override
    public void writeBody(ByteBuf out) {
        if (hasDuration()) {
            out.writeShort(durationSeconds);
        }
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onDisconnect(this);
    }
}
