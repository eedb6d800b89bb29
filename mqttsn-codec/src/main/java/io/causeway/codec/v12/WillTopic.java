package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Answers WILLTOPICREQ with topic, QoS and Retain of the will, or deletes the will when empty (1.2 §5.4.7).
 *
 * <pre>
 * Length MsgType | Flags(1: QoS, Retain) WillTopic(n)
 * Length MsgType
 * </pre>
 *
 * @param qos       of the will; {@link Qos#MINUS_ONE} can be read, but is nothing a will can have
 * @param retain    of the will
 * @param willTopic a topic name; "" only in the empty form, which has QoS 0 and no Retain
 */
public record WillTopic(Qos qos, boolean retain, String willTopic) implements Packet {
    private static final WillTopic EMPTY = new WillTopic(Qos.AT_MOST_ONCE, false, "");
    private static final int FLAGS_OCTETS = 1;

    /** @throws IllegalArgumentException if the topic cannot be UTF-8, or there are flags without a topic */
    public WillTopic {
        check(qos, retain, willTopic);
    }

    static void check(Qos qos, boolean retain, String willTopic) {
        Fields.text(willTopic, "willTopic");
        if (willTopic.isEmpty() && (qos != Qos.AT_MOST_ONCE || retain)) {
            throw new IllegalArgumentException("flags without a will topic");
        }
    }

    /** The form of two octets, which deletes the will. */
    public static WillTopic empty() {
        return EMPTY;
    }

    /** @throws MalformedPacketException if the topic is not UTF-8, or there are flags without a topic */
    static WillTopic readBody(ByteBuf body, Leniency leniency) throws MalformedPacketException {
        if (!body.isReadable()) {
            return EMPTY;
        }
        int flags = body.readUnsignedByte();
        return new WillTopic(Flags.qos(flags), Flags.isRetain(flags), Fields.readName(body, "WillTopic", leniency));
    }

    public boolean isEmpty() {
        return willTopic.isEmpty();
    }

    @Override
    public MessageType type() {
        return MessageType.WILLTOPIC;
    }

    @Override
    public int bodyLength() {
        return isEmpty() ? 0 : FLAGS_OCTETS + Fields.textOctets(willTopic);
    }

    @Override
    public void writeBody(ByteBuf out) {
        if (!isEmpty()) {
            out.writeByte(Flags.qos(qos) | Flags.retain(retain));
            Fields.writeText(out, willTopic);
        }
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onWillTopic(this);
    }
}
