package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Messages under way when the connection is lost, and the next connection of the same session (1.2 §6.3, §6.6). */
class CarryingOverTest {
    private static final Topic NAME = new Topic.Name("plant/state");
    private static final Topic PREDEFINED = new Topic.Predefined(9);
    private static final Connect CONNECT = new Connect(false, false, 1, 60, "c1");
    private static final Octets DATA = Octets.utf8("on");

    private final Rig rig = new Rig(
            ClientSettings.forClient("c1").cleanSession(false).carriesOver(true).build());
    private final Answer<Done> first = new Answer<>();
    private final Answer<Done> second = new Answer<>();

    @BeforeEach
    void connect() {
        ConnectingTest.connect(rig);
    }

    @Test
    @Requirement({"C-PUB-10", "C-CS-01", "C-CS-03"})
    void unacknowledgedPublish_isSentAgainWithItsPacketIdAndDup() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, first);
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, second);
        rig.receive(Disconnect.plain());
        first.isOpen();
        second.isOpen();
        rig.sent();

        reconnect();
        assertThat(rig.sent()).containsExactly(CONNECT, qos1(true, 1));
        rig.receive(new PubAck(9, 1, ReturnCode.ACCEPTED));
        assertThat(rig.sent()).containsExactly(qos1(false, 2));
        rig.receive(new PubAck(9, 2, ReturnCode.ACCEPTED));

        first.isAccepted();
        second.isAccepted();
    }

    @Test
    void publishThatNobodyAnswered_isSentAgainToo() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, first);
        rig.pass(Duration.ofSeconds(41));
        assertThat(rig.losses).containsExactly(LossCause.NO_RESPONSE);
        first.isOpen();
        rig.sent();

        reconnect();

        assertThat(rig.sent()).containsExactly(CONNECT, qos1(true, 1));
    }

    @Test
    @Requirement("C-PUB-10")
    void receivedQos2_goesOnWithItsPubRel() {
        publish(PREDEFINED, Qos.EXACTLY_ONCE, first);
        rig.receive(new PubRec(1));
        rig.receive(Disconnect.plain());
        rig.sent();

        reconnect();
        assertThat(rig.sent()).containsExactly(CONNECT, new PubRel(1));
        rig.receive(new PubComp(1));

        first.isAccepted();
    }

    @Test
    void topicName_isRegisteredAnewBeforeItsMessageGoesOn() {
        publish(NAME, Qos.EXACTLY_ONCE, first);
        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));
        rig.receive(Disconnect.plain());
        rig.sent();

        reconnect();
        assertThat(rig.sent()).containsExactly(CONNECT, new Register(0, 3, "plant/state"));
        rig.receive(new RegAck(8, 3, ReturnCode.ACCEPTED));

        assertThat(rig.sent())
                .containsExactly(new Publish(true, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, 8, 2, DATA));
    }

    @Test
    void lossWhileRegistering_costsNoMessage() {
        publish(NAME, Qos.AT_LEAST_ONCE, first);
        rig.receive(Disconnect.plain());
        first.isOpen();

        reconnect();
        rig.receive(new RegAck(7, 2, ReturnCode.ACCEPTED));
        rig.receive(new PubAck(7, 3, ReturnCode.ACCEPTED));

        first.isAccepted();
    }

    @Test
    void refusedConnection_sendsNothingAndKeepsAll() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, first);
        rig.receive(Disconnect.plain());
        rig.session.connect(second, rig.now());
        rig.sent();

        rig.receive(new ConnAck(ReturnCode.CONGESTION));
        assertThat(rig.sent()).isEmpty();
        first.isOpen();
        reconnect();

        assertThat(rig.sent()).containsExactly(CONNECT, qos1(true, 1));
    }

    @Test
    void disconnectWhileConnecting_waitsForNoMessageAndKeepsAll() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, first);
        rig.receive(Disconnect.plain());
        rig.session.connect(new Answer<>(), rig.now());
        rig.sent();

        rig.session.disconnect(second, rig.now());
        assertThat(rig.sent()).containsExactly(Disconnect.plain());
        rig.receive(Disconnect.plain());

        second.isAccepted();
        first.isOpen();
        reconnect();
        assertThat(rig.sent()).containsExactly(CONNECT, qos1(true, 1));
    }

    @Test
    void receivedQos2_isPublishedAnewAtAnotherGateway() {
        publish(PREDEFINED, Qos.EXACTLY_ONCE, first);
        rig.receive(new PubRec(1));
        rig.receive(Disconnect.plain());
        rig.sent();

        reconnectElsewhere();

        assertThat(rig.sent())
                .containsExactly(
                        CONNECT, new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.PREDEFINED, 9, 2, DATA));
        rig.receive(new PubComp(1));
        first.isOpen();
        rig.receive(new PubRec(2));
        rig.receive(new PubComp(2));
        first.isAccepted();
    }

    @Test
    void aliasOfAnotherGateway_namesNothing() {
        rig.receive(new Register(7, 1, "plant/state"));
        rig.receive(Disconnect.plain());
        reconnectElsewhere();
        rig.sent();

        rig.receive(new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.NORMAL, 7, 0, DATA));

        assertThat(rig.messages).isEmpty();
        assertThat(rig.sent()).containsExactly(new PubAck(7, 0, ReturnCode.INVALID_TOPIC_ID));
    }

    @Test
    void deliveryAtQos2OfAnotherGateway_isAnotherMessage() {
        var delivery = new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.PREDEFINED, 9, 5, DATA);
        rig.receive(delivery);
        rig.receive(Disconnect.plain());
        reconnectElsewhere();

        rig.receive(delivery);

        assertThat(rig.messages).hasSize(2);
    }

    @Test
    void closed_carriesNothingOver() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, first);
        rig.receive(Disconnect.plain());

        rig.session.close();

        first.hasFailed(ConnectionLostException.class);
        rig.sent();
        reconnect();
        assertThat(rig.sent()).containsExactly(CONNECT);
    }

    @Test
    @Requirement("C-RCV-06")
    void deliveryAtQos2AcrossConnections_comesOnce() {
        var delivery = new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.PREDEFINED, 9, 5, DATA);
        rig.receive(delivery);
        rig.receive(Disconnect.plain());
        reconnect();

        rig.receive(delivery);

        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void cleanSession_canCarryNothingOver() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ClientSettings.forClient("c1").carriesOver(true).build());
    }

    private void reconnect() {
        rig.session.connect(new Answer<>(), rig.now());
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));
    }

    private void reconnectElsewhere() {
        Reply<Done> connected = new Reply<>() {
            @Override
            public void accepted(Done done) {
                rig.session.onOtherGateway();
            }

            @Override
            public void failed(ClientException cause) {
                throw new AssertionError(cause);
            }
        };
        rig.session.connect(connected, rig.now());
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));
    }

    private void publish(Topic topic, Qos qos, Answer<Done> reply) {
        rig.session.publish(new OutgoingMessage(topic, DATA, qos, false), reply, rig.now());
    }

    private static Publish qos1(boolean dup, int msgId) {
        return new Publish(dup, Qos.AT_LEAST_ONCE, false, TopicIdType.PREDEFINED, 9, msgId, DATA);
    }
}
