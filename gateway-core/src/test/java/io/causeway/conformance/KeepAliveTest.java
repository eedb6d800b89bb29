package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
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
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.codec.v12.WillMsgUpd;
import io.causeway.codec.v12.WillTopicUpd;
import io.causeway.harness.TestGateway;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a client may be silent (1.2 §6.11, §6.14, §7.2). */
class KeepAliveTest {
    private static final Duration TICK = Duration.ofMillis(20);

    private final TestGateway gateway = new TestGateway();
    private final Sensor device = Sensor.at(gateway, 1, "sensor");

    private static void advance(TestGateway gateway, double seconds) {
        gateway.advance(Duration.ofMillis((long) (seconds * 1000)));
    }

    @Test
    @Requirement("G-KA-01")
    void pingOfAConnectedClient_isAnswered() {
        device.connect();

        device.peer().sendHex("02 16");

        assertThat(device.peer().nextHex()).isEqualTo("0217");
        device.hearsNothing();
    }

    @Test
    @Requirement("G-KA-08")
    void pingWithIdOfAnActiveClient_isAnsweredToo() {
        device.connect();

        device.peer().sendHex("08 16 73656e736f72");

        device.hears(new PingResp());
        assertThat(gateway.census().active()).isEqualTo(1);
    }

    static Stream<Packet> whatAClientSends() {
        Topic topic = new Topic.Name("a/b");
        return Stream.of(
                new PingReq(""),
                new PingReq("sensor"),
                new PingResp(),
                new Register(0, 1, "a/b"),
                new RegAck(1, 1, ReturnCode.ACCEPTED),
                new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.SHORT, 0x6162, 0, Octets.EMPTY),
                new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.SHORT, 0x6162, 1, Octets.EMPTY),
                new Publish(false, Qos.MINUS_ONE, false, TopicIdType.SHORT, 0x6162, 0, Octets.EMPTY),
                new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.NORMAL, 77, 1, Octets.EMPTY),
                new PubAck(1, 1, ReturnCode.ACCEPTED),
                new PubRec(1),
                new PubRel(1),
                new PubComp(1),
                new Subscribe(false, Qos.AT_MOST_ONCE, 1, topic),
                new Unsubscribe(1, topic),
                new WillTopicUpd(Qos.AT_MOST_ONCE, false, "a/b"),
                new WillMsgUpd(Octets.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("whatAClientSends")
    @Requirement("G-KA-02")
    void anyPacket_isASignOfLife(Packet packet) {
        device.connect();
        advance(gateway, 89.9);

        device.peer().send(packet);

        advance(gateway, 89.9);
        assertThat(gateway.census().active()).isEqualTo(1);
        advance(gateway, 0.2);
        assertThat(gateway.census().active()).isZero();
    }

    @Test
    @Requirement("G-KA-03")
    void silenceLongerThanTheKeepAliveAndItsTolerance_isLoss() {
        device.connectWithWill(false, "will/topic", "gone");

        gateway.advance(Duration.ofSeconds(90).minus(TICK));
        assertThat(gateway.census().active()).isEqualTo(1);
        assertThat(gateway.upstream().published()).isEmpty();

        gateway.advance(TICK.multipliedBy(2));
        assertThat(gateway.census().active()).isZero();
        assertThat(gateway.count(Count.CLIENTS_LOST_SILENT)).isEqualTo(1);
        assertThat(gateway.upstream().published())
                .singleElement()
                .satisfies(will -> assertThat(will.topic()).isEqualTo("will/topic"));
    }

    @ParameterizedTest(name = "tolerance {0}: {1} s may last {2} s")
    @CsvSource({
        "0,   1,     1.5",
        "0,   59,    88.5",
        "0,   60,    90",
        "0,   61,    67.1",
        "0,   360,   396",
        "0,   65535, 72088.5",
        "1.5, 360,   540",
        "1,   60,    60",
        "3,   10,    30"
    })
    @Requirement("G-KA-04")
    void tolerance_dependsOnTheSettingAndByTheSpecificationOnTheDuration(
            double tolerance, int keepAliveSeconds, double allowedSeconds) {
        TestGateway tolerant = Gateways.withTolerance(tolerance);
        tolerant.peer("10.0.0.1", 1).send(new Connect(false, false, 1, keepAliveSeconds, "sensor"));

        advance(tolerant, allowedSeconds - 0.05);
        assertThat(tolerant.census().active()).isEqualTo(1);
        advance(tolerant, 0.1);
        assertThat(tolerant.census().active()).isZero();
    }

    @Test
    @Requirement("G-KA-05")
    void lostClientThatSendsAgain_isTold() {
        device.connect();
        int topicId = device.register("a/b");
        advance(gateway, 100);
        device.peer().all();

        device.peer().send(Sensor.publishPacket(topicId, 5, "too late"));

        device.hears(Disconnect.plain());
        assertThat(gateway.upstream().published()).isEmpty();
    }

    @Test
    @Requirement("G-KA-06")
    void loss_doesNotEndAPersistentSession() {
        device.connectWithWill(false, "will/topic", "gone");
        int topicId = device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        advance(gateway, 100);
        device.peer().all();

        device.connect();

        device.publish(topicId, "mine");
        device.receives("mine");
        advance(gateway, 100);
        assertThat(gateway.upstream().published())
                .as("the will is kept as well")
                .hasSize(3);
    }

    @Test
    @Requirement("G-KA-07")
    void pingRespNobodyAskedFor_isIgnored() {
        device.connect();

        device.peer().sendHex("02 17");

        device.hearsNothing();
        device.isConnected();
    }

    @Test
    @Requirement("G-KA-09")
    void silentClient_isAskedOnceBeforeItCountsAsLost() {
        device.connect();

        gateway.advance(Duration.ofSeconds(75).minus(TICK));
        device.hearsNothing();
        gateway.advance(TICK.multipliedBy(2));
        device.hears(new PingReq(""));

        gateway.advance(Duration.ofSeconds(14));
        device.hearsNothing();
    }

    @Test
    @Requirement("G-KA-09")
    void clientThatAnswersThePing_staysAndIsAskedAgain() {
        device.connect();

        for (int i = 0; i < 5; i++) {
            advance(gateway, 76);
            device.hears(new PingReq(""));
            device.peer().send(new PingResp());
        }

        device.isConnected();
    }

    @Test
    void busyClient_isNotAsked() {
        device.connect();

        for (int i = 0; i < 10; i++) {
            advance(gateway, 60);
            device.isConnected();
        }
    }

    @Test
    void keepAliveOfANewConnect_replacesTheFormer() {
        device.connect();
        device.peer().send(new Connect(false, false, 1, 10, "sensor"));

        advance(gateway, 14.9);
        assertThat(gateway.census().active()).isEqualTo(1);
        advance(gateway, 0.2);
        assertThat(gateway.census().active()).isZero();
    }

    @Test
    @Requirement("G-CONN-10")
    void keepAliveSwitchedOffByANewConnect_isOff() {
        device.connect();
        device.peer().send(new Connect(false, false, 1, 0, "sensor"));

        advance(gateway, 10_000);

        assertThat(gateway.census().active()).isEqualTo(1);
    }
}
