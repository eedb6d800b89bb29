package io.causeway.broker.differential;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a broker sends. Whatever a broker must not send is an {@link IllegalStateException}: the test fails. */
record PacketReader(Version version) {

    /** @throws IOException also at the end of the stream */
    Packet read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        byte[] octets = new byte[readLength(in)];
        in.readFully(octets);
        ByteBuf body = Unpooled.wrappedBuffer(octets);
        PacketType type = PacketType.of(first >> 4);
        Packet packet = read(type, first & 0x0F, body);
        if (body.isReadable()) {
            throw new IllegalStateException(packet + " has " + body.readableBytes() + " octets too many");
        }
        return packet;
    }

    private Packet read(PacketType type, int flags, ByteBuf body) {
        return switch (type) {
            case CONNACK -> Packet.connAck(body.readUnsignedByte() == 1, body.readUnsignedByte(), readProperties(body));
            case PUBLISH -> readPublish(flags, body);
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> readAcknowledgement(type, body);
            case SUBACK, UNSUBACK -> readReasons(type, body);
            case PINGRESP -> Packet.answer(type, 0, List.of(), Properties.NONE);
            case DISCONNECT, AUTH -> readReason(type, 0, body);
            default -> throw new IllegalStateException("a broker has sent " + type);
        };
    }

    private Packet readPublish(int flags, ByteBuf body) {
        int qos = (flags >> 1) & 3;
        String topic = readText(body);
        int id = qos > 0 ? body.readUnsignedShort() : 0;
        Properties properties = readProperties(body);
        String payload = body.readCharSequence(body.readableBytes(), StandardCharsets.UTF_8)
                .toString();
        return Packet.publish((flags & 8) != 0, qos, (flags & 1) != 0, id, topic, payload, properties);
    }

    private Packet readAcknowledgement(PacketType type, ByteBuf body) {
        return readReason(type, body.readUnsignedShort(), body);
    }

    private Packet readReasons(PacketType type, ByteBuf body) {
        int id = body.readUnsignedShort();
        Properties properties = readProperties(body);
        return Packet.answer(type, id, readOctets(body), properties);
    }

    /** Reason and properties may be left out if there is nothing to say. */
    private Packet readReason(PacketType type, int id, ByteBuf body) {
        if (!version.hasProperties()) {
            return Packet.answer(type, id, List.of(), Properties.NONE);
        }
        int reason = body.isReadable() ? body.readUnsignedByte() : 0;
        Properties properties = body.isReadable() ? readProperties(body) : Properties.NONE;
        return Packet.answer(type, id, List.of(reason), properties);
    }

    private Properties readProperties(ByteBuf in) {
        if (!version.hasProperties()) {
            return Properties.NONE;
        }
        ByteBuf body = in.readSlice(readVariable(in));
        Properties properties = Properties.NONE;
        while (body.isReadable()) {
            Property property = Property.of(readVariable(body));
            properties = properties.with(property, readValue(property, body));
        }
        return properties;
    }

    private static String readValue(Property property, ByteBuf in) {
        return switch (property.kind()) {
            case OCTET -> Integer.toString(in.readUnsignedByte());
            case TWO_OCTETS -> Integer.toString(in.readUnsignedShort());
            case FOUR_OCTETS -> Long.toString(in.readUnsignedInt());
            case VARIABLE -> Integer.toString(readVariable(in));
            case TEXT -> readText(in);
            case PAIR -> readText(in) + "=" + readText(in);
        };
    }

    private static List<Integer> readOctets(ByteBuf in) {
        List<Integer> octets = new ArrayList<>();
        while (in.isReadable()) {
            octets.add((int) in.readUnsignedByte());
        }
        return octets;
    }

    private static String readText(ByteBuf in) {
        return in.readCharSequence(in.readUnsignedShort(), StandardCharsets.UTF_8)
                .toString();
    }

    private static int readLength(DataInputStream in) throws IOException {
        int value = 0;
        int shift = 0;
        int octet;
        do {
            octet = in.readUnsignedByte();
            value |= (octet & 0x7F) << shift;
            shift += 7;
        } while (octet >= 0x80);
        return value;
    }

    private static int readVariable(ByteBuf in) {
        int value = 0;
        int shift = 0;
        int octet;
        do {
            octet = in.readUnsignedByte();
            value |= (octet & 0x7F) << shift;
            shift += 7;
        } while (octet >= 0x80);
        return value;
    }
}
