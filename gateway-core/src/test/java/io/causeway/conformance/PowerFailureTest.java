package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
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
import io.causeway.codec.v12.WillTopicUpd;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** What a client is told has happened, whatever happens next: the store takes its time, and the power may fail. */
class PowerFailureTest {
    private final MemorySessionStore store = new MemorySessionStore();
    private final TestGateway gateway = new TestGateway(Options.DEFAULTS, store);

    // ---- nothing is said too early -------------------------------------------------------------------------------

    @Test
    void connection_isAcceptedWhenItsSessionIsSafe() {
        store.hold();
        Device device = Device.at(gateway, "sensor");
        device.send(connect("sensor"));
        device.send(connect("sensor"));
        assertThat(device.heardNothing()).isTrue();

        becomesSafe();

        assertThat(device.all()).contains(new ConnAck(ReturnCode.ACCEPTED));
        assertThat(gateway.kept()).containsKey("sensor");
    }

    @Test
    void topicIdAndSubscription_areToldWhenTheyAreSafe() {
        Device device = Device.connected(gateway, "sensor");
        store.hold();
        device.send(new Register(0, 1, "a/b"));
        device.send(new Subscribe(false, AT_LEAST_ONCE, 2, new Topic.Name("c/d")));
        assertThat(device.heardNothing()).isTrue();

        becomesSafe();

        assertThat(device.all())
                .containsExactly(
                        new RegAck(1, 1, ReturnCode.ACCEPTED), new SubAck(AT_LEAST_ONCE, 2, 2, ReturnCode.ACCEPTED));
    }

    @Test
    void messageForSomebody_isAcknowledgedWhenItIsSafe() {
        Device subscriber = Device.connected(gateway, "subscriber");
        subscriber.subscribe("a/b", AT_LEAST_ONCE);
        Device publisher = publisherOf("a/b");
        store.hold();

        publisher.send(publish(AT_LEAST_ONCE, 7, "x"));
        assertThat(publisher.heardNothing()).isTrue();
        subscriber.receives("x");
        becomesSafe();

        assertThat(publisher.next()).isEqualTo(new PubAck(1, 7, ReturnCode.ACCEPTED));
    }

    @Test
    void messageForNobodyOrThatIsNotKept_isAcknowledgedAtOnce() {
        Device subscriber = Device.connected(gateway, "subscriber");
        subscriber.subscribe("a/b", AT_MOST_ONCE);
        Device publisher = publisherOf("a/b");
        int other = publisher.register("nobody");
        publisher.send(publish(AT_LEAST_ONCE, 6, "first"));
        publisher.next();
        store.hold();

        publisher.send(publish(AT_LEAST_ONCE, 7, "x"));
        publisher.publish(other, AT_LEAST_ONCE, "y");

        assertThat(publisher.next()).isEqualTo(new PubAck(1, 7, ReturnCode.ACCEPTED));
        assertThat(publisher.next()).isInstanceOf(PubAck.class);
    }

    @Test
    @Requirement("G-PUB-03")
    void exactlyOnce_isOneStepForPublisherAndSubscribers() {
        Device subscriber = Device.persistent(gateway, "subscriber");
        subscriber.subscribe("a/b", EXACTLY_ONCE);
        Device publisher = publisherOf("a/b");
        store.hold();
        publisher.send(publish(EXACTLY_ONCE, 7, "x"));
        assertThat(publisher.heardNothing()).isTrue();
        assertThat(subscriber.heardNothing()).isTrue();

        TestGateway after = gateway.crashed();
        assertThat(kept(after, "subscriber").messages()).isEmpty();
        assertThat(kept(after, "publisher").received()).isEmpty();

        Device publishesAgain = Device.at(after, "publisher");
        Device subscribesStill = Device.at(after, "subscriber");
        publishesAgain.send(publish(EXACTLY_ONCE, 7, "x"));
        publishesAgain.send(new PubRel(7));
        assertThat(publishesAgain.all()).containsExactly(new PubRec(7), new PubComp(7));
        subscribesStill.receives("x");
    }

    @Test
    @Requirement("G-PUB-03")
    void exactlyOnceThatWasSafe_isNotTakenAgain() {
        Device subscriber = Device.persistent(gateway, "subscriber");
        subscriber.subscribe("a/b", EXACTLY_ONCE);
        Device publisher = publisherOf("a/b");
        store.hold();
        publisher.send(publish(EXACTLY_ONCE, 7, "x"));
        store.commit(Integer.MAX_VALUE); // and the power fails before anybody is told

        TestGateway after = gateway.crashed();
        Device publishesAgain = Device.at(after, "publisher");
        publishesAgain.send(publish(EXACTLY_ONCE, 7, "x"));

        assertThat(publishesAgain.next()).isEqualTo(new PubRec(7));
        assertThat(after.upstream().published()).isEmpty();
        assertThat(kept(after, "subscriber").messages()).hasSize(1);
    }

    @Test
    void release_isConfirmedWhenThatIsSafe() {
        Device publisher = publisherOf("a/b");
        publisher.send(publish(EXACTLY_ONCE, 7, "x"));
        publisher.next();
        store.hold();

        publisher.send(new PubRel(7));
        assertThat(publisher.heardNothing()).isTrue();
        becomesSafe();

        assertThat(publisher.next()).isEqualTo(new PubComp(7));
    }

    @Test
    void subscriptionThatWasAnswered_stillBringsItsRetainedMessagesAfterACrash() {
        Device publisher = publisherOf("a/b");
        int other = publisher.register("nobody");
        publisher.send(new Publish(false, AT_LEAST_ONCE, true, TopicIdType.NORMAL, 1, 50, Octets.utf8("stands")));
        publisher.next();
        Device subscriber = Device.persistent(gateway, "subscriber");
        store.hold();
        gateway.upstream().whenSubscribed(() -> publisher.publish(other, EXACTLY_ONCE, "ends a unit"));

        subscriber.send(new Subscribe(false, AT_LEAST_ONCE, 2, new Topic.Name("a/b")));
        while (subscriber.heardNothing()) {
            store.commit(1);
            gateway.settle();
        }

        assertThat(subscriber.next()).isEqualTo(new SubAck(AT_LEAST_ONCE, 1, 2, ReturnCode.ACCEPTED));
        assertThat(kept(gateway.crashed(), "subscriber").messages()).hasSize(1);
    }

    // ---- what waits, and who is there by then --------------------------------------------------------------------

    @Test
    @Requirement("G-CONN-08")
    void clientThatHasMoved_isAcceptedThereAndItsOldAddressToldAtOnce() {
        Device device = Device.persistent(gateway, "sensor");
        store.hold();
        device.send(new Register(0, 1, "a/b"));
        TestPeer elsewhere = gateway.peer("elsewhere", 1);
        elsewhere.send(connect("sensor"));

        assertThat(device.all()).containsExactly(Disconnect.plain());
        assertThat(elsewhere.heardNothing()).isTrue();
        becomesSafe();

        assertThat(elsewhere.all()).containsExactly(new ConnAck(ReturnCode.ACCEPTED));
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    void whatWaitsForAClient_isNotForTheNextOneAtItsAddress() {
        Device device = Device.persistent(gateway, "sensor");
        store.hold();
        device.send(new Register(0, 1, "a/b"));
        device.send(connect("another"));
        becomesSafe();

        assertThat(device.all()).containsExactly(new ConnAck(ReturnCode.ACCEPTED));
    }

    @Test
    void disconnectionThatWaits_isNotForTheNextOneAtTheAddress() {
        Device device = Device.persistent(gateway, "sensor");
        store.hold();
        device.send(Disconnect.plain());
        device.send(Disconnect.plain());
        assertThat(device.heardNothing()).isTrue();
        device.send(connect("another"));
        becomesSafe();

        assertThat(device.all()).containsExactly(new ConnAck(ReturnCode.ACCEPTED));
    }

    @Test
    void disconnection_isConfirmedWhenItIsSafe() {
        Device device = Device.connected(gateway, "sensor");
        store.hold();
        device.send(Disconnect.plain());
        assertThat(device.heardNothing()).isTrue();

        becomesSafe();

        assertThat(device.all()).containsExactly(Disconnect.plain());
        assertThat(gateway.kept()).isEmpty();
    }

    @Test
    @Requirement("G-ROB-06")
    void moreThanMayWait_isDroppedAndCounted() {
        Device device = Device.connected(gateway, "sensor");
        int topicId = device.register("a/b");
        store.hold();
        device.send(new Register(0, 1, "c/d"));
        for (int i = 0; i < 2_000; i++) {
            device.send(new Publish(
                    false, AT_LEAST_ONCE, false, TopicIdType.NORMAL, topicId, 1 + i, Octets.utf8("to nobody")));
        }
        becomesSafe();

        assertThat(device.all()).hasSize(1_000);
        assertThat(gateway.count(Count.PACKETS_NOT_HELD)).isEqualTo(1_001);
    }

    // ---- after a crash -------------------------------------------------------------------------------------------

    @Test
    void packetIds_areNotUsedAgain() {
        Device subscriber = Device.connected(gateway, "subscriber");
        subscriber.subscribe("a/b", AT_LEAST_ONCE);
        Device publisher = publisherOf("a/b");
        store.hold();
        publisher.send(publish(AT_LEAST_ONCE, 7, "x"));
        Publish lost = subscriber.receives("x");

        TestGateway after = gateway.crashed();
        Device same = Device.at(after, "subscriber");
        Device publishesAgain = Device.at(after, "publisher");
        publishesAgain.send(publish(AT_LEAST_ONCE, 7, "x"));
        Publish again = same.next(Publish.class);
        same.send(new PubAck(lost.topicId(), lost.msgId(), ReturnCode.ACCEPTED));

        assertThat(again.msgId()).isNotEqualTo(lost.msgId());
        assertThat(after.census().queuedMessages()).isEqualTo(1);
    }

    @Test
    @Requirement("G-WILL-04")
    void willThatWasDue_isPublishedAfterwards() {
        gateway.upstream().setAvailable(true);
        Sensor device = Sensor.at(gateway, 1, "sensor");
        device.connectWithWill(false, "will/topic", "gone");
        gateway.upstream().setAvailable(false);
        gateway.advance(Duration.ofMinutes(5));
        assertThat(gateway.census().willsWaiting()).isEqualTo(1);

        TestGateway after = gateway.crashed();
        assertThat(after.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("will/topic");

        assertThat(after.crashed().upstream().published()).as("once").isEmpty();
    }

    @Test
    void expiry_goesOnOverTheCrash() {
        SessionSettings usual = SessionSettings.DEFAULTS;
        SessionSettings anHour = new SessionSettings(
                usual.retryInterval(),
                usual.retryCount(),
                usual.keepAliveTolerance(),
                usual.queue(),
                usual.maxSubscriptions(),
                usual.maxTopicAliases(),
                usual.maxInboundInFlight(),
                Duration.ofHours(1),
                usual.sleeperPingMoves());
        Options options = Options.DEFAULTS.with(anHour);
        TestGateway before = new TestGateway(options);
        Device.persistent(before, "sensor").send(Disconnect.plain());
        before.advance(Duration.ofMinutes(40));

        TestGateway after = before.restarted(options);
        after.advance(Duration.ofMinutes(19));
        assertThat(after.census().disconnected()).isEqualTo(1);
        after.advance(Duration.ofMinutes(2));

        assertThat(after.census().disconnected()).isZero();
        assertThat(after.kept()).isEmpty();
    }

    @Test
    void queueThatIsShorterAfterwards_dropsAndCounts() {
        Device subscriber = Device.persistent(gateway, "subscriber");
        subscriber.subscribe("a/b", AT_LEAST_ONCE);
        subscriber.send(Disconnect.plain());
        Device publisher = publisherOf("a/b");
        for (int msgId = 1; msgId <= 5; msgId++) {
            publisher.send(publish(AT_LEAST_ONCE, msgId, "x"));
        }

        SessionSettings usual = SessionSettings.DEFAULTS;
        SessionSettings two = new SessionSettings(
                usual.retryInterval(),
                usual.retryCount(),
                usual.keepAliveTolerance(),
                new QueueBound(2, 1_000_000, OverflowPolicy.DROP_OLDEST),
                usual.maxSubscriptions(),
                usual.maxTopicAliases(),
                usual.maxInboundInFlight(),
                Duration.ofHours(1),
                usual.sleeperPingMoves());
        TestGateway after = gateway.restarted(Options.DEFAULTS.with(two));

        assertThat(after.census().queuedMessages()).isEqualTo(2);
        assertThat(after.count(Count.DROPPED_QUEUE_FULL)).isEqualTo(3);
        assertThat(kept(after, "subscriber").messages()).hasSize(2);
    }

    // ---- a store that takes nothing ------------------------------------------------------------------------------

    @Test
    @Requirement("G-ROB-06")
    void storeThatTakesNothing_isCongestionForWhatIsNew() {
        Device device = publisherOf("a/b");
        store.hold();
        store.setTaking(false);

        device.send(new Register(0, 1, "new"));
        device.send(new Subscribe(false, AT_LEAST_ONCE, 2, new Topic.Name("a/b")));
        device.send(publish(AT_LEAST_ONCE, 3, "x"));
        device.send(publish(EXACTLY_ONCE, 4, "x"));
        assertThat(device.all())
                .containsExactly(
                        new RegAck(0, 1, ReturnCode.CONGESTION),
                        new SubAck(AT_MOST_ONCE, 0, 2, ReturnCode.CONGESTION),
                        new PubAck(1, 3, ReturnCode.CONGESTION),
                        new PubAck(1, 4, ReturnCode.CONGESTION));
        assertThat(gateway.count(Count.REGISTERS_REFUSED)).isEqualTo(1);
        assertThat(gateway.count(Count.SUBSCRIBES_REFUSED)).isEqualTo(1);
        assertThat(gateway.count(Count.MESSAGES_IN_REFUSED_CONGESTION)).isEqualTo(2);

        Device newcomer = Device.at(gateway, "newcomer");
        newcomer.send(connect("newcomer"));
        assertThat(newcomer.next()).isEqualTo(new ConnAck(ReturnCode.CONGESTION));
        assertThat(gateway.count(Count.CONNECTS_REFUSED_STORE)).isEqualTo(1);
    }

    @Test
    void storeThatTakesNothing_letsGoOnWhatThereIs() {
        Device subscriber = Device.connected(gateway, "subscriber");
        subscriber.subscribe("a/b", AT_MOST_ONCE);
        Device publisher = publisherOf("a/b");
        store.hold();
        store.setTaking(false);

        publisher.send(new Register(0, 1, "a/b"));
        publisher.send(publish(AT_MOST_ONCE, 0, "flows on"));

        assertThat(publisher.all()).containsExactly(new RegAck(1, 1, ReturnCode.ACCEPTED));
        subscriber.receives("flows on");
    }

    @Test
    void storeThatTakesNothing_doesNotHoldBackSignsOfLifeAndRefusals() {
        Device device = publisherOf("a/b");
        store.hold();
        store.setTaking(false);
        device.send(new WillTopicUpd(AT_MOST_ONCE, false, "will")); // its answer waits, and all that follows

        device.send(new PingReq(""));
        device.send(publish(EXACTLY_ONCE, 4, "x"));
        device.send(new Register(0, 1, "new"));
        device.send(new Subscribe(false, AT_LEAST_ONCE, 2, new Topic.Name("c/d")));

        assertThat(device.all())
                .contains(
                        new PingResp(),
                        new PubAck(1, 4, ReturnCode.CONGESTION),
                        new RegAck(0, 1, ReturnCode.CONGESTION),
                        new SubAck(AT_MOST_ONCE, 0, 2, ReturnCode.CONGESTION));
    }

    @Test
    void signOfLife_doesNotOvertakeConnAck() {
        store.hold();
        Device device = Device.at(gateway, "sensor");
        device.send(connect("sensor"));
        device.send(new PingReq(""));
        assertThat(device.heardNothing()).isTrue();

        becomesSafe();

        assertThat(device.all()).containsExactly(new ConnAck(ReturnCode.ACCEPTED), new PingResp());
    }

    @Test
    void deliveryThatHasToBeRecorded_doesNotBeginWhileTheStoreTakesNothing() {
        Device subscriber = Device.connected(gateway, "subscriber");
        subscriber.subscribe("many/+", AT_MOST_ONCE);
        Device publisher = publisherOf("many/new");
        store.hold();
        store.setTaking(false);

        publisher.send(publish(AT_MOST_ONCE, 0, "waits"));
        subscriber.send(new Register(0, 7, "many/new"));
        assertThat(subscriber.all()).containsExactly(new RegAck(0, 7, ReturnCode.CONGESTION));
        assertThat(store.waiting()).isEqualTo(1);
        store.setTaking(true);
        becomesSafe();
        becomesSafe();

        subscriber.acknowledgesRegister("many/new");
        becomesSafe();
        subscriber.receives("waits");
    }

    @Test
    void clientThatChangesItsMindAgainAndAgain_fillsNoMemoryWhileTheStoreTakesNothing() {
        Device device = publisherOf("a/b");
        store.hold();
        store.setTaking(false);

        for (int i = 0; i < 100; i++) {
            device.send(new Register(0, i, "a/b"));
            device.send(new PubAck(1, 0, ReturnCode.INVALID_TOPIC_ID));
            device.send(new WillTopicUpd(AT_MOST_ONCE, false, "will/" + i));
            device.send(new Disconnect(10 + i));
        }

        assertThat(store.waiting()).isLessThanOrEqualTo(1);
    }

    @Test
    void messageThatWaitsForTheStore_isPassedByWhatNeedsNothingOfIt() {
        Device sleeper = Device.persistent(gateway, "sleeper");
        int topicId = sleeper.subscribe("a/b", EXACTLY_ONCE);
        sleeper.send(new Disconnect(60));
        sleeper.next();
        Device publisher = publisherOf("a/b");
        publisher.send(publish(EXACTLY_ONCE, 7, "at 2"));
        publisher.send(new PubRel(7));
        publisher.send(publish(AT_LEAST_ONCE, 8, "at 1"));
        publisher.send(publish(AT_LEAST_ONCE, 9, "at 1 too"));
        store.hold();
        store.setTaking(false);
        publisher.send(publish(AT_MOST_ONCE, 0, "at 0"));

        sleeper.send(new PingReq("sleeper"));
        sleeper.receives("at 1");
        sleeper.receives("at 1 too");
        sleeper.receives("at 0");
        assertThat(sleeper.heardNothing()).isTrue();

        store.setTaking(true);
        becomesSafe();
        becomesSafe();
        assertThat(sleeper.receives("at 2"))
                .extracting(Publish::qos, Publish::topicId)
                .containsExactly(EXACTLY_ONCE, topicId);
    }

    @Test
    void messageInFlightThatWaitsForTheStore_isPassedByWhatAsksForNoAnswer() {
        Device subscriber = Device.persistent(gateway, "subscriber");
        subscriber.subscribe("a/b", EXACTLY_ONCE);
        subscriber.subscribe("new/+", AT_LEAST_ONCE);
        Device publisher = publisherOf("a/b");
        int other = publisher.register("new/topic");
        store.hold();
        publisher.publish(other, AT_LEAST_ONCE, "has to be registered");
        publisher.publish(other, AT_MOST_ONCE, "on the same topic");
        store.setTaking(false);

        publisher.send(publish(AT_MOST_ONCE, 0, "1"));
        publisher.send(publish(AT_MOST_ONCE, 0, "2"));
        subscriber.receives("1");
        subscriber.receives("2");
        assertThat(subscriber.heardNothing()).isTrue();

        store.setTaking(true);
        becomesSafe();
        subscriber.acknowledgesRegister("new/topic");
        becomesSafe();
        subscriber.receives("has to be registered");
        subscriber.receives("on the same topic");
    }

    @Test
    void messageThatAsksForNoAnswer_doesNotPassWhatTellsItsTopicId() {
        Device subscriber = Device.persistent(gateway, "subscriber");
        Device publisher = publisherOf("a/b");
        store.hold();
        subscriber.send(new Subscribe(false, AT_LEAST_ONCE, 1, new Topic.Name("a/b")));
        store.setTaking(false);
        publisher.send(publish(AT_MOST_ONCE, 0, "x"));
        assertThat(subscriber.heardNothing()).isTrue();

        becomesSafe();

        assertThat(subscriber.next()).isEqualTo(new SubAck(AT_LEAST_ONCE, 1, 1, ReturnCode.ACCEPTED));
        subscriber.receives("x");
    }

    private void becomesSafe() {
        store.commit(Integer.MAX_VALUE);
        gateway.settle();
    }

    private static KeptSession kept(TestGateway of, String clientId) {
        return Objects.requireNonNull(of.kept().get(clientId));
    }

    private Device publisherOf(String topic) {
        Device publisher = Device.persistent(gateway, "publisher");
        publisher.register(topic);
        return publisher;
    }

    private static Publish publish(Qos qos, int msgId, String text) {
        return new Publish(false, qos, false, TopicIdType.NORMAL, 1, msgId, Octets.utf8(text));
    }

    private static Connect connect(String clientId) {
        return new Connect(false, false, Connect.PROTOCOL_ID, 0, clientId);
    }
}
