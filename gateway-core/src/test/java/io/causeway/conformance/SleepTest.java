package io.causeway.conformance;

import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Falling asleep, staying asleep and coming back (1.2 §6.14); what is sent to sleepers is in {@link AwakeTest}. */
class SleepTest {
    private static final Duration TICK = Duration.ofMillis(20);

    private final TestGateway gateway = new TestGateway();
    private final Sensor device = Sensor.at(gateway, 1, "sensor");
    private final Sensor publisher = Sensor.at(gateway, 2, "publisher");

    @Test
    @Requirement("G-SLEEP-01")
    void disconnectWithDuration_isAnsweredWithoutDuration() {
        device.connect();

        device.peer().sendHex("04 18 003c");

        assertThat(device.peer().nextHex()).isEqualTo("0218");
        device.hearsNothing();
        assertThat(gateway.census().asleep()).isEqualTo(1);
        assertThat(gateway.count(Count.SLEEPS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT_MOST_ONCE", "AT_LEAST_ONCE", "EXACTLY_ONCE"})
    @Requirement("G-SLEEP-02")
    void asleep_messagesOfEveryQosAreBufferedAndNothingIsSent(Qos qos) {
        int topic = SleepScene.connectedForGood(publisher);
        device.connect();
        device.subscribe("a/b", qos);
        device.sleep(60);

        publisher.publish(topic, "waits");
        gateway.advance(Duration.ofSeconds(80));

        device.hearsNothing();
        assertThat(gateway.census().queuedMessages()).isEqualTo(1);
        device.pingWithId();
        device.receives("waits");
    }

    @Test
    @Requirement({"G-SLEEP-02", "G-SLEEP-10"})
    void asleep_isNotAskedForASignOfLife() {
        device.connect();
        device.sleep(1_000);

        gateway.advance(Duration.ofSeconds(1_400));

        device.hearsNothing();
    }

    @Test
    @Requirement("G-SLEEP-06")
    void connect_makesTheClientActiveAndDeliversWhatWaits() {
        int topic = SleepScene.connectedForGood(publisher);
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "one");
        publisher.publish(topic, "two");

        device.connect();

        device.receives("one");
        device.receives("two");
        device.hearsNothing();
        assertThat(gateway.census().asleep()).isZero();
        publisher.publish(topic, "at once");
        device.receives("at once");
    }

    @Test
    @Requirement("G-SLEEP-06")
    void cleanConnect_makesTheClientActiveWithoutWhatWaited() {
        int topic = SleepScene.connectedForGood(publisher);
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "forgotten");

        device.connectClean();

        device.hearsNothing();
        device.isConnected();
    }

    @Test
    @Requirement("G-SLEEP-06")
    void connectOfAnUncleanKindAfterACleanOne_keepsWhatWaitsForTheSleeper() {
        int topic = SleepScene.connectedForGood(publisher);
        device.connectClean();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "waits");

        device.connect();

        device.receives("waits");
    }

    @Test
    @Requirement("G-SLEEP-08")
    void disconnectWithoutDurationFromSleep_isAnsweredAndTheClientIsDisconnected() {
        device.connectWithWill(false, "will/topic", "gone");
        device.sleep(60);

        device.disconnect();

        assertThat(gateway.census().asleep()).isZero();
        assertThat(gateway.census().disconnected()).isEqualTo(1);
        device.isUnknown();
        gateway.advance(Duration.ofMinutes(10));
        assertThat(gateway.upstream().published()).isEmpty();
    }

    @Test
    @Requirement("G-SLEEP-09")
    void sleepDurationExceeded_isLossAndTheWillIsPublished() {
        device.connectWithWill(false, "will/topic", "gone");
        device.sleep(600);

        gateway.advance(Duration.ofMinutes(15).minus(TICK));
        assertThat(gateway.census().asleep()).isEqualTo(1);
        assertThat(gateway.upstream().published()).isEmpty();

        gateway.advance(TICK.multipliedBy(2));
        assertThat(gateway.census().asleep()).isZero();
        assertThat(gateway.count(Count.CLIENTS_LOST_SILENT)).isEqualTo(1);
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("will/topic");
    }

    @Test
    @Requirement("G-SLEEP-09")
    void sleeperThatWasLost_isToldWhenItPings() {
        device.connect();
        device.sleep(60);
        gateway.advance(Duration.ofSeconds(91));

        device.pingWithId();

        device.hears(Disconnect.plain());
    }

    @Test
    @Requirement("G-SLEEP-10")
    void asleep_theKeepAliveDoesNotCount() {
        device.connect();
        device.sleep(3_600);

        gateway.advance(Duration.ofSeconds(3_700));

        assertThat(gateway.census().asleep()).isEqualTo(1);
    }

    @Test
    @Requirement("G-SLEEP-10")
    void activeAgain_theKeepAliveCountsAndTheSleepDoesNot() {
        device.connect();
        device.sleep(3_600);
        device.connect();

        gateway.advance(Duration.ofSeconds(91));

        assertThat(gateway.census().active()).isZero();
    }

    @Test
    @Requirement("G-SLEEP-12")
    void newDuration_replacesTheOldOneWhetherShorterOrLonger() {
        device.connect();
        device.sleep(600);
        device.sleep(6_000);
        gateway.advance(Duration.ofSeconds(8_000));
        assertThat(gateway.census().asleep()).isEqualTo(1);

        device.sleep(10);
        gateway.advance(Duration.ofSeconds(16));
        assertThat(gateway.census().asleep()).isZero();
    }

    @Test
    @Requirement("G-SLEEP-14")
    void pingWithIdFromANewAddress_movesTheSleeperThere() {
        int topic = SleepScene.connectedForGood(publisher);
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "waits");
        TestPeer elsewhere = gateway.peer("10.0.0.7", 7);
        Sensor moved = new Sensor(elsewhere, "sensor");

        moved.pingWithId();

        moved.receives("waits");
        moved.hears(new PingResp());
        device.hearsNothing();
        device.isUnknown();
        publisher.publish(topic, "next");
        moved.pingWithId();
        moved.receives("next");
        assertThat(gateway.count(Count.SLEEPERS_MOVED)).isEqualTo(1);
        moved.hears(new PingResp());
        moved.disconnect();
        moved.isUnknown();
    }

    @Test
    @Requirement("G-SLEEP-14")
    void pingWithIdFromANewAddress_isThatOfAStrangerWhereSleepersDoNotMove() {
        TestGateway strict = Gateways.whereSleepersDoNotMove();
        Sensor sleeper = Sensor.connected(strict, 1, "sensor");
        sleeper.sleep(60);
        Sensor elsewhere = Sensor.at(strict, 2, "sensor");

        elsewhere.pingWithId();

        elsewhere.hears(Disconnect.plain());
        sleeper.pingWithId();
        sleeper.hears(new PingResp());
    }

    @Test
    @Requirement({"G-SLEEP-14", "G-NAT-03"})
    void sleeperWhoseAddressIsAnothersNow_isFoundByItsId() {
        int topic = SleepScene.connectedForGood(publisher);
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(600);
        Sensor another = new Sensor(device.peer(), "another");
        another.connect();
        publisher.publish(topic, "for the sleeper");
        another.hearsNothing();

        Sensor elsewhere = Sensor.at(gateway, 7, "sensor");
        elsewhere.pingWithId();

        elsewhere.receives("for the sleeper");
        another.isConnected();
    }

    @Test
    @Requirement("G-SLEEP-15")
    void pingWithAnUnknownId_isAnsweredByDisconnect() {
        device.peer().sendHex("08 16 6e6f626f6479");

        assertThat(device.peer().nextHex()).isEqualTo("0218");
        device.hearsNothing();
    }

    @Test
    @Requirement("G-SLEEP-15")
    void pingWithTheIdOfADisconnectedClient_isAnsweredByDisconnect() {
        device.connect();
        device.disconnect();

        device.pingWithId();

        device.hears(Disconnect.plain());
    }

    @Test
    @Requirement("G-SLEEP-18")
    void idsRegisteredBeforeTheSleep_areValidAfterIt() {
        device.connect();
        int topicId = device.register("a/b");
        device.sleep(60);
        gateway.advance(Duration.ofSeconds(50));
        device.connect();

        device.publish(topicId, "valid");

        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("a/b");
    }

    @Test
    @Requirement("G-SLEEP-19")
    void durationZero_isAPlainDisconnect() {
        device.connect();

        device.peer().sendHex("04 18 0000");

        assertThat(device.peer().nextHex()).isEqualTo("0218");
        assertThat(gateway.census().asleep()).isZero();
        assertThat(gateway.census().disconnected()).isEqualTo(1);
    }

    @Test
    @Requirement("G-SLEEP-20")
    void publishWhileAsleep_isServedAndTheClientSleepsOn() {
        device.connect();
        int topicId = device.register("a/b");
        device.sleep(60);

        device.publish(topicId, "from a sleeper");

        device.hearsNothing();
        assertThat(gateway.upstream().published()).hasSize(1);
        assertThat(gateway.census().asleep()).isEqualTo(1);
    }

    @Test
    @Requirement("G-SLEEP-20")
    void registerAndSubscribeWhileAsleep_areAnswered() {
        device.connect();
        device.sleep(60);

        device.peer().send(new Register(0, 7, "c/d"));
        device.peer().send(new Subscribe(false, Qos.AT_MOST_ONCE, 8, new Topic.Name("e/#")));

        device.hears(new RegAck(1, 7, ReturnCode.ACCEPTED), new SubAck(Qos.AT_MOST_ONCE, 0, 8, ReturnCode.ACCEPTED));
    }

    @Test
    @Requirement("G-SLEEP-20")
    void publishOfASleeperToItself_isAcknowledgedNowAndDeliveredLater() {
        device.connect();
        int topicId = device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(60);

        device.peer().send(Sensor.publishPacket(topicId, 9, "note to self"));
        device.hears(new PubAck(topicId, 9, ReturnCode.ACCEPTED));

        device.pingWithId();
        device.receives("note to self");
    }

    @Test
    @Requirement("G-SLEEP-21")
    void fallingAsleep_publishesNoWill() {
        device.connectWithWill(false, "will/topic", "gone");

        device.sleep(600);
        gateway.advance(Duration.ofMinutes(10));

        assertThat(gateway.upstream().published()).isEmpty();
    }

    @Test
    @Requirement("G-SLEEP-23")
    void repeatedDisconnectWithDuration_isAnsweredAndTheSleepBeginsAnew() {
        device.connect();
        device.sleep(60);
        gateway.advance(Duration.ofSeconds(80));

        device.sleep(60);
        gateway.advance(Duration.ofSeconds(80));

        assertThat(gateway.census().asleep()).isEqualTo(1);
    }
}
