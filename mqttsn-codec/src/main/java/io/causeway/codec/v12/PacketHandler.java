package io.causeway.codec.v12;

/** Takes each type of packet by a method of its own; a packet calls the right one in {@link Packet#accept}. */
public interface PacketHandler {
    void onAdvertise(Advertise packet);

    void onSearchGw(SearchGw packet);

    void onGwInfo(GwInfo packet);

    void onConnect(Connect packet);

    void onConnAck(ConnAck packet);

    void onWillTopicReq(WillTopicReq packet);

    void onWillTopic(WillTopic packet);

    void onWillMsgReq(WillMsgReq packet);

    void onWillMsg(WillMsg packet);

    void onRegister(Register packet);

    void onRegAck(RegAck packet);

    void onPublish(Publish packet);

    void onPubAck(PubAck packet);

    void onPubComp(PubComp packet);

    void onPubRec(PubRec packet);

    void onPubRel(PubRel packet);

    void onSubscribe(Subscribe packet);

    void onSubAck(SubAck packet);

    void onUnsubscribe(Unsubscribe packet);

    void onUnsubAck(UnsubAck packet);

    void onPingReq(PingReq packet);

    void onPingResp(PingResp packet);

    void onDisconnect(Disconnect packet);

    void onWillTopicUpd(WillTopicUpd packet);

    void onWillTopicResp(WillTopicResp packet);

    void onWillMsgUpd(WillMsgUpd packet);

    void onWillMsgResp(WillMsgResp packet);

    void onEncapsulated(Encapsulated packet);
}
