package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
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
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.Count;
import io.causeway.store.KeptSession;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that was restarted goes on as if nothing had happened: sessions are values that outlive it. */
class RestartTest {
    private final TestGateway before = new TestGateway();
    private final Sensor device = Sensor.at(before, 1, "sensor");
    private final Sensor publisher = Sensor.at(before, 2, "publisher");

    /** The same client at the same address, towards the restarted gateway. */
    private static Sensor again(TestGateway after, Sensor device, String clientId) {
        return new Sensor(after.peer(device.peer().address()), clientId);
    }

    private int publisherConnects() {
        return SleepScene.connectedForGood(publisher);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-TID-05")
    void sensorThatPublishesOn_isAnsweredAsIfNothingHadHappened(boolean cleanSession) {
        device.peer().send(device.connectPacket(false, cleanSession));
        device.hears(new ConnAck(ReturnCode.ACCEPTED));
        int first = device.register("first/topic");
        int second = device.register("second/topic");

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");

        same.publish(second, "two");
        same.publish(first, "one");
        assertThat(after.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("second/topic", "first/topic");
        assertThat(same.register("third/topic")).isNotIn(first, second);
        same.isConnected();
    }

    @Test
    @Requirement("G-TID-01")
    void idsFromBeforeTheRestart_areNotGivenToOtherTopicsAfterACleanConnect() {
        device.connectClean();
        device.register("a/1");
        device.register("a/2");
        device.disconnect();
        device.connectClean();
        int old = device.register("b/1");

        Sensor same = again(before.restarted(), device, "sensor");
        same.disconnect();
        same.connectClean();
        assertThat(List.of(same.register("c/1"), same.register("c/2"), same.register("c/3")))
                .doesNotContain(old);
    }

    @Test
    void subscriberThatSaysNothing_getsMessagesAtTheIdItKnows() {
        int topic = publisherConnects();
        device.connect();
        int topicId = device.subscribe("a/b", Qos.AT_LEAST_ONCE);

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");
        again(after, publisher, "publisher").publish(topic, "live");

        Publish publish = (Publish) same.peer().next();
        assertThat(publish.topicId()).isEqualTo(topicId);
        assertThat(publish.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
    }

    @Test
    @Requirement("G-SLEEP-04")
    void sleeper_wakesAndGetsItsMessagesInOrder() {
        int topic = publisherConnects();
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(600);
        publisher.publish(topic, "one");
        publisher.publish(topic, "two");

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");
        again(after, publisher, "publisher").publish(topic, "three");
        same.hearsNothing();

        same.pingWithId();
        same.receives("one");
        same.receives("two");
        same.receives("three");
        same.hears(new PingResp());
    }

    @Test
    @Requirement("G-SLEEP-17")
    void clientThatWasAwake_isAsleepUntilItAsksAgain() {
        int topic = publisherConnects();
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.sleep(600);
        publisher.publish(topic, "in flight");
        device.pingWithId();
        int msgId = device.nextPublish().msgId();

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");
        same.hearsNothing();
        assertThat(after.census().asleep()).isEqualTo(1);

        same.pingWithId();
        Publish publish = same.nextPublish();
        assertThat(publish.dup()).isTrue();
        assertThat(publish.msgId()).isEqualTo(msgId);
    }

    @Test
    @Requirement("G-RTX-05")
    void messageInFlightToAnActiveClient_isRepeatedWithDup() {
        int topic = publisherConnects();
        device.connect();
        int topicId = device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "in flight");
        publisher.publish(topic, "waits");
        int msgId = device.nextPublish().msgId();

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");
        after.advance(Duration.ofSeconds(11));

        Publish again = (Publish) same.peer().next();
        assertThat(again.dup()).isTrue();
        assertThat(again.msgId()).isEqualTo(msgId);
        same.hearsNothing();
        same.peer().send(new PubAck(topicId, msgId, ReturnCode.ACCEPTED));
        Publish next = (Publish) same.peer().next();
        assertThat(next.data()).isEqualTo(Octets.utf8("waits"));
        assertThat(next.msgId()).isNotEqualTo(msgId);
    }

    @Test
    void releaseUnderWay_isRepeatedAsRelease() {
        int topic = publisherConnects();
        device.connect();
        device.subscribe("a/b", Qos.EXACTLY_ONCE);
        publisher.peer().send(qos2(topic, 31, "exactly once"));
        publisher.hears(new PubRec(31));
        Publish publish = device.nextPublish();
        device.peer().send(new PubRec(publish.msgId()));
        device.hears(new PubRel(publish.msgId()));

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");
        after.advance(Duration.ofSeconds(11));

        same.hears(new PubRel(publish.msgId()));
        same.peer().send(new PubComp(publish.msgId()));
        after.advance(Duration.ofSeconds(11));
        same.hearsNothing();
    }

    private static Publish qos2(int topicId, int msgId, String message) {
        Octets data = Octets.utf8(message);
        return new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, topicId, msgId, data);
    }

    @Test
    @Requirement("G-PUB-03")
    void messageTheClientHasNotReleased_isKnownWhenItIsRepeated() {
        device.connect();
        int topicId = device.register("a/b");
        device.peer().send(qos2(topicId, 7, "exactly once"));
        device.hears(new PubRec(7));

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");
        same.peer().send(qos2(topicId, 7, "exactly once"));
        same.peer().send(new PubRel(7));

        same.hears(new PubRec(7), new PubComp(7));
        assertThat(after.upstream().published()).isEmpty();
    }

    @Test
    @Requirement("G-WILL-04")
    void wills_areDueWhenTheClientStaysAwayAndNoSooner() {
        device.connectWithWill(false, "will/topic", "gone");
        Sensor sleeper = Sensor.at(before, 3, "sleeper");
        sleeper.connectWithWill(false, "will/of/sleeper", "gone");
        sleeper.sleep(600);

        TestGateway after = before.restarted();
        after.advance(Duration.ofSeconds(89));
        assertThat(after.upstream().published()).isEmpty();
        after.advance(Duration.ofSeconds(2));
        assertThat(after.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("will/topic");
        after.advance(Duration.ofSeconds(810));
        assertThat(after.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("will/topic", "will/of/sleeper");
    }

    @Test
    @Requirement("G-CS-04")
    void disconnectedClient_findsItsSession() {
        int topic = publisherConnects();
        device.connectWithWill(false, "will/topic", "gone");
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.disconnect();
        publisher.publish(topic, "before");

        TestGateway after = before.restarted();
        again(after, publisher, "publisher").publish(topic, "after");
        Sensor same = again(after, device, "sensor");
        same.connect();

        same.receives("before");
        same.receives("after");
        after.advance(Duration.ofSeconds(100));
        assertThat(after.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("a/b", "will/topic");
    }

    @Test
    void topicToldByRegister_isNotToldAgain() {
        int topic = publisherConnects();
        device.connect();
        device.subscribe("a/+", Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "first");
        device.receives("first");

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");
        again(after, publisher, "publisher").publish(topic, "second");

        assertThat(same.peer().next()).isInstanceOf(Publish.class);
    }

    @Test
    void registerUnderWay_isRepeated() {
        int topic = publisherConnects();
        device.connect();
        device.subscribe("a/+", Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "behind a REGISTER");
        Register first = (Register) device.peer().next();

        TestGateway after = before.restarted();
        Sensor same = again(after, device, "sensor");
        after.advance(Duration.ofSeconds(11));

        Register again = (Register) same.peer().next();
        assertThat(again.topicId()).isEqualTo(first.topicId());
        same.peer().send(new RegAck(again.topicId(), again.msgId(), ReturnCode.ACCEPTED));
        same.receives("behind a REGISTER");
    }

    @Test
    void whatIsKept_isTheSameAfterARestart() {
        int topic = publisherConnects();
        device.connectWithWill(false, "will/topic", "gone");
        device.subscribe("a/#", Qos.EXACTLY_ONCE);
        device.register("c/d");
        publisher.publish(topic, "in flight");
        publisher.publish(topic, "waits");
        device.nextPublish();
        device.peer().send(qos2(1, 7, "mine"));
        Sensor sleeper = Sensor.connected(before, 3, "sleeper");
        sleeper.sleep(600);
        Sensor away = Sensor.connected(before, 4, "away");
        away.disconnect();

        Map<String, KeptSession> kept = before.kept();
        TestGateway after = before.restarted();

        assertThat(after.kept()).isEqualTo(kept).containsKeys("sensor", "sleeper", "away", "publisher");
    }

    @Test
    void sessionsOfOneShard_areTakenUpByFour() {
        device.connect();
        int topicId = device.register("a/b");
        publisherConnects();

        TestGateway after = before.restarted(Options.DEFAULTS.withShards(4));

        again(after, device, "sensor").publish(topicId, "one");
        again(after, publisher, "publisher").isConnected();
    }

    @Test
    void restoredClients_countTowardsTheBoundAndAreNotRefusedByIt() {
        device.connect();
        publisherConnects();

        TestGateway after = before.restarted(Options.DEFAULTS.with(new AdmissionSettings(1, 1_000, 1_000)));

        again(after, device, "sensor").connect();
        Sensor newcomer = Sensor.at(after, 9, "newcomer");
        newcomer.peer().send(newcomer.connectPacket(false, true));
        newcomer.hears(new ConnAck(ReturnCode.CONGESTION));
    }

    @Test
    void brokerThatIsNotThereYet_holdsUpNoSubscription() {
        int topic = publisherConnects();
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        TestGateway after = before.successor();
        after.upstream().setAvailable(false);
        after.restore();
        Sensor same = again(after, device, "sensor");
        same.isConnected();

        after.upstream().setAvailable(true);
        after.advance(Duration.ofSeconds(11));

        again(after, publisher, "publisher").publish(topic, "served again");
        same.receives("served again");
    }

    @Test
    void clientWithoutKeepAliveWhoseLinkIsGone_isLostUnlessItComesBackSoon() {
        publisherConnects();
        TestGateway after = before.restartedWithoutLinks();

        after.advance(Duration.ofSeconds(44));
        assertThat(after.census().active()).isEqualTo(1);
        after.advance(Duration.ofSeconds(2));

        assertThat(after.census().active()).isZero();
        assertThat(after.count(Count.CLIENTS_LOST_SILENT)).isEqualTo(1);
    }

    @Test
    void clientWhoseLinkIsGone_hasItsWillPublishedAndCanComeBack() {
        device.connectWithWill(true, "will/topic", "gone");
        TestGateway after = before.restartedWithoutLinks();
        again(after, device, "sensor").isUnknown();

        after.advance(Duration.ofSeconds(91));

        assertThat(after.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("will/topic");
        assertThat(after.count(Count.CLIENTS_LOST_SILENT)).isEqualTo(1);
        assertThat(after.kept()).as("it was begun clean").isEmpty();
        Sensor.at(after, 9, "sensor").connect();
    }
}
