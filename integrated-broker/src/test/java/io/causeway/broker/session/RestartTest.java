package io.causeway.broker.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.StoredWill;
import io.causeway.testkit.Requirement;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnectBuilder;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static io.causeway.broker.session.TestClient.number;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

/** What is there again after a restart of the broker (MQTT 5 §4.1). */
class RestartTest {
    private final VirtualBroker broker = VirtualBroker.durable();

    @Test
    @Requirement({"MQTT-4.4.0-1", "MQTT-4.1.0-1"})
    void everythingOfASession_isThereAfterARestart() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 2);
        client.subscribe("$share/g/s", 1);
        client.subscribe(
                "n",
                new MqttSubscriptionOption(MqttQoS.AT_LEAST_ONCE, true, true, RetainedHandlingPolicy.SEND_AT_SUBSCRIBE),
                number(MqttProperties.SUBSCRIPTION_IDENTIFIER, 5));
        TestClient publisher = broker.connected("p");
        publisher.publish("a", "released", 2, 1);
        publisher.publish("a", "sent", 1, 2);
        client.pubRec(1);
        client.publish("x", "not again", 2, 9);
        client.cut();
        publisher.publish("n", "queued", 1, 3);

        broker.restart();
        TestClient anew = broker.client("c").resume();

        assertThat(anew.received())
                .containsExactly(
                        "connack 0 present",
                        "pubrel #1",
                        "publish a sent q1 #2 dup",
                        "publish n queued q1 #3 {subscription=5}");
        anew.repeat("x", "not again", 2, 9);
        assertThat(anew.received()).containsExactly("pubrec #9");
        assertThat(broker.count(BrokerCount.MESSAGES_IN_REPEATED)).isEqualTo(1);
        anew.publish("n", "own");
        broker.connected("p").publish("s", "shared", 1, 1, publish -> publish.retained(true));
        assertThat(anew.received()).containsExactly("publish s shared q1 #4");
        assertThat(broker.census().subscriptions()).isEqualTo(3);
    }

    @Test
    void expiry_goesOn() {
        broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 100)))
                .cut();
        broker.pass(ofSeconds(60));

        broker.restart();

        broker.pass(ofSeconds(39));
        assertThat(broker.census().disconnected()).isEqualTo(1);
        broker.pass(ofSeconds(2));
        assertThat(broker.census().disconnected()).isZero();
    }

    @Test
    void connectionThatTheRestartHasCut_isThatOfASessionThatWaitsFromThenOn() {
        broker.client("c").connect(options -> options.properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 100)));
        broker.pass(ofSeconds(1_000));

        broker.restart();

        broker.pass(ofSeconds(99));
        assertThat(broker.census().disconnected()).isEqualTo(1);
        broker.pass(ofSeconds(2));
        assertThat(broker.census().disconnected()).isZero();
    }

    @Test
    @Requirement("MQTT-4.1.0-2")
    void sessionWhoseTimeIsOverMeanwhile_isNotComeBackTo() {
        broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 100)))
                .cut();
        broker.time.advance(ofSeconds(101));

        broker.restart();

        assertThat(broker.client("c").resume().received()).containsExactly("connack 0");
    }

    @Test
    void sessionThatEnds_isForgotten() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 1);
        client.disconnect(0, number(MqttProperties.SESSION_EXPIRY_INTERVAL, 0));

        broker.restart();

        assertThat(broker.census()).isEqualTo(BrokerCensus.EMPTY);
    }

    @Test
    void sessionThatIsToEndWithItsNextConnection_isForgottenWithIt() {
        broker.client("c").resume().subscribe("a", 1);
        broker.client("c").connect(options -> options.cleanSession(false));

        broker.restart();

        assertThat(broker.census()).isEqualTo(BrokerCensus.EMPTY);
    }

    @Test
    void newSession_isNotTheFormerOne() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 1);
        client.connect(
                options -> options.cleanSession(true).properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 100)));
        broker.connected("p").publish("a", "x", 1, 1);

        broker.restart();

        assertThat(broker.client("c").resume().received()).containsExactly("connack 0 present");
    }

    @Test
    void sessionTakenOverByAnotherProtocol_isForgotten() {
        broker.client("c").resume();
        broker.store().hold();
        broker.hold();
        broker.shardOf("c").yieldTo("c", broker.time.nowNanos());
        assertThat(broker.store().waiting()).as("before the one that follows").isEqualTo(1);
        broker.letGo();

        broker.restart();

        assertThat(broker.census()).isEqualTo(BrokerCensus.EMPTY);
    }

    @Test
    void subscriptionThatWasEnded_isNotThere_andOneThatWasChangedIsAsItWasLast() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 1);
        client.subscribe("b", 1);
        client.subscribe("$share/g/c", 1);
        client.unsubscribe("a");
        client.unsubscribe("$share/g/c");
        client.subscribe("b", 2);
        client.cut();

        broker.restart();
        TestClient publisher = broker.connected("p");
        publisher.publish("a", "x", 1, 1);
        publisher.publish("b", "x", 2, 2);
        publisher.publish("c", "x", 1, 3);

        assertThat(broker.client("c").resume().received()).containsExactly("connack 0 present", "publish b x q2 #1");
    }

    @Test
    void messagesAreInTheirOrderWithWhatTheyHad_andWithoutThoseThatAreSettledOrHaveExpired() {
        TestClient client = broker.client("c").resume();
        client.subscribe("#", 2);
        client.received();
        TestClient publisher = broker.connected("p");
        publisher.publish("a", "settled", 1, 1);
        client.pubAck(1);
        client.cut();
        publisher.publish("a", "at most once", 0, 0);
        publisher.publish(
                "a",
                "short",
                1,
                2,
                publish -> publish.properties(number(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 5)));
        publisher.publish(
                "b",
                "long",
                2,
                3,
                publish -> publish.properties(number(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 50)));
        publisher.publish("c", "last", 1, 4);
        broker.pass(ofSeconds(6));

        broker.restart();

        assertThat(broker.client("c").resume().received())
                .containsExactly("connack 0 present", "publish b long q2 #2 {expiry=44}", "publish c last q1 #3");
    }

    @Test
    void messagesThatWereDroppedForOthers_areNotThere() {
        VirtualBroker narrow = VirtualBroker.durable(
                new BrokerSettings(
                        10,
                        new QueueBound(2, 1_000, OverflowPolicy.DROP_OLDEST),
                        10,
                        10,
                        10_000,
                        0,
                        10,
                        ZERO,
                        0,
                        10,
                        1_000),
                1);
        TestClient client = narrow.client("c").resume();
        client.subscribe("a", 1);
        client.cut();
        TestClient publisher = narrow.connected("p");
        for (int i = 1; i <= 5; i++) {
            publisher.publish("a", "x" + i, 1, i);
        }

        narrow.restart();

        assertThat(narrow.client("c").resume().received())
                .containsExactly("connack 0 present", "publish a x4 q1 #1", "publish a x5 q1 #2");
    }

    @Test
    void packetIdsOfWhatIsInFlight_areNotGivenOutAgain() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 2);
        broker.connected("p").publish("a", "x", 2, 1);
        client.cut();

        broker.restart();
        TestClient anew = broker.client("c").resume();
        broker.connected("p").publish("a", "y", 2, 1);

        assertThat(anew.received()).containsExactly("connack 0 present", "publish a x q2 #1 dup", "publish a y q2 #2");
    }

    // ---- wills ---------------------------------------------------------------------------------------------------

    @Test
    void willOfAConnectionThatTheRestartHasCut_isPublishedAfterItsDelay() {
        broker.client("c").connect(withWill(40, 100));

        broker.restart();
        TestClient watcher = watcher();

        broker.pass(ofSeconds(39));
        assertThat(watcher.received()).isEmpty();
        broker.pass(ofSeconds(2));
        assertThat(watcher.received()).containsExactly("publish w gone q1 #1");
    }

    @Test
    void willOfAConnectionThatTheRestartHasCut_isNotPublishedBeforeItsClientCouldComeBack() {
        broker.client("c").connect(withWill(0, 0).andThen(options -> options.keepAlive(60)));

        broker.restart();
        TestClient watcher = watcher();

        broker.pass(ofSeconds(89));
        assertThat(watcher.received()).isEmpty();
        broker.pass(ofSeconds(2));
        assertThat(watcher.received()).containsExactly("publish w gone q1 #1");
        assertThat(broker.census().disconnected()).isZero();
    }

    @Test
    void willOfAClientThatComesBack_isNotPublished() {
        broker.client("kept").connect(withWill(0, 100));
        broker.client("clean").connect(withWill(0, 100));
        broker.client("short").connect(withWill(0, 0));

        broker.restart();
        TestClient watcher = watcher();

        assertThat(broker.client("kept").resume().received()).containsExactly("connack 0 present");
        assertThat(broker.client("clean").connect().received()).containsExactly("connack 0");
        assertThat(broker.client("short").resume().received()).containsExactly("connack 0");
        broker.pass(ofSeconds(1_000));
        assertThat(watcher.received()).isEmpty();
    }

    @Test
    void willOfAClientThatComesBackOnlyAfterASecondRestart_isNotPublished() {
        broker.client("kept").connect(withWill(0, 100).andThen(options -> options.keepAlive(60)));
        broker.client("clean").connect(withWill(0, 100));
        broker.client("short").connect(withWill(0, 0));

        broker.restart();
        broker.restart();
        TestClient watcher = watcher();

        assertThat(broker.client("clean").connect().received()).containsExactly("connack 0");
        assertThat(broker.client("short").resume().received()).containsExactly("connack 0");
        broker.pass(ofSeconds(60));
        assertThat(broker.client("kept").resume().received()).containsExactly("connack 0 present");
        broker.pass(ofSeconds(1_000));
        assertThat(watcher.received()).isEmpty();
    }

    @Test
    @Requirement("MQTT-3.1.3-9")
    void willWhoseDelayIsLongerThanItsSession_isPublishedWithTheEndOfThat() {
        broker.client("lost").connect(withWill(1_000, 100)).cut();
        broker.pass(ofSeconds(40));
        broker.client("connected").connect(withWill(1_000, 60));

        broker.restart();
        TestClient watcher = watcher();

        broker.pass(ofSeconds(59));
        assertThat(watcher.received()).isEmpty();
        broker.pass(ofSeconds(2));
        assertThat(watcher.received()).containsExactly("publish w gone q1 #1", "publish w gone q1 #2");
        assertThat(broker.census().disconnected()).isZero();
    }

    @Test
    void willThatWaited_waitsForTheRestOfItsDelay() {
        broker.client("c").connect(withWill(100, 200)).cut();
        broker.pass(ofSeconds(40));

        broker.restart();
        TestClient watcher = watcher();

        broker.pass(ofSeconds(59));
        assertThat(watcher.received()).isEmpty();
        broker.pass(ofSeconds(2));
        assertThat(watcher.received()).containsExactly("publish w gone q1 #1");
    }

    @Test
    void willWhoseDelayIsOverMeanwhile_waitsForThoseWhoWantToHearOfIt() {
        broker.client("c").connect(withWill(10, 20)).cut();
        broker.time.advance(ofSeconds(4_000));

        broker.restart();
        TestClient watcher = watcher();

        broker.pass(ofSeconds(29));
        assertThat(watcher.received()).isEmpty();
        broker.pass(ofSeconds(2));
        assertThat(watcher.received()).containsExactly("publish w gone q1 #1");
        assertThat(broker.census().disconnected()).isZero();
    }

    @Test
    void willThatWasPublished_isNotPublishedAgain() {
        TestClient watcher = broker.client("watcher").resume();
        watcher.subscribe("w", 1);
        broker.client("c").connect(withWill(0, 100)).cut();
        assertThat(watcher.received()).contains("publish w gone q1 #1");
        watcher.pubAck(1);

        broker.restart();
        broker.pass(ofSeconds(1_000));

        assertThat(broker.client("watcher").resume().received()).containsExactly("connack 0 present");
    }

    @Test
    void storedWillThatOnlyTheBrokerMayPublish_isDroppedForGood() {
        ApplicationMessage message =
                new ApplicationMessage("$SYS/broker/uptime", Octets.utf8("0"), Qos.AT_LEAST_ONCE, true);
        Changes due = broker.store().begin();
        due.add(new Change.PutWill(new StoredWill(broker.store().nextId(), "sensor", "", message)));
        due.submit();

        broker.restart();

        assertThat(broker.broker.retained().size()).isZero();
        assertThat(broker.count(BrokerCount.WILLS_DROPPED)).isEqualTo(1);
        broker.restart();
        assertThat(broker.count(BrokerCount.WILLS_DROPPED)).isZero();
    }

    @Test
    void willOfAnOrderlyDisconnection_isForgotten() {
        broker.client("c").connect(withWill(0, 100)).disconnect();

        broker.restart();
        TestClient watcher = watcher();
        broker.pass(ofSeconds(1_000));

        assertThat(watcher.received()).isEmpty();
    }

    // ---- retained messages ---------------------------------------------------------------------------------------

    @Test
    void retainedMessages_areThere_andThoseThatWereDeletedAreNot() {
        TestClient publisher = broker.connected("p");
        publisher.publish("r/1", "old", 0, 0, publish -> publish.retained(true));
        publisher.publish("r/1", "new", 0, 0, publish -> publish.retained(true));
        publisher.publish("r/2", "deleted", 1, 1, publish -> publish.retained(true));
        publisher.publish("r/2", "", 0, 0, publish -> publish.retained(true));
        publisher.publish(
                "r/3",
                "expired",
                0,
                0,
                publish -> publish.retained(true).properties(number(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 5)));
        broker.pass(ofSeconds(100));

        broker.restart();
        TestClient client = broker.connected("c");
        client.subscribe("r/#", 0);

        assertThat(client.received()).containsExactly("suback #1 [0]", "publish r/1 new retain");
        assertThat(broker.broker.retained().size()).isEqualTo(1);
    }

    @Test
    void retainedWhatTheBrokerSaysOfItself_isSaidAnew() {
        broker.broker
                .upstream()
                .publish(
                        "broker",
                        new ApplicationMessage("$SYS/broker/uptime", Octets.utf8("1"), Qos.AT_MOST_ONCE, true),
                        new RecordingCallback());

        broker.restart();

        assertThat(broker.broker.retained().size()).isZero();
    }

    @Test
    void retainedMessagesOfSensors_areThere() {
        RecordingCallback callback = new RecordingCallback();
        broker.broker
                .sensorUpstream()
                .publish("s", new ApplicationMessage("r", Octets.utf8("x"), Qos.AT_LEAST_ONCE, true), callback);
        assertThat(callback.outcomes).containsExactly("accepted");

        broker.restart();

        assertThat(broker.broker.retained().size()).isEqualTo(1);
    }

    @Test
    void retainedMessagesThatWereOwed_areSent_andThoseThatWereSentAreNot() {
        TestClient publisher = broker.connected("p");
        for (int i = 0; i < 150; i++) {
            publisher.publish("r/" + i, "x", 1, 1, publish -> publish.retained(true));
        }
        publisher.publish("single", "x", 1, 1, publish -> publish.retained(true));
        TestClient client = broker.client("c").resume();
        client.subscribe("single", 1);
        client.pubAck(1);
        client.subscribe("r/#", 1);
        client.cut();

        broker.restart();
        TestClient anew = broker.client("c").resume();
        for (int i = 1; i <= 300; i++) {
            anew.pubAck(i);
        }

        List<String> topics = anew.received().stream()
                .filter(each -> each.startsWith("publish"))
                .map(each -> each.replaceFirst("publish (\\S+) .*", "$1"))
                .distinct()
                .toList();
        assertThat(topics).hasSize(150).doesNotContain("single");
    }

    @Test
    void sharedSubscription_isOwedNothing() {
        broker.connected("p").publish("r", "x", 1, 1, publish -> publish.retained(true));
        TestClient client = broker.client("c").resume();
        client.setWritable(false);
        client.subscribe("r", 1);
        client.subscribe("$share/g/r", 1);
        client.unsubscribe("r");
        client.cut();

        broker.restart();

        assertThat(broker.client("c").resume().received()).containsExactly("connack 0 present");
    }

    private TestClient watcher() {
        TestClient watcher = broker.connected("watcher");
        watcher.subscribe("w", 1);
        watcher.received();
        return watcher;
    }

    private static final class RecordingCallback implements PublishCallback {
        private final List<String> outcomes = new ArrayList<>();

        @Override
        public void onAccepted() {
            outcomes.add("accepted");
        }

        @Override
        public void onRefused(Refusal refusal) {
            outcomes.add("refused");
        }
    }

    private static Consumer<ConnectBuilder> withWill(int delaySeconds, int expirySeconds) {
        return options -> options.willFlag(true)
                .willTopic("w")
                .willMessage(new byte[] {'g', 'o', 'n', 'e'})
                .willQoS(MqttQoS.AT_LEAST_ONCE)
                .willProperties(number(MqttProperties.WILL_DELAY_INTERVAL, delaySeconds))
                .properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, expirySeconds));
    }
}
