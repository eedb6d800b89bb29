package io.causeway.dialect.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.MessageType;
import io.causeway.routing.Qos;
import io.causeway.session.Count;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.ReasonCode;
import io.causeway.session.Shard;

/**
 * Answers packets that could not be read but tell what they were meant to be: with "not supported", since the client
 * will not do better next time and would repeat them else. Strangers get an answer to CONNECT and to what belongs to it only.
 */
final class MalformedAnswers {
    private final Shard shard;
    private final Dialect.Ports ports;
    private final InboundPackets inbound;

    MalformedAnswers(Shard shard, Dialect.Ports ports, InboundPackets inbound) {
        this.shard = shard;
        this.ports = ports;
        this.inbound = inbound;
    }

    void onMalformed(NetworkIdentity from, MalformedPacketException malformed, long nowNanos) {
        int type = malformed.messageType();
        PacketPort port = ports.toStranger(from);
        if (type == MessageType.CONNECT.wireValue()) {
            shard.refuse(Count.CONNECTS_REFUSED_CLIENT_ID, ReasonCode.NOT_SUPPORTED, "", from, port, nowNanos);
        } else if (type == MessageType.WILLTOPIC.wireValue() && inbound.onMalformedWill(from)) {
            shard.count(Count.CONNECTS_REFUSED_CLIENT_ID);
        } else if (shard.sessionAt(from) == null) {
            return;
        } else if (type == MessageType.WILLTOPICUPD.wireValue()) {
            port.willTopicResp(ReasonCode.NOT_SUPPORTED);
        } else if (malformed.msgId() != MalformedPacketException.UNKNOWN) {
            answer(type, malformed, port);
        }
    }

    private static void answer(int type, MalformedPacketException malformed, PacketPort port) {
        int msgId = malformed.msgId();
        if (type == MessageType.REGISTER.wireValue()) {
            port.regAck(0, msgId, ReasonCode.NOT_SUPPORTED);
        } else if (type == MessageType.PUBLISH.wireValue()) {
            port.pubAck(malformed.topicId(), msgId, ReasonCode.NOT_SUPPORTED);
        } else if (type == MessageType.SUBSCRIBE.wireValue()) {
            port.subAck(Qos.AT_MOST_ONCE, 0, msgId, ReasonCode.NOT_SUPPORTED);
        } else if (type == MessageType.UNSUBSCRIBE.wireValue()) {
            port.unsubAck(msgId);
        }
    }
}
