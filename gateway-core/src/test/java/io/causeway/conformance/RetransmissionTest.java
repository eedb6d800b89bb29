package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.session.Count;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway repeats until it is answered, and what becomes of it when it never is (1.2 §6.10, §7.2). */
class RetransmissionTest {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final int RETRIES = 3;

    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.persistent(gateway, "sensor");

    @Test
    @Requirement("G-RTX-01")
    void unacknowledgedQosOne_isRepeatedWithDupAndTheSameMsgId() {
        int id = device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        assertThat(device.nextHex()).isEqualTo("080c20%04x000178".formatted(id));

        for (int i = 0; i < RETRIES; i++) {
            gateway.advance(RETRY);
            assertThat(device.nextHex()).isEqualTo("080ca0%04x000178".formatted(id));
        }
    }

    @Test
    @Requirement("G-RTX-01")
    void acknowledgedRepetition_isNotRepeatedAndTheNextComes() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        deliver("a/b", "y");
        device.next();
        gateway.advance(RETRY);
        device.receives("x");

        Publish next = device.receives("y");

        assertThat(next.dup()).isFalse();
        gateway.advance(Duration.ofMinutes(5));
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-RTX-02")
    void qosTwo_isRepeatedWithDupUntilPubRecThenPubRelUntilPubComp() {
        int id = device.subscribe("a/b", EXACTLY_ONCE);
        deliver("a/b", "x");
        device.next();

        gateway.advance(RETRY);
        assertThat(device.nextHex()).isEqualTo("080cc0%04x000178".formatted(id));
        device.send(new PubRec(1));
        assertThat(device.next()).isEqualTo(new PubRel(1));
        for (int i = 0; i < RETRIES; i++) {
            gateway.advance(RETRY);
            assertThat(device.next()).isEqualTo(new PubRel(1));
        }
        device.send(new PubComp(1));
        gateway.advance(Duration.ofMinutes(5));
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-RTX-02")
    void repeatedPubRec_isAnsweredWithPubRelAgain() {
        device.subscribe("a/b", EXACTLY_ONCE);
        deliver("a/b", "x");
        device.next();

        device.send(new PubRec(1));
        device.send(new PubRec(1));

        assertThat(device.all()).containsExactly(new PubRel(1), new PubRel(1));
    }

    @Test
    @Requirement("G-RTX-03")
    void registerThatAClientNeverAnswers_isRepeatedThenItsTopicIsGivenUpAndTheClientStays() {
        device.subscribe("a/+", AT_LEAST_ONCE);
        deliver("a/b", "x");
        deliver("a/c", "y");
        Register first = device.next(Register.class);
        for (int i = 0; i < RETRIES; i++) {
            gateway.advance(RETRY);
            assertThat(device.all()).containsExactly(first);
        }
        for (int i = 0; i <= RETRIES; i++) {
            gateway.advance(RETRY);
            assertThat(device.all()).containsExactly(new PingReq(""), first);
            device.send(new PingResp());
        }

        gateway.advance(RETRY);

        device.acknowledgesRegister("a/c");
        device.receives("y");
        deliver("a/b", "z");
        assertThat(device.heardNothing()).isTrue();
        assertThat(gateway.count(Count.DROPPED_REGISTER)).isEqualTo(2);
        assertThat(gateway.count(Count.CLIENTS_LOST_UNACKNOWLEDGED)).isZero();
    }

    @Test
    @Requirement({"G-RTX-03", "G-RTX-04"})
    void registerToAClientThatIsNotHeardAtAll_losesTheClientAndKeepsTheMessage() {
        device.subscribe("a/+", AT_LEAST_ONCE);
        deliver("a/b", "x");
        gateway.advance(RETRY.multipliedBy(2 * (RETRIES + 1)));
        assertThat(gateway.count(Count.CLIENTS_LOST_UNACKNOWLEDGED)).isEqualTo(1);
        device.all();

        device.connect(false);

        device.acknowledgesRegister("a/b");
        device.receives("x");
        assertThat(gateway.count(Count.DROPPED_REGISTER)).isZero();
    }

    @Test
    @Requirement("G-RTX-03")
    void registerForQosZeroToAClientThatIsNotHeard_dropsTheMessageAndTheClientStays() {
        device.subscribe("a/+", AT_MOST_ONCE);
        deliver("a/b", "x");
        gateway.advance(RETRY.multipliedBy(2 * (RETRIES + 1)));
        device.all();
        assertThat(gateway.count(Count.CLIENTS_LOST_UNACKNOWLEDGED)).isZero();

        deliver("a/b", "y");

        device.acknowledgesRegister("a/b");
        device.receives("y");
        assertThat(gateway.count(Count.DROPPED_REGISTER)).isEqualTo(1);
    }

    @Test
    @Requirement("G-RTX-03")
    void registerToAClientWhoseConnectIsRefused_isNotTakenForIgnored() {
        device.subscribe("a/+", AT_LEAST_ONCE);
        deliver("a/b", "x");
        gateway.advance(RETRY.multipliedBy(RETRIES + 2L));
        gateway.upstream().setAvailable(false);
        device.send(new Connect(false, false, Connect.PROTOCOL_ID, 0, "sensor"));
        gateway.advance(RETRY.multipliedBy(RETRIES));
        gateway.upstream().setAvailable(true);
        device.all();

        device.connect(false);

        device.acknowledgesRegister("a/b");
        device.receives("x");
    }

    @Test
    @Requirement({"G-RTX-03", "G-SLEEP-13"})
    void sleeperThatNeverAnswersRegister_getsTheNextTopicInTheEnd() {
        device.subscribe("a/+", AT_LEAST_ONCE);
        device.subscribe("c", AT_LEAST_ONCE);
        device.send(new Disconnect(600));
        deliver("a/b", "x");
        deliver("c", "y");
        for (int i = 0; i < 2 * (RETRIES + 1); i++) {
            device.all();
            device.send(new PingReq("sensor"));
            assertThat(device.next()).isInstanceOf(Register.class);
            gateway.advance(Duration.ofMinutes(2));
        }
        device.all();

        device.send(new PingReq("sensor"));

        device.receives("y");
        assertThat(device.next()).isEqualTo(new PingResp());
    }

    @Test
    @Requirement("G-RTX-03")
    void registerAnsweredLate_isFollowedByItsMessage() {
        device.subscribe("a/+", AT_LEAST_ONCE);
        deliver("a/b", "x");
        device.next();
        gateway.advance(RETRY);

        device.acknowledgesRegister("a/b");

        assertThat(device.receives("x").dup()).isFalse();
    }

    @Test
    @Requirement({"G-RTX-04", "G-RTX-05"})
    void silentClientThatConnectsAgain_getsTheMessageWithDup() {
        int id = device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        deliver("a/b", "y");
        gateway.advance(Duration.ofMinutes(5));
        assertThat(gateway.count(Count.CLIENTS_LOST_UNACKNOWLEDGED)).isEqualTo(1);
        device.all();

        device.connect(false);

        assertThat(device.acknowledgesRegister("a/b").topicId()).isEqualTo(id);
        Publish again = device.receives("x");
        assertThat(again.dup()).isTrue();
        assertThat(device.receives("y").dup()).isFalse();
    }

    @Test
    @Requirement("G-RTX-04")
    void clientSilentForAllButTheLastRepetition_losesNothing() {
        Device supervised = Device.at(gateway, "supervised");
        supervised.send(new Connect(false, true, Connect.PROTOCOL_ID, 60, "supervised"));
        supervised.next();
        supervised.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        deliver("a/b", "y");
        gateway.advance(RETRY.multipliedBy(RETRIES));

        List<Packet> copies = supervised.all();
        assertThat(copies).hasSize(1 + RETRIES);
        supervised.acknowledge((Publish) copies.get(RETRIES));

        supervised.receives("y");
    }

    @Test
    @Requirement("G-RTX-05")
    void qosTwoInFlight_isFinishedAfterAReconnectUnderItsMsgId() {
        device.subscribe("a/b", EXACTLY_ONCE);
        deliver("a/b", "x");
        Publish first = device.next(Publish.class);
        device.connect(false);
        device.acknowledgesRegister("a/b");

        Publish again = device.receives("x");

        assertThat(again.msgId()).isEqualTo(first.msgId());
        assertThat(again.dup()).isTrue();
    }

    @Test
    @Requirement("G-RTX-05")
    void qosTwoReleased_isOnlyReleasedAgainAfterAReconnect() {
        device.subscribe("a/b", EXACTLY_ONCE);
        deliver("a/b", "x");
        Publish delivery = device.next(Publish.class);
        device.send(new PubRec(delivery.msgId()));
        device.next(PubRel.class);

        device.connect(false);

        assertThat(device.all()).containsExactly(new PubRel(delivery.msgId()));
    }

    @Test
    @Requirement("G-RTX-05")
    void inFlightOverARestartOfTheGateway_isSentAgain() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        deliver("a/b", "y");
        Publish first = device.next(Publish.class);
        TestGateway restarted = gateway.successor();
        Device sameDevice = Device.at(restarted, "sensor");

        restarted.restore();

        Publish again = sameDevice.receives("x");
        assertThat(again)
                .isEqualTo(new Publish(
                        true, first.qos(), false, first.topicIdType(), first.topicId(), first.msgId(), first.data()));
        sameDevice.receives("y");
    }

    @Test
    @Requirement("G-RTX-06")
    void clientThatDoesNotAcknowledge_doesNotHoldUpOthers() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        Device other = Device.connected(gateway, "other");
        other.subscribe("a/b", AT_LEAST_ONCE);
        Device publisher = Device.connected(gateway, "publisher");
        int id = publisher.register("a/b");
        for (int i = 0; i < 200; i++) {
            publisher.publish(id, AT_LEAST_ONCE, "m" + i);

            publisher.next();
            other.receives("m" + i);
        }
    }

    @Test
    @Requirement({"G-RTX-06", "G-SLEEP-16"})
    void queueThatIsFull_dropsItsOldestMessageAndCounts() {
        TestGateway bounded = Gateways.withQueue(new QueueBound(2, 1_000, OverflowPolicy.DROP_OLDEST));
        Device slow = Device.connected(bounded, "slow");
        slow.subscribe("a/b", AT_LEAST_ONCE);
        for (String text : List.of("in flight", "1", "2", "3")) {
            route(bounded, "a/b", text, Qos.AT_LEAST_ONCE);
        }

        slow.receives("in flight");
        slow.receives("2");
        slow.receives("3");
        assertThat(bounded.count(Count.DROPPED_QUEUE_FULL)).isEqualTo(1);
    }

    @Test
    @Requirement("G-RTX-07")
    void defaults_areWithinTheBestPracticeValues() {
        assertThat(SessionSettings.DEFAULTS.retryInterval()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
        assertThat(SessionSettings.DEFAULTS.retryCount()).isBetween(3, 5);
    }

    @Test
    @Requirement("G-RTX-07")
    void repetitions_areSpacedAndLimitedAndThenTheClientCountsAsLost() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        device.next();
        for (int i = 0; i < RETRIES; i++) {
            gateway.advance(RETRY.minusMillis(20));
            assertThat(device.heardNothing()).isTrue();
            gateway.advance(Duration.ofMillis(20));
            assertThat(device.all()).hasSize(1);
        }

        gateway.advance(Duration.ofHours(1));

        assertThat(device.heardNothing()).isTrue();
        assertThat(gateway.count(Count.CLIENTS_LOST_UNACKNOWLEDGED)).isEqualTo(1);
        device.send(new PingReq(""));
        assertThat(device.next()).isEqualTo(Disconnect.plain());
    }

    @Test
    @Requirement("G-RTX-01")
    void answerAfterTheRetriesWereUsedUp_findsAStranger() {
        Device clean = Device.connected(gateway, "clean");
        clean.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        Publish delivery = clean.next(Publish.class);
        gateway.advance(Duration.ofMinutes(5));
        clean.all();

        clean.acknowledge(delivery);

        assertThat(clean.heardNothing()).isTrue();
        clean.send(new Connect(false, true, Connect.PROTOCOL_ID, 0, "clean"));
        assertThat(clean.all()).containsExactly(new ConnAck(ReturnCode.ACCEPTED));
    }

    @Test
    @Requirement("G-RTX-05")
    void qosZeroForAClientThatIsAway_isDroppedAndCounted() {
        device.subscribe("a/b", AT_MOST_ONCE);
        device.send(Disconnect.plain());
        device.next();

        deliver("a/b", "x");
        device.connect(false);

        assertThat(device.heardNothing()).isTrue();
        assertThat(gateway.count(Count.DROPPED_OFFLINE)).isEqualTo(1);
    }

    private void deliver(String topic, String text) {
        route(gateway, topic, text, Qos.EXACTLY_ONCE);
    }

    private static void route(TestGateway gateway, String topic, String text, Qos qos) {
        gateway.router().route(new ApplicationMessage(topic, Octets.utf8(text), qos, false), () -> {});
        gateway.settle();
    }
}
