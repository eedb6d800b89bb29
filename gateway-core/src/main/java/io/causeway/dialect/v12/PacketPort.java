package io.causeway.dialect.v12;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillMsgResp;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.codec.v12.WillTopicResp;
import io.causeway.routing.Qos;
import io.causeway.session.ClientPort;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.ReasonCode;
import io.causeway.session.TopicForm;
import org.jspecify.annotations.Nullable;

/** What a session says to its client, as packets of 1.2. Owned by the session's loop. */
final class PacketPort implements ClientPort {
    private static final ConnAck CONNECTED = new ConnAck(WireValues.returnCode(ReasonCode.SUCCESS));
    private static final PingReq PING_REQ = new PingReq("");
    private static final PingResp PING_RESP = new PingResp();
    private static final Disconnect DISCONNECT = Disconnect.plain();
    private static final WillTopicReq WILL_TOPIC_REQ = new WillTopicReq();
    private static final WillMsgReq WILL_MSG_REQ = new WillMsgReq();

    /** What Length can tell (1.2 §5.2.1). */
    private static final int MAX_PACKET_OCTETS = 0xFFFF;
    /** Of a PUBLISH besides its payload, at least (1.2 §5.4.12). */
    private static final int PUBLISH_OCTETS = 7;

    private final NetworkIdentity to;
    private final String clientId;
    private final PacketSink sink;
    private final PacketTrace trace;
    private final Runnable whenNotHeld;
    private @Nullable HeldPackets held;
    /** The client must hear of its connection before all else. */
    private boolean connAckWaits;
    /** The client must hear how topics are named before messages use that, and its own message acknowledged before its echo. */
    private boolean acknowledgementWaits;

    private boolean closed;

    /**
     * @param clientId    for the trace; empty if not known
     * @param whenNotHeld told of each packet that is dropped because too many wait
     */
    PacketPort(NetworkIdentity to, String clientId, PacketSink sink, PacketTrace trace, Runnable whenNotHeld) {
        this.to = to;
        this.clientId = clientId;
        this.sink = sink;
        this.trace = trace;
        this.whenNotHeld = whenNotHeld;
    }

    void willTopicReq() {
        send(WILL_TOPIC_REQ);
    }

    void willMsgReq() {
        send(WILL_MSG_REQ);
    }

    @Override
    public String protocol() {
        return "MQTT-SN 1.2";
    }

    @Override
    public void hold() {
        if (closed) {
            return;
        }
        HeldPackets present = held;
        if (present == null) {
            present = new HeldPackets();
            held = present;
        }
        present.hold();
    }

    @Override
    public void release() {
        HeldPackets present = held;
        if (present != null && present.release()) {
            held = null;
            connAckWaits = false;
            acknowledgementWaits = false;
            present.forEach(this::sendNow);
        }
    }

    @Override
    public boolean isHeld() {
        return held != null;
    }

    @Override
    public void close() {
        closed = true;
        held = null;
    }

    @Override
    public void connAck(ReasonCode reason) {
        connAckWaits = held != null;
        acknowledgementWaits = held != null;
        send(reason == ReasonCode.SUCCESS ? CONNECTED : new ConnAck(WireValues.returnCode(reason)));
    }

    @Override
    public void regAck(int topicAlias, int packetId, ReasonCode reason) {
        answer(new RegAck(topicAlias, packetId, WireValues.returnCode(reason)), reason);
    }

    @Override
    public boolean register(int topicAlias, int packetId, String topicName) {
        return sendIfItFits(new Register(topicAlias, packetId, topicName), false);
    }

    @Override
    public boolean publish(
            boolean dup, Qos qos, boolean retain, TopicForm form, int topic, int packetId, Octets payload) {
        TopicIdType idType = WireValues.topicIdType(form);
        Packet packet = new Publish(dup, WireValues.qos(qos), retain, idType, topic, packetId, payload);
        boolean mayPass = qos == Qos.AT_MOST_ONCE && !acknowledgementWaits;
        return sendIfItFits(packet, mayPass);
    }

    @Override
    public int largestPayloadOctets() {
        return Math.min(to.largestPacketOctets(), MAX_PACKET_OCTETS) - PUBLISH_OCTETS;
    }

    @Override
    public void pubAck(int topic, int packetId, ReasonCode reason) {
        answer(new PubAck(topic, packetId, WireValues.returnCode(reason)), reason);
    }

    @Override
    public void pubRec(int packetId) {
        acknowledgementWaits = held != null;
        send(new PubRec(packetId));
    }

    @Override
    public void pubRel(int packetId) {
        send(new PubRel(packetId));
    }

    @Override
    public void pubComp(int packetId) {
        send(new PubComp(packetId));
    }

    @Override
    public void subAck(Qos granted, int topic, int packetId, ReasonCode reason) {
        answer(new SubAck(WireValues.qos(granted), topic, packetId, WireValues.returnCode(reason)), reason);
    }

    @Override
    public void unsubAck(int packetId) {
        send(new UnsubAck(packetId));
    }

    @Override
    public void pingReq() {
        send(PING_REQ);
    }

    @Override
    public void pingResp() {
        send(PING_RESP);
    }

    @Override
    public void pingRespAtOnce() {
        sendAtOnce(PING_RESP);
    }

    @Override
    public void willTopicResp(ReasonCode reason) {
        send(new WillTopicResp(WireValues.returnCode(reason)));
    }

    @Override
    public void willMessageResp(ReasonCode reason) {
        send(new WillMsgResp(WireValues.returnCode(reason)));
    }

    @Override
    public void disconnect() {
        send(DISCONNECT);
    }

    /** What does not fit is not sent: there is no fragmentation (1.2 §5.2.1). */
    private boolean sendIfItFits(Packet packet, boolean mayPass) {
        if (PacketCodec.encodedLength(packet) > Math.min(to.largestPacketOctets(), MAX_PACKET_OCTETS)) {
            return false;
        }
        if (mayPass) {
            sendNow(packet);
        } else {
            send(packet);
        }
        return true;
    }

    /** What is refused has changed nothing. */
    private void answer(Packet packet, ReasonCode reason) {
        if (reason == ReasonCode.SUCCESS) {
            acknowledgementWaits = held != null;
            send(packet);
        } else {
            sendAtOnce(packet);
        }
    }

    private void sendAtOnce(Packet packet) {
        if (connAckWaits) {
            send(packet);
        } else {
            sendNow(packet);
        }
    }

    private void send(Packet packet) {
        HeldPackets present = held;
        if (present == null) {
            sendNow(packet);
        } else if (!present.add(packet)) {
            whenNotHeld.run();
        }
    }

    private void sendNow(Packet packet) {
        trace.sent(clientId, to, packet);
        sink.send(to, packet);
    }
}
