package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

import static io.causeway.radio.xbee.frame.Fields.requireOctets;
import static io.causeway.radio.xbee.frame.Fields.uint16;
import static io.causeway.radio.xbee.frame.Fields.uint8;

/**
 * A node says who it is: its button was pressed, it joined, or it was switched on.
 *
 * <pre>95 | Sender64(8) Sender16(2) Options(1) Remote16(2) Remote64(8) Name(n) 00 Parent16(2) DeviceType(1)
 * SourceEvent(1) Profile(2) Manufacturer(2) More(n)</pre>
 *
 * @param sender64     the 64-bit address of who passed it on
 * @param sender16     the 16-bit address of who passed it on
 * @param options      as in {@link ReceivePacket}
 * @param remote16     the 16-bit address of the node now
 * @param remote64     the 64-bit address of the node
 * @param name         as it was given by NI, without a NUL
 * @param parent16     the 16-bit address of its parent, or {@link RadioAddresses#UNKNOWN_16}
 * @param deviceType   0 coordinator, 1 router, 2 end device
 * @param sourceEvent  1 button, 2 joined, 3 switched on
 * @param profile      C105
 * @param manufacturer 101E
 * @param more         device id and signal strength, where the radio was asked for them by NO
 */
public record NodeIdentification(
        long sender64,
        int sender16,
        int options,
        int remote16,
        long remote64,
        String name,
        int parent16,
        int deviceType,
        int sourceEvent,
        int profile,
        int manufacturer,
        Octets more)
        implements RadioFrame {
    static final int TYPE = 0x95;

    private static final int OCTETS_BEFORE_NAME = 21;
    private static final int OCTETS_AFTER_NAME = 8;

    /** @throws IllegalArgumentException if a value does not fit its field: a bug of the caller */
    public NodeIdentification {
        uint16(sender16, "sender16");
        uint8(options, "options");
        uint16(remote16, "remote16");
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name has no NUL");
        }
        uint16(parent16, "parent16");
        uint8(deviceType, "deviceType");
        uint8(sourceEvent, "sourceEvent");
        uint16(profile, "profile");
        uint16(manufacturer, "manufacturer");
    }

    static NodeIdentification read(ByteBuf data) throws MalformedFrameException {
        requireOctets(data, OCTETS_BEFORE_NAME);
        long sender64 = data.readLong();
        int sender16 = data.readUnsignedShort();
        int options = data.readUnsignedByte();
        int remote16 = data.readUnsignedShort();
        long remote64 = data.readLong();
        String name = readName(data);
        requireOctets(data, OCTETS_AFTER_NAME);
        return new NodeIdentification(
                sender64,
                sender16,
                options,
                remote16,
                remote64,
                name,
                data.readUnsignedShort(),
                data.readUnsignedByte(),
                data.readUnsignedByte(),
                data.readUnsignedShort(),
                data.readUnsignedShort(),
                Octets.read(data));
    }

    /** In Latin-1, so that any octets make a name and come back the same. */
    private static String readName(ByteBuf data) throws MalformedFrameException {
        int length = data.bytesBefore((byte) 0);
        if (length < 0) {
            throw new MalformedFrameException("the name does not end");
        }
        String name = data.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
        data.skipBytes(1);
        return name;
    }

    @Override
    public void writeData(ByteBuf out) {
        out.writeByte(TYPE);
        out.writeLong(sender64);
        out.writeShort(sender16);
        out.writeByte(options);
        out.writeShort(remote16);
        out.writeLong(remote64);
        out.writeCharSequence(name, StandardCharsets.ISO_8859_1);
        out.writeByte(0);
        out.writeShort(parent16);
        out.writeByte(deviceType);
        out.writeByte(sourceEvent);
        out.writeShort(profile);
        out.writeShort(manufacturer);
        more.writeTo(out);
    }

    @Override
    public void accept(RadioFrameHandler handler) {
        handler.onNodeIdentification(this);
    }
}
