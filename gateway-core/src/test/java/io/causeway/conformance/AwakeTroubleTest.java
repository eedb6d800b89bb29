package io.causeway.conformance;

import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.harness.TestGateway;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Transfers to a sleeping client that do not go as they should (1.2 §6.14): nothing is lost, and nobody hangs. */
class AwakeTroubleTest {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final PingResp END = new PingResp();

    private final SleepScene scene = SleepScene.begin();
    private final TestGateway gateway = scene.gateway();
    private final Sensor device = scene.device();
    private final Sensor publisher = scene.publisher();
    private final int topic = scene.topic();

    @Test
    @Requirement("G-SLEEP-11")
    void pingResp_restartsTheSleepTimer() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        gateway.advance(Duration.ofSeconds(80));
        device.pingWithId();
        device.hears(END);

        gateway.advance(Duration.ofSeconds(89));
        assertThat(gateway.census().asleep()).isEqualTo(1);
        gateway.advance(Duration.ofSeconds(2));
        assertThat(gateway.census().asleep()).isZero();
    }

    @Test
    @Requirement("G-SLEEP-11")
    void pingReq_stopsTheSleepTimerHoweverShortTheSleep() {
        device.connectWithWill(false, "will/topic", "gone");
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(2);
        publisher.publish(topic, "repeated");
        device.pingWithId();
        device.nextPublish();

        gateway.advance(Duration.ofSeconds(12));

        Publish again = device.nextPublish();
        assertThat(again.dup()).isTrue();
        assertThat(gateway.census().awake()).isEqualTo(1);
        assertThat(gateway.upstream().published()).as("no will").hasSize(1);

        device.peer().send(new PubAck(again.topicId(), again.msgId(), ReturnCode.ACCEPTED));
        device.hears(END);
        gateway.advance(Duration.ofSeconds(2));
        assertThat(gateway.census().asleep()).isEqualTo(1);
        gateway.advance(Duration.ofSeconds(2));
        assertThat(gateway.upstream().published()).as("with the will").hasSize(2);
    }

    @Test
    @Requirement("G-SLEEP-11")
    void clientThatGoesSilentWhileAwake_isLostWhenItsSleepIsOver() {
        device.connectWithWill(false, "will/topic", "gone");
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "unacknowledged");
        device.pingWithId();

        gateway.advance(RETRY.multipliedBy(4).plusSeconds(1));
        assertThat(gateway.census().asleep()).isEqualTo(1);
        gateway.advance(Duration.ofSeconds(90));

        assertThat(gateway.census().asleep()).isZero();
        assertThat(gateway.upstream().published()).as("with the will").hasSize(2);
    }

    @Test
    @Requirement("G-SLEEP-11")
    void clientThatGoesSilentWhileItsSubscriptionIsNotAnswered_isLost() {
        awakeBehindAnOpenSubscription();

        gateway.advance(Duration.ofSeconds(90 + 60 - 1));
        assertThat(gateway.census().awake()).isEqualTo(1);
        gateway.advance(Duration.ofSeconds(2));

        assertThat(gateway.census().awake()).isZero();
        assertThat(gateway.count(Count.CLIENTS_LOST_SILENT)).isEqualTo(1);
        device.isUnknown();
    }

    @Test
    @Requirement("G-SLEEP-17")
    void clientThatAsksAgainWhileItsSubscriptionIsNotAnswered_isThereUntilItIs() {
        awakeBehindAnOpenSubscription();
        for (int i = 0; i < 20; i++) {
            gateway.advance(Duration.ofSeconds(10));
            device.pingWithId();
        }
        device.hearsNothing();

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.peer().next()).isInstanceOf(SubAck.class);
        device.receives("held back");
        device.hears(END);
    }

    private void awakeBehindAnOpenSubscription() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "held back");
        gateway.upstream().hold();
        device.peer().send(new Subscribe(false, Qos.AT_LEAST_ONCE, 9, new Topic.Name("a/+")));
        device.pingWithId();
        assertThat(gateway.census().awake()).isEqualTo(1);
    }

    @Test
    @Requirement({"G-SLEEP-04", "G-SLEEP-13", "G-SLEEP-17"})
    void registerThatIsNeverAnswered_isRepeatedAtSeveralWakesAndThenCostsItsMessage() {
        device.connect();
        device.subscribe("a/+", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "never asked for");

        for (int wake = 1; wake <= 8; wake++) {
            device.pingWithId();
            gateway.advance(RETRY.multipliedBy(4).plusSeconds(1));
            assertThat(device.peer().all()).hasSize(4).containsOnly(new Register(1, 1, "a/b"));
            assertThat(gateway.census().asleep()).isEqualTo(1);
        }

        device.pingWithId();
        device.hears(END);
        assertThat(gateway.count(Count.DROPPED_REGISTER)).isEqualTo(1);
    }

    @Test
    @Requirement("G-SLEEP-17")
    void repeatedPing_resendsWhatIsInFlight() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "lost on the way");
        device.pingWithId();
        Publish lost = device.nextPublish();

        device.pingWithId();

        Publish again = device.nextPublish();
        assertThat(again.msgId()).isEqualTo(lost.msgId());
        assertThat(again.dup()).isTrue();
        device.peer().send(new PubAck(again.topicId(), again.msgId(), ReturnCode.ACCEPTED));
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-17")
    void lostAck_keepsTheMessageForTheNextWake() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "kept");
        device.pingWithId();
        device.nextPublish();

        gateway.advance(RETRY.multipliedBy(4).plusSeconds(1));
        assertThat(device.peer().all()).as("three repetitions, and no PINGRESP").hasSize(3);
        assertThat(gateway.census().asleep()).isEqualTo(1);

        device.pingWithId();
        device.receives("kept");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-17")
    void registerLostOnTheWay_isRepeatedWithThePing() {
        device.connect();
        device.subscribe("a/+", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "behind a REGISTER");
        device.pingWithId();
        assertThat(device.peer().next()).isInstanceOf(Register.class);

        device.pingWithId();

        device.receives("behind a REGISTER");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-17")
    void pubRelLostOnTheWay_isRepeatedWithThePing() {
        scene.sleepsWithSubscription(Qos.EXACTLY_ONCE);
        scene.publishAtQos2(31, "two");
        device.pingWithId();
        Publish publish = device.nextPublish();
        device.peer().send(new PubRec(publish.msgId()));
        device.hears(new PubRel(publish.msgId()));

        device.pingWithId();

        device.hears(new PubRel(publish.msgId()));
        device.peer().send(new PubComp(publish.msgId()));
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-24")
    void messageInFlightWhenTheClientFallsAsleep_isNotLost() {
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "in flight");
        int msgId = device.nextPublish().msgId();

        device.sleep(60);
        gateway.advance(RETRY.multipliedBy(5));
        device.hearsNothing();

        device.pingWithId();
        Publish again = (Publish) device.peer().next();
        assertThat(again.dup()).isTrue();
        assertThat(again.msgId()).isEqualTo(msgId);
    }

    @Test
    @Requirement("G-SLEEP-24")
    void ackThatComesAfterTheClientFellAsleep_settlesTheMessage() {
        device.connect();
        int topicId = device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "in flight");
        int msgId = device.nextPublish().msgId();
        device.sleep(60);

        device.peer().send(new PubAck(topicId, msgId, ReturnCode.ACCEPTED));

        device.hearsNothing();
        device.pingWithId();
        device.hears(END);
    }

    @Test
    @Requirement({"G-SLEEP-08", "G-SLEEP-17"})
    void disconnectWhileAwake_endsTheTransferAndKeepsTheMessage() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "kept");
        device.pingWithId();
        device.nextPublish();

        device.disconnect();
        gateway.advance(RETRY.multipliedBy(5));
        device.hearsNothing();

        device.connect();
        device.receives("kept");
    }

    @Test
    @Requirement({"G-SLEEP-12", "G-SLEEP-17"})
    void newSleepWhileAwake_endsTheTransferAndKeepsTheMessage() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "kept");
        device.pingWithId();
        device.nextPublish();

        device.sleep(600);
        gateway.advance(RETRY.multipliedBy(5));
        device.hearsNothing();

        device.pingWithId();
        device.receives("kept");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-06")
    void connectWhileAwake_makesTheClientActive() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "one");
        device.pingWithId();
        device.nextPublish();

        device.connect();

        device.receives("one");
        device.hearsNothing();
        assertThat(gateway.census().active()).isEqualTo(2);
    }

    @Test
    void unsubscribeWhileAwake_isAnsweredAndPingRespStillComes() {
        int topicId = scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "one");
        publisher.publish(topic, "not wanted any more");
        device.pingWithId();
        Publish one = device.nextPublish();

        device.peer().send(new Unsubscribe(9, new Topic.Name("a/b")));
        device.hears(new UnsubAck(9));
        device.peer().send(new PubAck(topicId, one.msgId(), ReturnCode.ACCEPTED));

        device.hears(END);
    }

    @Test
    @Requirement("G-NAT-03")
    void addressGivenToAnotherClientWhileAwake_putsTheClientToSleepAgain() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "kept");
        device.pingWithId();
        device.nextPublish();

        new Sensor(device.peer(), "another").connect();
        assertThat(gateway.census().asleep()).isEqualTo(1);

        Sensor elsewhere = Sensor.at(gateway, 7, "sensor");
        elsewhere.pingWithId();
        elsewhere.receives("kept");
        elsewhere.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-08")
    void lateAckAfterDisconnect_doesNoHarm() {
        int topicId = scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "kept");
        device.pingWithId();
        int msgId = device.nextPublish().msgId();
        device.disconnect();

        device.peer().send(new PubAck(topicId, msgId, ReturnCode.ACCEPTED));

        device.hearsNothing();
        device.peer().send(Disconnect.plain());
        device.hears(Disconnect.plain());
    }
}
