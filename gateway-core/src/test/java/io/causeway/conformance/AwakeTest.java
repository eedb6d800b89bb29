package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
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
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.harness.TestGateway;
import io.causeway.session.Count;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a sleeping client gets when it asks for it (1.2 §6.14): one message after the other, PINGRESP last. */
class AwakeTest {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final PingResp END = new PingResp();

    private final TestGateway gateway = new TestGateway();
    private final Sensor device = Sensor.at(gateway, 1, "sensor");
    private final Sensor publisher = Sensor.at(gateway, 2, "publisher");
    private int topic;

    @BeforeEach
    void connectThePublisherForGood() {
        topic = connectForGood(publisher, "a/b");
    }

    private static int connectForGood(Sensor device, String topicName) {
        device.peer().send(new Connect(false, false, 1, 0, "publisher"));
        device.hears(new ConnAck(ReturnCode.ACCEPTED));
        return device.register(topicName);
    }

    private int sleepsWithSubscription(Qos qos) {
        device.connect();
        int topicId = device.subscribe("a/b", qos);
        device.sleep(60);
        return topicId;
    }

    private void publishAtQos2(int msgId, String message) {
        publisher
                .peer()
                .send(new Publish(
                        false, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, topic, msgId, Octets.utf8(message)));
        publisher.hears(new PubRec(msgId));
    }

    @Test
    @Requirement("G-SLEEP-03")
    void nothingBuffered_isPingRespAtOnce() {
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);

        device.peer().sendHex("08 16 73656e736f72");

        assertThat(device.peer().nextHex()).isEqualTo("0217");
        device.hearsNothing();
        assertThat(gateway.count(Count.WAKES)).isEqualTo(1);
    }

    @Test
    @Requirement("G-SLEEP-03")
    void barePingFromTheSleepersAddress_wakesItToo() {
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "waits");

        device.ping();

        device.receives("waits");
        device.hears(END);
    }

    @Test
    @Requirement({"G-SLEEP-04", "G-SLEEP-07"})
    void bufferedMessages_comeOneByOneInOrderAndPingRespAfterTheLastAck() {
        int topicId = sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "one");
        publisher.publish(topic, "two");

        device.pingWithId();

        Publish one = (Publish) device.peer().next();
        assertThat(one.data()).isEqualTo(Octets.utf8("one"));
        device.hearsNothing();
        assertThat(gateway.census().queuedMessages()).isEqualTo(2);
        device.peer().send(new PubAck(topicId, one.msgId(), ReturnCode.ACCEPTED));
        Publish two = (Publish) device.peer().next();
        assertThat(two.data()).isEqualTo(Octets.utf8("two"));
        device.hearsNothing();
        device.peer().send(new PubAck(topicId, two.msgId(), ReturnCode.ACCEPTED));
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-04")
    void bufferedMessagesAtQos0_comeAtOnceBeforePingResp() {
        sleepsWithSubscription(Qos.AT_MOST_ONCE);
        publisher.publish(topic, "one");
        publisher.publish(topic, "two");

        device.pingWithId();

        device.receives("one");
        device.receives("two");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-04")
    void messageAtQos2_isCompleteBeforePingResp() {
        sleepsWithSubscription(Qos.EXACTLY_ONCE);
        publishAtQos2(31, "two");

        device.pingWithId();
        Publish publish = device.nextPublish();
        device.peer().send(new PubRec(publish.msgId()));
        device.hears(new PubRel(publish.msgId()));
        device.peer().send(new PubComp(publish.msgId()));

        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-04")
    void messageThatComesWhileAwake_isSentBeforePingResp() {
        int topicId = sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "one");
        device.pingWithId();
        Publish one = device.nextPublish();

        publisher.publish(topic, "two");
        device.peer().send(new PubAck(topicId, one.msgId(), ReturnCode.ACCEPTED));

        device.receives("two");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-05")
    void afterPingResp_theClientIsAsleepAgain() {
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        device.pingWithId();
        device.hears(END);

        publisher.publish(topic, "waits");

        device.hearsNothing();
        assertThat(gateway.census().asleep()).isEqualTo(1);
        device.pingWithId();
        device.receives("waits");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-11")
    void pingResp_restartsTheSleepTimer() {
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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

        assertThat(device.nextPublish().dup()).isTrue();
        assertThat(gateway.census().awake()).isEqualTo(1);
        assertThat(gateway.upstream().published()).as("no will").hasSize(1);
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
    @Requirement("G-SLEEP-13")
    void wildcardSubscription_isToldTheIdInTheSameWake() {
        device.connect();
        device.subscribe("a/+", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "one");
        publisher.publish(topic, "two");

        device.pingWithId();

        Register register = (Register) device.peer().next();
        assertThat(register.topicName()).isEqualTo("a/b");
        device.hearsNothing();
        device.peer().send(new RegAck(register.topicId(), register.msgId(), ReturnCode.ACCEPTED));
        Publish one = (Publish) device.peer().next();
        assertThat(one.topicId()).isEqualTo(register.topicId());
        device.peer().send(new PubAck(one.topicId(), one.msgId(), ReturnCode.ACCEPTED));
        Publish two = (Publish) device.peer().next();
        device.peer().send(new PubAck(two.topicId(), two.msgId(), ReturnCode.ACCEPTED));
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-13")
    void shortTopic_staysAShortTopic() {
        device.connect();
        device.peer().sendHex("07 12 22 0001 6162");
        assertThat(device.peer().nextHex()).isEqualTo("0813206162000100");
        device.sleep(60);
        publisher.publish(publisher.register("ab"), "short");

        device.pingWithId();

        Publish publish = (Publish) device.peer().next();
        assertThat(publish.topicIdType()).isEqualTo(TopicIdType.SHORT);
        assertThat(publish.topicId()).isEqualTo(0x6162);
    }

    @Test
    @Requirement("G-SLEEP-13")
    void registerThatIsRejected_costsThatMessageOnly() {
        device.connect();
        device.subscribe("a/+", Qos.AT_LEAST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "rejected");
        publisher.publish(publisher.register("a/c"), "accepted");

        device.pingWithId();
        Register register = (Register) device.peer().next();
        device.peer().send(new RegAck(register.topicId(), register.msgId(), ReturnCode.NOT_SUPPORTED));

        device.receives("accepted");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-16")
    void buffer_holdsAHundredMessagesUnlessSetOtherwise() {
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        List<String> messages =
                IntStream.range(0, 100).mapToObj(i -> "message " + i).toList();
        messages.forEach(each -> publisher.publish(topic, each));

        device.pingWithId();

        messages.forEach(device::receives);
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-16")
    void oneMessageTooMany_dropsTheOldestAndIsCounted() {
        TestGateway small = Gateways.withQueue(new QueueBound(2, 1_000, OverflowPolicy.DROP_OLDEST));
        Sensor sleeper = Sensor.connected(small, 1, "sensor");
        sleeper.subscribe("a/b", Qos.AT_LEAST_ONCE);
        sleeper.sleep(60);
        Sensor busy = Sensor.at(small, 2, "publisher");
        int busyTopic = connectForGood(busy, "a/b");

        busy.publish(busyTopic, "one");
        busy.publish(busyTopic, "two");
        busy.publish(busyTopic, "three");
        sleeper.pingWithId();

        sleeper.receives("two");
        sleeper.receives("three");
        sleeper.hears(END);
        assertThat(small.count(Count.DROPPED_QUEUE_FULL)).isEqualTo(1);
    }

    @Test
    @Requirement("G-SLEEP-17")
    void repeatedPing_resendsWhatIsInFlight() {
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        sleepsWithSubscription(Qos.EXACTLY_ONCE);
        publishAtQos2(31, "two");
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
    @Requirement("G-SLEEP-22")
    void buffersOfDifferentClients_areSeparate() {
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        Sensor second = Sensor.connected(gateway, 3, "second");
        second.subscribe("a/b", Qos.AT_LEAST_ONCE);
        second.sleep(60);
        publisher.publish(topic, "for both");

        device.pingWithId();
        device.receives("for both");
        device.hears(END);
        second.hearsNothing();

        second.pingWithId();
        second.receives("for both");
        second.hears(END);
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
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        int topicId = sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
    void sleeperWhosePublishIsUnderWay_isNotToldItsEchoBeforeTheAnswer() {
        int topicId = sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "waits");
        gateway.upstream().hold();
        device.peer().send(Sensor.publishPacket(topicId, 9, "mine"));
        device.pingWithId();
        device.receives("waits");
        device.hears(END);

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.peer().next()).isEqualTo(new PubAck(topicId, 9, ReturnCode.ACCEPTED));
        device.hearsNothing();
        device.pingWithId();
        device.receives("mine");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-08")
    void lateAckAfterDisconnect_doesNoHarm() {
        int topicId = sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
