package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * Replaces topic, QoS and Retain of the will, or deletes the will when empty (1.2 §5.4.22). Laid out as
 * {@link WillTopic}.
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
public record WillTopicUpd(Qos qos, boolean retain, String willTopic) implements Packet {

    /** @throws IllegalArgumentException if the topic cannot be UTF-8, or there are flags without a topic */
    public WillTopicUpd {
        WillTopic.check(qos, retain, willTopic);
    }

    /** The form of two octets, which deletes the will. */
    public static WillTopicUpd empty() {
        return new WillTopicUpd(Qos.AT_MOST_ONCE, false, "");
    }

    /** @throws MalformedPacketException if the topic is not UTF-8, or there are flags without a topic */
    static WillTopicUpd readBody(ByteBuf body, Leniency leniency) throws MalformedPacketException {
        WillTopic read = WillTopic.readBody(body, leniency);
        return new WillTopicUpd(read.qos(), read.retain(), read.willTopic());
    }

    public boolean isEmpty() {
        return willTopic.isEmpty();
    }

    @Override
    public MessageType type() {
        return MessageType.WILLTOPICUPD;
    }

    @Override
    public int bodyLength() {
        return sameAsWillTopic().bodyLength();
    }

    @Override
    public void writeBody(ByteBuf out) {
        sameAsWillTopic().writeBody(out);
    }

    @Override
    public void accept(PacketHandler handler) {
        handler.onWillTopicUpd(this);
    }

    private WillTopic sameAsWillTopic() {
        return new WillTopic(qos, retain, willTopic);
    }
}
