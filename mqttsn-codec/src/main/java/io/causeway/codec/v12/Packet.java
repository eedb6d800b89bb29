package io.causeway.codec.v12;

import io.netty.buffer.ByteBuf;

/** One MQTT-SN 1.2 message (1.2 §5.4), or one in a forwarder's envelope (1.2 §5.5). Immutable. */
public sealed interface Packet
        permits Advertise,
                SearchGw,
                GwInfo,
                Connect,
                ConnAck,
                WillTopicReq,
                WillTopic,
                WillMsgReq,
                WillMsg,
                Register,
                RegAck,
                Publish,
                PubAck,
                PubComp,
                PubRec,
                PubRel,
                Subscribe,
                SubAck,
                Unsubscribe,
                UnsubAck,
                PingReq,
                PingResp,
                Disconnect,
                WillTopicUpd,
                WillTopicResp,
                WillMsgUpd,
                WillMsgResp,
                Encapsulated {

    MessageType type();

    /** Octets that {@link #writeBody} writes: all behind the header. */
    int bodyLength();

    /** Writes all behind the header. */
    void writeBody(ByteBuf out);

    /** Calls the one method of the handler that is for this type. */
    void accept(PacketHandler handler);
}
