package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.harness.TestGateway;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Orderly ends, and senders that the gateway does not know (1.2 §5.4.21, §6.12). */
class DisconnectTest {
    private final TestGateway gateway = new TestGateway();
    private final Sensor device = Sensor.at(gateway, 1, "sensor");

    @Test
    @Requirement("G-DISCON-01")
    void disconnect_isAnsweredWithoutDuration() {
        device.connect();

        device.peer().sendHex("02 18");

        assertThat(device.peer().nextHex()).isEqualTo("0218");
        device.hearsNothing();
        assertThat(gateway.census().active()).isZero();
        assertThat(gateway.count(Count.DISCONNECTS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-DISCON-02")
    void repeatedDisconnect_isAnsweredAgain(boolean cleanSession) {
        if (cleanSession) {
            device.connectClean();
        } else {
            device.connect();
        }
        device.disconnect();

        gateway.advance(Duration.ofSeconds(10));
        device.disconnect();
        gateway.advance(Duration.ofSeconds(10));
        device.disconnect();
    }

    @Test
    @Requirement({"G-DISCON-02", "G-ROB-07"})
    void disconnectRepeatedForEver_isNotAnsweredForEver() {
        device.connect();
        for (int i = 0; i < 20; i++) {
            device.peer().send(Disconnect.plain());
        }

        assertThat(device.peer().all()).hasSize(1 + 3).containsOnly(Disconnect.plain());
    }

    @Test
    @Requirement({"G-DISCON-02", "G-ROB-07"})
    void disconnectLongAfterTheLast_isThatOfAStranger() {
        device.connect();
        device.disconnect();

        gateway.advance(Duration.ofSeconds(41));
        device.peer().send(Disconnect.plain());

        device.hearsNothing();
    }

    @Test
    @Requirement("G-UNK-02")
    void sleepAnnouncedByAClientThatIsNoMore_isNotConsentedTo() {
        device.connect();
        device.sleep(10);
        gateway.advance(Duration.ofSeconds(16));

        device.peer().send(new Disconnect(10));

        device.hearsNothing();
        assertThat(gateway.count(Count.UNKNOWN_SENDER)).isEqualTo(1);
        device.disconnect();
    }

    @Test
    @Requirement("G-DISCON-03")
    void afterDisconnect_nothingIsDelivered() {
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        Sensor other = Sensor.connected(gateway, 2, "other");
        int topicId = other.register("a/b");

        device.disconnect();
        other.publish(topicId, "waits");
        gateway.advance(Duration.ofMinutes(1));

        device.hearsNothing();
    }

    @Test
    @Requirement("G-DISCON-03")
    void messageInFlightAtDisconnect_isNotRepeatedToTheOldConnection() {
        device.connect();
        int topicId = device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.publish(topicId, "unacknowledged");
        device.nextPublish();

        device.disconnect();
        gateway.advance(Duration.ofMinutes(5));

        device.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-DISCON-03")
    void answerThatComesAfterDisconnect_isNotSent(boolean cleanSession) {
        device.peer().send(device.connectPacket(false, cleanSession));
        device.hears(new ConnAck(ReturnCode.ACCEPTED));
        int topicId = device.register("a/b");
        gateway.upstream().hold();
        device.peer().send(Sensor.publishPacket(topicId, 5, "slow"));
        device.peer().send(new Subscribe(false, Qos.AT_MOST_ONCE, 6, new Topic.Name("c/d")));
        device.disconnect();

        gateway.upstream().release();
        gateway.settle();

        device.hearsNothing();
    }

    @Test
    @Requirement("G-DISCON-04")
    void afterDisconnect_aNewConnectionIsRequired() {
        device.connect();
        int topicId = device.register("a/b");
        device.disconnect();

        device.peer().send(Sensor.publishPacket(topicId, 5, "ignored"));
        device.hears(Disconnect.plain());
        device.isUnknown();
        assertThat(gateway.upstream().published()).isEmpty();

        device.connect();
        device.publish(topicId, "heard");
        assertThat(gateway.upstream().published()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-DISCON-05")
    void reconnecting_worksAtOnceAndAnyNumberOfTimes(boolean cleanSession) {
        for (int i = 0; i < 50; i++) {
            device.peer().send(device.connectPacket(false, cleanSession));
            device.hears(new ConnAck(ReturnCode.ACCEPTED));
            device.isConnected();
            device.disconnect();
        }

        assertThat(gateway.count(Count.CONNECTS_ACCEPTED)).isEqualTo(50);
    }

    @Test
    @Requirement("G-DISCON-02")
    void disconnectOfAnEarlierConnection_doesNotHideTheNextOne() {
        device.connect();
        device.disconnect();
        device.connect();
        device.disconnect();

        for (int i = 0; i < 10; i++) {
            device.peer().send(Disconnect.plain());
        }

        assertThat(device.peer().all()).as("answers of the last one only").hasSize(3);
    }

    static Stream<Packet> requests() {
        Topic topic = new Topic.Name("a/b");
        return Stream.of(
                new PingReq(""),
                new PingReq("nobody"),
                new Register(0, 1, "a/b"),
                new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.SHORT, 0x6162, 0, Octets.EMPTY),
                new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.SHORT, 0x6162, 1, Octets.EMPTY),
                new Publish(true, Qos.EXACTLY_ONCE, true, TopicIdType.PREDEFINED, 1, 1, Octets.EMPTY),
                new PubRel(1),
                new Subscribe(false, Qos.AT_LEAST_ONCE, 1, topic),
                new Unsubscribe(1, topic));
    }

    @ParameterizedTest
    @MethodSource("requests")
    @Requirement({"G-UNK-01", "G-NAT-02"})
    void requestOfAStranger_isAnsweredByDisconnectAndHasNoEffect(Packet request) {
        device.peer().send(request);

        device.hears(Disconnect.plain());
        assertThat(gateway.upstream().published()).isEmpty();
        assertThat(gateway.count(Count.UNKNOWN_SENDER)).isEqualTo(1);
    }

    static Stream<Packet> acknowledgements() {
        return Stream.of(
                Disconnect.plain(),
                new PubAck(1, 1, ReturnCode.ACCEPTED),
                new PubAck(1, 0, ReturnCode.INVALID_TOPIC_ID),
                new PubRec(1),
                new PubComp(1),
                new RegAck(1, 1, ReturnCode.ACCEPTED),
                new PingResp());
    }

    @ParameterizedTest
    @MethodSource("acknowledgements")
    @Requirement({"G-UNK-02", "G-ROB-07"})
    void acknowledgementOfAStranger_isNotAnswered(Packet acknowledgement) {
        device.peer().send(acknowledgement);

        device.hearsNothing();
        assertThat(gateway.count(Count.UNKNOWN_SENDER)).isEqualTo(1);
    }

    @Test
    @Requirement("G-UNK-02")
    void whatOnlyGatewaysSend_isCountedAsOutOfPlace() {
        device.peer().send(new ConnAck(ReturnCode.ACCEPTED));
        device.peer().send(new SubAck(Qos.AT_MOST_ONCE, 1, 1, ReturnCode.ACCEPTED));

        device.hearsNothing();
        assertThat(gateway.count(Count.PACKETS_OUT_OF_PLACE)).isEqualTo(2);
    }

    @Test
    @Requirement("G-UNK-01")
    void floodOfStrangers_isAnsweredAtALimitedRate() {
        for (int i = 0; i < 6_000; i++) {
            device.ping();
        }
        assertThat(device.peer().all()).hasSize(5_000);

        gateway.advance(Duration.ofSeconds(1));
        device.isUnknown();
    }
}
