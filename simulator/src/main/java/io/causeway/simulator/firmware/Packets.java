package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** Packets with one thing changed. */
final class Packets {
    /** The first octet of a long header (1.2 §5.2.1). */
    private static final int LONG_FORM = 0x01;

    private static final int SHORT_HEADER_OCTETS = 2;
    private static final int LONG_HEADER_OCTETS = 4;

    private Packets() {}

    static Connect withDuration(Connect connect, Duration keepAlive) {
        return new Connect(
                connect.will(),
                connect.cleanSession(),
                connect.protocolId(),
                (int) keepAlive.toSeconds(),
                connect.clientId());
    }

    static Connect withWill(Connect connect, boolean will) {
        return new Connect(
                will, connect.cleanSession(), connect.protocolId(), connect.durationSeconds(), connect.clientId());
    }

    static Publish withDup(Publish publish) {
        return new Publish(
                true,
                publish.qos(),
                publish.retain(),
                publish.topicIdType(),
                publish.topicId(),
                publish.msgId(),
                publish.data());
    }

    static Publish withMsgId(Publish publish, int msgId) {
        return new Publish(
                publish.dup(),
                publish.qos(),
                publish.retain(),
                publish.topicIdType(),
                publish.topicId(),
                msgId,
                publish.data());
    }

    static PubAck withReturnCode(PubAck pubAck, ReturnCode returnCode) {
        return new PubAck(pubAck.topicId(), pubAck.msgId(), returnCode);
    }

    /** Where the body of a datagram begins. */
    static int bodyIndex(ByteBuf datagram, int start) {
        return start + (datagram.getByte(start) == LONG_FORM ? LONG_HEADER_OCTETS : SHORT_HEADER_OCTETS);
    }
}
