package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The MsgType octet (1.2 §5.2.2), with the reader of each type's body and where its ids are in it. */
public enum MessageType {
    ADVERTISE(0x00, (body, leniency) -> Advertise.readBody(body)),
    SEARCHGW(0x01, (body, leniency) -> SearchGw.readBody(body)),
    GWINFO(0x02, (body, leniency) -> GwInfo.readBody(body)),
    CONNECT(0x04, Connect::readBody),
    CONNACK(0x05, (body, leniency) -> ConnAck.readBody(body)),
    WILLTOPICREQ(0x06, (body, leniency) -> WillTopicReq.readBody(body)),
    WILLTOPIC(0x07, WillTopic::readBody),
    WILLMSGREQ(0x08, (body, leniency) -> WillMsgReq.readBody(body)),
    WILLMSG(0x09, (body, leniency) -> WillMsg.readBody(body)),
    REGISTER(0x0A, Register::readBody, 0, 2),
    REGACK(0x0B, (body, leniency) -> RegAck.readBody(body), 0, 2),
    PUBLISH(0x0C, (body, leniency) -> Publish.readBody(body), 1, 3),
    PUBACK(0x0D, (body, leniency) -> PubAck.readBody(body), 0, 2),
    PUBCOMP(0x0E, (body, leniency) -> PubComp.readBody(body), MessageType.ABSENT, 0),
    PUBREC(0x0F, (body, leniency) -> PubRec.readBody(body), MessageType.ABSENT, 0),
    PUBREL(0x10, (body, leniency) -> PubRel.readBody(body), MessageType.ABSENT, 0),
    SUBSCRIBE(0x12, Subscribe::readBody, MessageType.ABSENT, 1),
    SUBACK(0x13, (body, leniency) -> SubAck.readBody(body), 1, 3),
    UNSUBSCRIBE(0x14, Unsubscribe::readBody, MessageType.ABSENT, 1),
    UNSUBACK(0x15, (body, leniency) -> UnsubAck.readBody(body), MessageType.ABSENT, 0),
    PINGREQ(0x16, PingReq::readBody),
    PINGRESP(0x17, (body, leniency) -> PingResp.readBody(body)),
    DISCONNECT(0x18, (body, leniency) -> Disconnect.readBody(body)),
    WILLTOPICUPD(0x1A, WillTopicUpd::readBody),
    WILLTOPICRESP(0x1B, (body, leniency) -> WillTopicResp.readBody(body)),
    WILLMSGUPD(0x1C, (body, leniency) -> WillMsgUpd.readBody(body)),
    WILLMSGRESP(0x1D, (body, leniency) -> WillMsgResp.readBody(body)),
    /** An envelope (1.2 §5.5): its Length ends before the message in it, so it is not read like the others. */
    ENCAPSULATED(0xFE, (body, leniency) -> {
        throw new IllegalStateException("an envelope is read with its Length");
    });

    private static final int ABSENT = -1;
    private static final int ID_OCTETS = 2;
    private static final @Nullable MessageType[] BY_WIRE_VALUE = new @Nullable MessageType[256];

    static {
        for (MessageType type : values()) {
            BY_WIRE_VALUE[type.wireValue] = type;
        }
    }

    private final int wireValue;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final BodyReader bodyReader;

    private final int topicIdOffset;
    private final int msgIdOffset;

    MessageType(int wireValue, BodyReader bodyReader) {
        this(wireValue, bodyReader, ABSENT, ABSENT);
    }

    MessageType(int wireValue, BodyReader bodyReader, int topicIdOffset, int msgIdOffset) {
        this.wireValue = wireValue;
        this.bodyReader = bodyReader;
        this.topicIdOffset = topicIdOffset;
        this.msgIdOffset = msgIdOffset;
    }

    /**
     * @param wireValue 0 to 255
     * @throws MalformedPacketException if the value is reserved
     */
    public static MessageType of(int wireValue) throws MalformedPacketException {
        MessageType type = BY_WIRE_VALUE[wireValue];
        if (type == null) {
            throw new MalformedPacketException("reserved MsgType " + wireValue)
                    .withContext(
                            wireValue, MalformedPacketException.UNKNOWN, MalformedPacketException.UNKNOWN_TOPIC_ID);
        }
        return type;
    }

    /** 0 to 255. */
    public int wireValue() {
        return wireValue;
    }

    /**
     * Reads a body of this type.
     *
     * @param in            what is behind the header
     * @param coveredOctets how much of it Length covers, not more than is there
     */
    Packet readBody(ByteBuf in, int coveredOctets, Leniency leniency) throws MalformedPacketException {
        int start = in.readerIndex();
        try {
            if (this == ENCAPSULATED) {
                return Encapsulated.readBody(in, coveredOctets, leniency);
            }
            Header.endAt(in, start + coveredOctets, leniency);
            return bodyReader.read(in, leniency);
        } catch (MalformedPacketException malformed) {
            throw malformed.withContext(
                    wireValue,
                    idAt(in, start, msgIdOffset, MalformedPacketException.UNKNOWN),
                    idAt(in, start, topicIdOffset, MalformedPacketException.UNKNOWN_TOPIC_ID));
        }
    }

    private static int idAt(ByteBuf in, int start, int offset, int otherwise) {
        boolean isThere = offset != ABSENT && start + offset + ID_OCTETS <= in.writerIndex();
        return isThere ? in.getUnsignedShort(start + offset) : otherwise;
    }

    @FunctionalInterface
    private interface BodyReader {
        Packet read(ByteBuf body, Leniency leniency) throws MalformedPacketException;
    }
}
