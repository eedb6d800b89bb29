package io.causeway.conformance;

import io.causeway.codec.Octets;
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
import io.causeway.harness.TestGateway;
import io.causeway.session.Count;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a sleeping client gets when it asks for it (1.2 §6.14): one message after the other, PINGRESP last. */
class AwakeTest {
    private static final PingResp END = new PingResp();

    private final SleepScene scene = SleepScene.begin();
    private final TestGateway gateway = scene.gateway();
    private final Sensor device = scene.device();
    private final Sensor publisher = scene.publisher();
    private final int topic = scene.topic();

    @Test
    @Requirement("G-SLEEP-03")
    void nothingBuffered_isPingRespAtOnce() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);

        device.peer().sendHex("08 16 73656e736f72");

        assertThat(device.peer().nextHex()).isEqualTo("0217");
        device.hearsNothing();
        assertThat(gateway.count(Count.WAKES)).isEqualTo(1);
    }

    @Test
    @Requirement("G-SLEEP-03")
    void barePingFromTheSleepersAddress_wakesItToo() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "waits");

        device.ping();

        device.receives("waits");
        device.hears(END);
    }

    @Test
    @Requirement({"G-SLEEP-04", "G-SLEEP-07"})
    void bufferedMessages_comeOneByOneInOrderAndPingRespAfterTheLastAck() {
        int topicId = scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        scene.sleepsWithSubscription(Qos.AT_MOST_ONCE);
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
        scene.sleepsWithSubscription(Qos.EXACTLY_ONCE);
        scene.publishAtQos2(31, "two");

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
        int topicId = scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
    @Requirement({"G-SLEEP-04", "G-SLEEP-13"})
    void wildcardSubscriptionAtQos0_endsWithPingRespAsSoonAsTheIdIsKnown() {
        device.connect();
        device.subscribe("a/+", Qos.AT_MOST_ONCE);
        device.sleep(60);
        publisher.publish(topic, "one");

        device.pingWithId();

        device.receives("one");
        device.hears(END);
    }

    @Test
    @Requirement("G-SLEEP-04")
    void subscribeWhileAwake_isAnsweredBeforeWhatItHoldsBackAndPingRespComesLast() {
        scene.sleepsWithSubscription(Qos.AT_MOST_ONCE);
        publisher.publish(topic, "waits");
        gateway.upstream().hold();
        device.peer().send(new Subscribe(false, Qos.AT_MOST_ONCE, 9, new Topic.Name("a/#")));
        device.pingWithId();
        device.hearsNothing();

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.peer().next()).isEqualTo(new SubAck(Qos.AT_MOST_ONCE, 0, 9, ReturnCode.ACCEPTED));
        device.receives("waits");
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
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
        int busyTopic = SleepScene.connectedForGood(busy);

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
    @Requirement("G-SLEEP-22")
    void buffersOfDifferentClients_areSeparate() {
        scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
    void sleeperWhosePublishIsUnderWay_isNotToldItsEchoBeforeTheAnswer() {
        int topicId = scene.sleepsWithSubscription(Qos.AT_LEAST_ONCE);
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
}
