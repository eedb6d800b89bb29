package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
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
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that says what a test tells it, and acknowledges nothing by itself. Not supervised by keep alive. */
final class Device {
    private static final int PORT = 1;

    private final String clientId;
    private final TestPeer peer;
    private int lastMsgId;

    private Device(TestGateway gateway, String clientId) {
        this.clientId = clientId;
        this.peer = gateway.peer(clientId, PORT);
    }

    /** Not connected yet, at an address of its own. */
    static Device at(TestGateway gateway, String clientId) {
        return new Device(gateway, clientId);
    }

    /** Connected with a clean session. */
    static Device connected(TestGateway gateway, String clientId) {
        Device device = new Device(gateway, clientId);
        device.connect(true);
        return device;
    }

    /** Connected with a session that outlives the connection. */
    static Device persistent(TestGateway gateway, String clientId) {
        Device device = new Device(gateway, clientId);
        device.connect(false);
        return device;
    }

    void connect(boolean cleanSession) {
        send(new Connect(false, cleanSession, Connect.PROTOCOL_ID, 0, clientId));
        assertThat(next()).isEqualTo(new ConnAck(ReturnCode.ACCEPTED));
    }

    // ---- any packet ----------------------------------------------------------------------------------------------

    void send(Packet packet) {
        peer.send(packet);
    }

    void sendHex(String hex) {
        peer.sendHex(hex);
    }

    Packet next() {
        return peer.next();
    }

    <T extends Packet> T next(Class<T> type) {
        Packet packet = peer.next();
        assertThat(packet).isInstanceOf(type);
        return type.cast(packet);
    }

    String nextHex() {
        return peer.nextHex();
    }

    List<Packet> all() {
        return peer.all();
    }

    boolean heardNothing() {
        return peer.heardNothing();
    }

    int nextMsgId() {
        return ++lastMsgId;
    }

    // ---- exchanges -----------------------------------------------------------------------------------------------

    /** Returns the topic id that the gateway gave. */
    int register(String topicName) {
        send(new Register(0, nextMsgId(), topicName));
        RegAck answer = next(RegAck.class);
        assertThat(answer.returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        return answer.topicId();
    }

    SubAck subscribe(Topic topic, Qos qos) {
        send(new Subscribe(false, qos, nextMsgId(), topic));
        SubAck answer = next(SubAck.class);
        assertThat(answer.returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        return answer;
    }

    /** Returns the topic id of the SUBACK. */
    int subscribe(String filter, Qos qos) {
        return subscribe(new Topic.Name(filter), qos).topicId();
    }

    /** Ends a subscription, whether there is one or not. */
    void unsubscribe(Topic topic) {
        int msgId = nextMsgId();
        send(new Unsubscribe(msgId, topic));
        assertThat(next()).isEqualTo(new UnsubAck(msgId));
    }

    /** Sends a PUBLISH to a topic id of any type; the answer, if any, is left to the test. */
    Publish publish(TopicIdType type, int topicId, Qos qos, String text) {
        int msgId = qos.isAcknowledged() ? nextMsgId() : 0;
        Publish packet = new Publish(false, qos, false, type, topicId, msgId, Octets.utf8(text));
        send(packet);
        return packet;
    }

    Publish publish(int topicId, Qos qos, String text) {
        return publish(TopicIdType.NORMAL, topicId, qos, text);
    }

    void acknowledge(Publish delivery) {
        answer(delivery, ReturnCode.ACCEPTED);
    }

    void answer(Publish delivery, ReturnCode returnCode) {
        send(new PubAck(delivery.topicId(), delivery.msgId(), returnCode));
    }

    void acknowledge(Register registration) {
        answer(registration, ReturnCode.ACCEPTED);
    }

    void answer(Register registration, ReturnCode returnCode) {
        send(new RegAck(registration.topicId(), registration.msgId(), returnCode));
    }

    /** The next packet, which must be a REGISTER; answered with its own id. */
    Register acknowledgesRegister(String topicName) {
        Register registration = next(Register.class);
        assertThat(registration.topicName()).isEqualTo(topicName);
        acknowledge(registration);
        return registration;
    }

    /** The next packet, which must be a PUBLISH with this text; acknowledged if it asks for it at QoS 1. */
    Publish receives(String text) {
        Publish delivery = next(Publish.class);
        assertThat(delivery.data().toUtf8()).isEqualTo(text);
        if (delivery.qos() == Qos.AT_LEAST_ONCE) {
            acknowledge(delivery);
        }
        return delivery;
    }
}
