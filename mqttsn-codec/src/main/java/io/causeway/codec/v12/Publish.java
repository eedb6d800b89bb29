package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.netty.buffer.ByteBuf;

/**
 * Application data for a topic, in either direction (1.2 §5.4.12).
 *
 * <pre>Length MsgType | Flags(1: DUP, QoS, Retain, TopicIdType) TopicId(2) MsgId(2) Data(n)</pre>
 *
 * @param dup         sent before
 * @param qos         {@link Qos#MINUS_ONE} only from a client
 * @param retain      as in MQTT
 * @param topicIdType what {@code topicId} is
 * @param topicId     0 to 65535; of a short topic its two octets, most significant first, see
 *                    {@link Topic.Short#toName}, not checked here
 * @param msgId       0 to 65535; of no meaning at QoS 0 and -1, where it is kept as read, but written as 0
 * @param data        may be empty
 */
public record Publish(
        boolean dup, Qos qos, boolean retain, TopicIdType topicIdType, int topicId, int msgId, Octets data)
        implements Packet {
    private static final int FIXED_OCTETS = 5;
    private static final int NO_MSG_ID = 0;

    /** @throws IllegalArgumentException if an id is no uint16 */
    public Publish {
        Fields.uint16(topicId, "topicId");
        Fields.uint16(msgId, "msgId");
    }

    /** @throws MalformedPacketException if the body is less than five octets or its TopicIdType is reserved */
    static Publish readBody(ByteBuf body) throws MalformedPacketException {
        Fields.requireAtLeast(body, FIXED_OCTETS, "PUBLISH body");
        int flags = body.readUnsignedByte();
        return new Publish(
                Flags.isDup(flags),
                Flags.qos(flags),
                Flags.isRetain(flags),
                Flags.topicIdType(flags),
                body.readUnsignedShort(),
                body.readUnsignedShort(),
                Octets.copyOf(body));
    }

    @Override
    public MessageType type() {
        return MessageType.PUBLISH;
    }

    @Override
    public int bodyLength() {
        return FIXED_OCTETS + data.length();
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeByte(Flags.dup(dup) | Flags.qos(qos) | Flags.retain(retain) | Flags.topicIdType(topicIdType))
                .writeShort(topicId)
                .writeShort(qos.isAcknowledged() ? msgId : NO_MSG_ID);
        data.writeTo(out);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onPublish(this);
    }
}
