package io.causeway.benchmarks.broker;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** MQTT 3.1.1 packets as a client of the load needs them, written and found without an object per packet. */
final class Wire {
    /** Packet types, as in the upper four bits of a packet's first octet. */
    static final int CONNACK = 2;

    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;

    /** Of {@link #openPacket}: the packet is not there as a whole yet. */
    static final int INCOMPLETE = -1;

    private static final int CONNECT = 0x10;
    private static final int SUBSCRIBE = 0x82;
    private static final int DISCONNECT = 0xE0;
    private static final int TYPE_SHIFT = 4;
    private static final int RESERVED_FLAGS_OF_PUBREL = 0x02;
    private static final int QOS_SHIFT = 1;
    private static final int QOS_MASK = 0x03;
    private static final int RETAIN = 0x01;

    private static final byte PROTOCOL_LEVEL = 4;
    private static final byte CLEAN_SESSION = 0x02;

    /** Longer than any row takes, so that nobody has to send PINGREQ, and not 0, so that the broker has to watch. */
    private static final short KEEP_ALIVE_SECONDS = 3_600;

    /** Protocol name, level, flags, keep alive. */
    private static final int CONNECT_HEADER_OCTETS = 10;

    private static final int ID_OCTETS = 2;
    private static final int STRING_LENGTH_OCTETS = 2;
    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7F;
    private static final int BITS_PER_LENGTH_OCTET = 7;

    private Wire() {}

    /** Clean session, no will, no credentials. */
    static void writeConnect(ByteBuf out, String clientId) {
        byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
        out.writeByte(CONNECT);
        writeLength(out, CONNECT_HEADER_OCTETS + STRING_LENGTH_OCTETS + id.length);
        writeString(out, "MQTT".getBytes(StandardCharsets.UTF_8));
        out.writeByte(PROTOCOL_LEVEL).writeByte(CLEAN_SESSION).writeShort(KEEP_ALIVE_SECONDS);
        writeString(out, id);
    }

    static void writeSubscribe(ByteBuf out, int packetId, String filter, int qos) {
        byte[] octets = filter.getBytes(StandardCharsets.UTF_8);
        out.writeByte(SUBSCRIBE);
        writeLength(out, ID_OCTETS + STRING_LENGTH_OCTETS + octets.length + 1);
        out.writeShort(packetId);
        writeString(out, octets);
        out.writeByte(qos);
    }

    /**
     * @param packetId not written at QoS 0
     * @param payload  lent; its indices stay
     */
    static void writePublish(ByteBuf out, byte[] topic, int qos, boolean retain, int packetId, ByteBuf payload) {
        int idOctets = qos == 0 ? 0 : ID_OCTETS;
        out.writeByte((PUBLISH << TYPE_SHIFT) | (qos << QOS_SHIFT) | (retain ? RETAIN : 0));
        writeLength(out, STRING_LENGTH_OCTETS + topic.length + idOctets + payload.readableBytes());
        writeString(out, topic);
        if (qos > 0) {
            out.writeShort(packetId);
        }
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    /** @param type PUBACK, PUBREC, PUBREL or PUBCOMP */
    static void writeAcknowledgement(ByteBuf out, int type, int packetId) {
        out.writeByte((type << TYPE_SHIFT) | (type == PUBREL ? RESERVED_FLAGS_OF_PUBREL : 0));
        out.writeByte(ID_OCTETS);
        out.writeShort(packetId);
    }

    static void writeDisconnect(ByteBuf out) {
        out.writeByte(DISCONNECT).writeByte(0);
    }

    /**
     * Goes to the body of the packet that begins at the reader index; stays there if the packet is {@link #INCOMPLETE}.
     *
     * @return the index where the packet ends
     */
    static int openPacket(ByteBuf in) {
        int start = in.readerIndex();
        int length = 0;
        int shift = 0;
        for (int index = start + 1; index < in.writerIndex(); index++) {
            int octet = in.getUnsignedByte(index);
            length |= (octet & SEVEN_BITS) << shift;
            shift += BITS_PER_LENGTH_OCTET;
            if ((octet & MORE) == 0) {
                int end = index + 1 + length;
                if (end > in.writerIndex()) {
                    return INCOMPLETE;
                }
                in.readerIndex(index + 1);
                return end;
            }
        }
        return INCOMPLETE;
    }

    /** @param first the packet's first octet */
    static int typeOf(int first) {
        return first >> TYPE_SHIFT;
    }

    /** @param first a PUBLISH's first octet */
    static int qosOf(int first) {
        return (first >> QOS_SHIFT) & QOS_MASK;
    }

    private static void writeLength(ByteBuf out, int length) {
        int rest = length;
        while (rest > SEVEN_BITS) {
            out.writeByte((rest & SEVEN_BITS) | MORE);
            rest >>>= BITS_PER_LENGTH_OCTET;
        }
        out.writeByte(rest);
    }

    private static void writeString(ByteBuf out, byte[] octets) {
        out.writeShort(octets.length);
        out.writeBytes(octets);
    }
}
