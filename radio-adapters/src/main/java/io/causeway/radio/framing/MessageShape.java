package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;

/**
 * What tells an MQTT-SN 1.2 message from noise: a length that is possible for its type, and a type that its sender uses.
 *
 * @param sender          whose messages these are
 * @param encapsulation   whether they are in envelopes
 * @param maxPacketOctets the longest message, with its envelope
 */
record MessageShape(Sender sender, Encapsulation encapsulation, int maxPacketOctets) {
    /** More octets are needed to tell. */
    static final int UNDECIDED = 0;

    /** No message begins here. */
    static final int NO_MESSAGE = -1;

    static final int ENCAPSULATED = 0xFE;
    private static final int CONNECT = 0x04;
    private static final int DISCONNECT = 0x18;

    /** Of CONNECT, from the type octet on. */
    private static final int PROTOCOL_ID_OFFSET = 2;

    private static final int PROTOCOL_ID = 0x01;
    private static final int CR_LF = 0x0D0A;
    private static final int LONG_LENGTH = 0x01;
    private static final int SHORT_HEADER_OCTETS = 2;
    private static final int LONG_HEADER_OCTETS = 4;
    private static final int LEAST_ENVELOPE_OCTETS = 3;

    /** More than any address that a forwarder could have for a node: each octet allowed is one more to mistake. */
    private static final int MOST_ENVELOPE_OCTETS = LEAST_ENVELOPE_OCTETS + 32;

    /** With so many it is decided whether a message begins there. */
    static final int MOST_HEADER_OCTETS = MOST_ENVELOPE_OCTETS + LONG_HEADER_OCTETS;

    /**
     * @param in    from {@code index} to its writer index, what is there of a message
     * @return its octets, with its envelope; or {@link #UNDECIDED}, or {@link #NO_MESSAGE}
     */
    int octetsAt(ByteBuf in, int index) {
        int available = in.writerIndex() - index;
        if (available < 1) {
            return UNDECIDED;
        }
        if (in.getByte(index) != 0 && available < SHORT_HEADER_OCTETS) {
            return UNDECIDED;
        }
        if (in.getByte(index) == 0) {
            return NO_MESSAGE;
        }
        if (isEnvelope(in, index)) {
            return encapsulation == Encapsulation.NEVER ? NO_MESSAGE : envelopedOctets(in, index);
        }
        return encapsulation == Encapsulation.ALWAYS ? NO_MESSAGE : plainOctets(in, index, maxPacketOctets);
    }

    private static boolean isEnvelope(ByteBuf in, int index) {
        return in.getUnsignedByte(index) >= LEAST_ENVELOPE_OCTETS && in.getUnsignedByte(index + 1) == ENCAPSULATED;
    }

    private int envelopedOctets(ByteBuf in, int index) {
        int envelopeOctets = in.getUnsignedByte(index);
        if (envelopeOctets > MOST_ENVELOPE_OCTETS) {
            return NO_MESSAGE;
        }
        int octets = plainOctets(in, index + envelopeOctets, maxPacketOctets - envelopeOctets);
        return octets > 0 ? envelopeOctets + octets : octets;
    }

    private int plainOctets(ByteBuf in, int index, int mostOctets) {
        int available = in.writerIndex() - index;
        if (available < SHORT_HEADER_OCTETS) {
            return UNDECIDED;
        }
        boolean isLong = in.getByte(index) == LONG_LENGTH;
        if (isLong && available < LONG_HEADER_OCTETS) {
            return UNDECIDED;
        }
        int headerOctets = isLong ? LONG_HEADER_OCTETS : SHORT_HEADER_OCTETS;
        int octets = isLong ? in.getUnsignedShort(index + 1) : in.getUnsignedByte(index);
        int typeIndex = index + headerOctets - 1;
        if (octets > mostOctets || !fits(in.getUnsignedByte(typeIndex), octets - headerOctets)) {
            return NO_MESSAGE;
        }
        return isOtherProtocol(in, typeIndex) || isLineOfText(in, index) ? NO_MESSAGE : octets;
    }

    /** A CONNECT tells by one more octet whether it is one. */
    private static boolean isOtherProtocol(ByteBuf in, int typeIndex) {
        int protocolId = typeIndex + PROTOCOL_ID_OFFSET;
        return in.getUnsignedByte(typeIndex) == CONNECT
                && protocolId < in.writerIndex()
                && in.getByte(protocolId) != PROTOCOL_ID;
    }

    /**
     * CR LF is also a REGISTER of 13 octets, and devices that print what they do are common. A client has no topic id to
     * put into a REGISTER (1.2 §5.4.9), a gateway prints no text.
     */
    private boolean isLineOfText(ByteBuf in, int index) {
        int topicId = index + SHORT_HEADER_OCTETS;
        return sender == Sender.CLIENT
                && in.getShort(index) == CR_LF
                && topicId < in.writerIndex()
                && in.getByte(topicId) != 0;
    }

    /** Whether a message of this type, from either sender, can have a body of this size (1.2 §5.4). */
    private static boolean fits(int type, int bodyOctets) {
        return switch (type) {
            case 0x06, 0x08, 0x17 -> bodyOctets == 0; // WILLTOPICREQ, WILLMSGREQ, PINGRESP
            case 0x01, 0x05, 0x1B, 0x1D -> bodyOctets == 1; // SEARCHGW, CONNACK, WILLTOPICRESP, WILLMSGRESP
            case 0x0E, 0x0F, 0x10, 0x15 -> bodyOctets == 2; // PUBCOMP, PUBREC, PUBREL, UNSUBACK
            case 0x00 -> bodyOctets == 3; // ADVERTISE
            case 0x0B, 0x0D -> bodyOctets == 5; // REGACK, PUBACK
            case 0x13 -> bodyOctets == 6; // SUBACK
            case DISCONNECT -> bodyOctets == 0 || bodyOctets == 2;
            case 0x07, 0x09, 0x16, 0x1A, 0x1C -> bodyOctets >= 0; // WILLTOPIC, WILLMSG, PINGREQ, ...UPD
            case 0x02 -> bodyOctets >= 1; // GWINFO
            case CONNECT, 0x12, 0x14 -> bodyOctets >= 4; // SUBSCRIBE, UNSUBSCRIBE
            case 0x0A, 0x0C -> bodyOctets >= 5; // REGISTER, PUBLISH
            default -> false;
        };
    }

    /** Whether a whole message is one that only the other end sends, so that this is an echo. */
    boolean isEcho(ByteBuf in, int index) {
        int inner = isEnvelope(in, index) ? index + in.getUnsignedByte(index) : index;
        int headerOctets = in.getByte(inner) == LONG_LENGTH ? LONG_HEADER_OCTETS : SHORT_HEADER_OCTETS;
        int type = in.getUnsignedByte(inner + headerOctets - 1);
        return sender == Sender.CLIENT ? isOnlyOfGateways(type) : isOnlyOfClients(type);
    }

    private static boolean isOnlyOfGateways(int type) {
        return switch (type) {
            case 0x00, 0x05, 0x06, 0x08, 0x13, 0x15, 0x1B, 0x1D -> true;
            default -> false;
        };
    }

    private static boolean isOnlyOfClients(int type) {
        return switch (type) {
            case 0x01, CONNECT, 0x07, 0x09, 0x12, 0x14, 0x1A, 0x1C -> true;
            default -> false;
        };
    }
}
