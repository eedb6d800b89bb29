package io.causeway.client;

import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.PacketHandler;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.SearchGw;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillMsgResp;
import io.causeway.codec.v12.WillMsgUpd;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.codec.v12.WillTopicResp;
import io.causeway.codec.v12.WillTopicUpd;

/**
 * Hands a packet of the gateway to the part of the session that it concerns. What only clients send is ignored, and so is
 * discovery, which is not part of a session.
 */
record Inbox(ClientSession session, Lanes lanes, OutboundMessages outbound, InboundMessages inbound, long nowNanos)
        implements PacketHandler {
    @Override
    public void onConnAck(ConnAck packet) {
        lanes.connection.onAnswer(packet, nowNanos);
    }

    @Override
    public void onWillTopicReq(WillTopicReq packet) {
        lanes.connection.onAnswer(packet, nowNanos);
    }

    @Override
    public void onWillMsgReq(WillMsgReq packet) {
        lanes.connection.onAnswer(packet, nowNanos);
    }

    @Override
    public void onRegister(Register packet) {
        inbound.onRegister(packet, nowNanos);
    }

    @Override
    public void onRegAck(RegAck packet) {
        lanes.registers.onAnswer(packet.msgId(), packet, nowNanos);
    }

    @Override
    public void onPublish(Publish packet) {
        inbound.onPublish(packet, nowNanos);
    }

    @Override
    public void onPubAck(PubAck packet) {
        outbound.onPubAck(packet, nowNanos);
    }

    @Override
    public void onPubRec(PubRec packet) {
        lanes.publishes.onAnswer(packet.msgId(), packet, nowNanos);
    }

    @Override
    public void onPubComp(PubComp packet) {
        lanes.publishes.onAnswer(packet.msgId(), packet, nowNanos);
    }

    @Override
    public void onPubRel(PubRel packet) {
        inbound.onPubRel(packet, nowNanos);
    }

    @Override
    public void onSubAck(SubAck packet) {
        lanes.subscriptions.onAnswer(packet.msgId(), packet, nowNanos);
    }

    @Override
    public void onUnsubAck(UnsubAck packet) {
        lanes.subscriptions.onAnswer(packet.msgId(), packet, nowNanos);
    }

    @Override
    public void onPingReq(PingReq packet) {
        session.onPingReq(nowNanos);
    }

    @Override
    public void onPingResp(PingResp packet) {
        session.onPingResp(packet, nowNanos);
    }

    @Override
    public void onDisconnect(Disconnect packet) {
        session.onDisconnect(packet, nowNanos);
    }

    @Override
    public void onWillTopicResp(WillTopicResp packet) {
        lanes.willTopics.onAnswer(packet, nowNanos);
    }

    @Override
    public void onWillMsgResp(WillMsgResp packet) {
        lanes.willMessages.onAnswer(packet, nowNanos);
    }

    @Override
    public void onAdvertise(Advertise packet) {}

    @Override
    public void onSearchGw(SearchGw packet) {}

    @Override
    public void onGwInfo(GwInfo packet) {}

    @Override
    public void onConnect(Connect packet) {}

    @Override
    public void onWillTopic(WillTopic packet) {}

    @Override
    public void onWillMsg(WillMsg packet) {}

    @Override
    public void onSubscribe(Subscribe packet) {}

    @Override
    public void onUnsubscribe(Unsubscribe packet) {}

    @Override
    public void onWillTopicUpd(WillTopicUpd packet) {}

    @Override
    public void onWillMsgUpd(WillMsgUpd packet) {}

    @Override
    public void onEncapsulated(Encapsulated packet) {}
}
