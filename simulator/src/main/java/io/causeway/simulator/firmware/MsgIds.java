package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;

/**
 * Lets a session, which gives its first packet the MsgId 1, begin elsewhere on the wire. A sensor that has lost its memory
 * begins anywhere, so that the gateway does not take its new messages for repetitions of old ones.
 *
 * @param shift 0 to 65,534 what is added to each MsgId that the sensor chooses
 */
public record MsgIds(int shift) {
    /** Begin with 1. */
    public static final MsgIds UNCHANGED = new MsgIds(0);

    /** MsgIds are 1 to this. */
    private static final int LAST = 0xFFFF;

    private static final int NONE = 0;

    /** @throws IllegalArgumentException if the shift is out of its range */
    public MsgIds {
        if (shift < 0 || shift >= LAST) {
            throw new IllegalArgumentException("MsgIds are shifted by 0 to 65,534, not " + shift);
        }
    }

    /** As it goes to the gateway. Answers keep the MsgId that the gateway has chosen. */
    public Packet outgoing(Packet packet) {
        if (shift == 0) {
            return packet;
        }
        if (packet instanceof Publish publish && publish.qos().isAcknowledged()) {
            return Packets.withMsgId(publish, shifted(publish.msgId()));
        }
        if (packet instanceof PubRel pubRel) {
            return new PubRel(shifted(pubRel.msgId()));
        }
        if (packet instanceof Register register) {
            return new Register(register.topicId(), shifted(register.msgId()), register.topicName());
        }
        if (packet instanceof Subscribe subscribe) {
            return new Subscribe(subscribe.dup(), subscribe.qos(), shifted(subscribe.msgId()), subscribe.topic());
        }
        return packet instanceof Unsubscribe unsubscribe
                ? new Unsubscribe(shifted(unsubscribe.msgId()), unsubscribe.topic())
                : packet;
    }

    /** As it comes to the session: answers have its own MsgId again. */
    public Packet incoming(Packet packet) {
        if (shift == 0) {
            return packet;
        }
        if (packet instanceof PubAck pubAck) {
            return new PubAck(pubAck.topicId(), original(pubAck.msgId()), pubAck.returnCode());
        }
        if (packet instanceof PubRec pubRec) {
            return new PubRec(original(pubRec.msgId()));
        }
        if (packet instanceof PubComp pubComp) {
            return new PubComp(original(pubComp.msgId()));
        }
        if (packet instanceof RegAck regAck) {
            return new RegAck(regAck.topicId(), original(regAck.msgId()), regAck.returnCode());
        }
        if (packet instanceof SubAck subAck) {
            return new SubAck(subAck.qos(), subAck.topicId(), original(subAck.msgId()), subAck.returnCode());
        }
        return packet instanceof UnsubAck unsubAck ? new UnsubAck(original(unsubAck.msgId())) : packet;
    }

    private int shifted(int msgId) {
        return (msgId - 1 + shift) % LAST + 1;
    }

    private int original(int msgId) {
        return msgId == NONE ? NONE : (msgId - 1 + LAST - shift) % LAST + 1;
    }
}
