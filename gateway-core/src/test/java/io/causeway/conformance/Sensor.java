package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that does the usual things as it should, so that a test spells out only what it is about. */
final class Sensor {
    static final int KEEP_ALIVE_SECONDS = 60;

    private final TestPeer peer;
    private final String clientId;
    private int lastMsgId;

    Sensor(TestPeer peer, String clientId) {
        this.peer = peer;
        this.clientId = clientId;
    }

    /** A client at an address of its own. */
    static Sensor at(TestGateway gateway, int port, String clientId) {
        return new Sensor(gateway.peer("10.0.0.1", port), clientId);
    }

    /** As {@link #at}, connected for good: its session is kept. */
    static Sensor connected(TestGateway gateway, int port, String clientId) {
        Sensor device = at(gateway, port, clientId);
        device.connect();
        return device;
    }

    TestPeer peer() {
        return peer;
    }

    Connect connectPacket(boolean will, boolean cleanSession) {
        return new Connect(will, cleanSession, Connect.PROTOCOL_ID, KEEP_ALIVE_SECONDS, clientId);
    }

    /** Without a will; what is stored stays. */
    void connect() {
        peer.send(connectPacket(false, false));
        assertThat(peer.next()).isEqualTo(new ConnAck(ReturnCode.ACCEPTED));
    }

    /** Without a will; nothing is kept. */
    void connectClean() {
        peer.send(connectPacket(false, true));
        hears(new ConnAck(ReturnCode.ACCEPTED));
    }

    void connectWithWill(boolean cleanSession, String topic, String message) {
        peer.send(connectPacket(true, cleanSession));
        hears(new WillTopicReq());
        peer.send(new WillTopic(Qos.AT_LEAST_ONCE, false, topic));
        hears(new WillMsgReq());
        peer.send(new WillMsg(Octets.utf8(message)));
        hears(new ConnAck(ReturnCode.ACCEPTED));
    }

    /** Returns the topic id. */
    int register(String topicName) {
        peer.send(new Register(0, nextMsgId(), topicName));
        RegAck answer = (RegAck) peer.next();
        assertThat(answer.returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        return answer.topicId();
    }

    /** Returns the topic id that deliveries will carry; 0 for a wildcard. */
    int subscribe(String filter, Qos qos) {
        peer.send(new Subscribe(false, qos, nextMsgId(), new Topic.Name(filter)));
        SubAck answer = (SubAck) peer.next();
        assertThat(answer.returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        return answer.topicId();
    }

    /** Publishes at QoS 1 and is told that it was accepted. */
    void publish(int topicId, String message) {
        int msgId = nextMsgId();
        peer.send(publishPacket(topicId, msgId, message));
        assertThat(peer.next()).isEqualTo(new PubAck(topicId, msgId, ReturnCode.ACCEPTED));
    }

    static Publish publishPacket(int topicId, int msgId, String message) {
        Octets data = Octets.utf8(message);
        return new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.NORMAL, topicId, msgId, data);
    }

    /** Is delivered this message, and acknowledges it. */
    void receives(String message) {
        Publish delivery = nextPublish();
        assertThat(delivery.data()).isEqualTo(Octets.utf8(message));
        if (delivery.qos() == Qos.AT_LEAST_ONCE) {
            peer.send(new PubAck(delivery.topicId(), delivery.msgId(), ReturnCode.ACCEPTED));
        }
    }

    /** The next packet, which must be a PUBLISH; a REGISTER before it is accepted. */
    Publish nextPublish() {
        Packet next = peer.next();
        if (next instanceof Register register) {
            peer.send(new RegAck(register.topicId(), register.msgId(), ReturnCode.ACCEPTED));
            next = peer.next();
        }
        assertThat(next).isInstanceOf(Publish.class);
        return (Publish) next;
    }

    void sleep(int seconds) {
        peer.send(new Disconnect(seconds));
        hears(Disconnect.plain());
    }

    void disconnect() {
        peer.send(Disconnect.plain());
        hears(Disconnect.plain());
    }

    void ping() {
        peer.send(new PingReq(""));
    }

    void pingWithId() {
        peer.send(new PingReq(clientId));
    }

    /** What came since it was last asked is just this, in this order. */
    void hears(Packet... packets) {
        assertThat(peer.all()).containsExactly(packets);
    }

    void hearsNothing() {
        assertThat(peer.all()).isEqualTo(List.of());
    }

    /** A peer without a session is told so. */
    void isUnknown() {
        ping();
        hears(Disconnect.plain());
    }

    /** A connected client's PINGREQ is answered. */
    void isConnected() {
        peer.sendHex("02 16");
        assertThat(peer.nextHex()).isEqualTo("0217");
        hearsNothing();
    }

    private int nextMsgId() {
        return ++lastMsgId;
    }
}
