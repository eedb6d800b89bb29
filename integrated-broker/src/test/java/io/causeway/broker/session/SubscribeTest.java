package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.broker.session.TestClient.Version;
import io.causeway.routing.TopicFilter;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.SubscribeBuilder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.UnsubscribeBuilder;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.broker.session.TestClient.all;
import static io.causeway.broker.session.TestClient.number;
import static io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy.DONT_SEND_AT_SUBSCRIBE;
import static io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy.SEND_AT_SUBSCRIBE;
import static io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS;
import static org.assertj.core.api.Assertions.assertThat;

/** SUBSCRIBE, UNSUBSCRIBE and retained messages (MQTT 5 §3.8 to §3.11, §3.3.1.3, §4.7, §4.8). */
class SubscribeTest {
    private final VirtualBroker broker = new VirtualBroker();
    private final TestClient publisher = broker.client("publisher");
    private final TestClient client = broker.client("c");

    SubscribeTest() {
        publisher.connect();
        client.connect();
        client.received();
    }

    // ---- SUBACK --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({
        "MQTT-3.8.4-1",
        "MQTT-3.8.4-2",
        "MQTT-3.8.4-5",
        "MQTT-3.8.4-6",
        "MQTT-3.8.4-7",
        "MQTT-3.9.3-1",
        "MQTT-2.2.1-6"
    })
    void eachFilter_isAnsweredInItsPlace(Version version) {
        TestClient any = broker.client("any", version).connect();
        any.received();

        any.send(MqttMessageBuilders.subscribe()
                .messageId(7)
                .addSubscription(MqttQoS.EXACTLY_ONCE, "a")
                .addSubscription(MqttQoS.AT_LEAST_ONCE, "a/#/b")
                .addSubscription(MqttQoS.AT_MOST_ONCE, "c/+")
                .build());

        assertThat(any.received())
                .containsExactly(version == Version.V5 ? "suback #7 [2, 143, 0]" : "suback #7 [2, 128, 0]");
        assertThat(broker.count(BrokerCount.SUBSCRIBES)).isEqualTo(2);
        assertThat(broker.count(BrokerCount.SUBSCRIBES_REFUSED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a#", "#/a", "a+/b", "+a", "$share/g", "$share//a", "$share/g+/a", "$share/g/", "$share/#"})
    @Requirement({"MQTT-4.7.1-1", "MQTT-4.7.1-2", "MQTT-4.7.3-1", "MQTT-4.8.2-1", "MQTT-4.8.2-2"})
    void whatIsNoFilter_isRefused(String filter) {
        client.subscribe(filter, 0);

        assertThat(client.received()).containsExactly("suback #1 [143]");
    }

    @Test
    void filterThatIsNotAllowed_isRefused() {
        broker.broker.useAuthorizer(new Secretive());
        TestClient four = broker.client("four", Version.V4).connect();
        four.received();

        client.subscribe("secret/#", 1);
        client.subscribe("$share/g/secret/a", 1);
        four.subscribe("secret/#", 1);

        assertThat(client.received()).containsExactly("suback #1 [135]", "suback #2 [135]");
        assertThat(four.received()).containsExactly("suback #1 [128]");
    }

    @Test
    void tooManySubscriptions_areRefused() {
        BrokerSettings settings = new BrokerSettings(
                10,
                new QueueBound(9, 9_999, OverflowPolicy.DROP_OLDEST),
                9,
                9,
                9_999,
                9,
                2,
                Duration.ZERO,
                0,
                9,
                9_999);
        TestClient narrow = new VirtualBroker(settings, 1).connected("c");

        narrow.subscribe("a", 0);
        narrow.subscribe("b", 0);
        narrow.subscribe("c", 0);
        narrow.subscribe("a", 1);
        narrow.unsubscribe("b");
        narrow.subscribe("c", 0);

        assertThat(narrow.received())
                .containsExactly(
                        "suback #1 [0]",
                        "suback #2 [0]",
                        "suback #3 [151]",
                        "suback #4 [1]",
                        "unsuback #5 [0]",
                        "suback #6 [0]");
    }

    @Test
    @Requirement("MQTT-3.1.2-24")
    void moreFiltersThanAnswersFit_disconnects() {
        TestClient small = broker.client("small")
                .connect(options -> options.properties(number(MqttProperties.MAXIMUM_PACKET_SIZE, 30)));
        small.received();
        SubscribeBuilder subscribe = MqttMessageBuilders.subscribe().messageId(1);
        UnsubscribeBuilder unsubscribe = MqttMessageBuilders.unsubscribe().messageId(2);
        for (int i = 0; i < 30; i++) {
            subscribe.addSubscription(MqttQoS.AT_MOST_ONCE, "f" + i);
            unsubscribe.addTopicFilter("f" + i);
        }

        small.send(subscribe.build());
        assertThat(small.received()).containsExactly("disconnect 0x95");

        small.connect(options -> options.properties(number(MqttProperties.MAXIMUM_PACKET_SIZE, 30)));
        small.received();
        small.send(unsubscribe.build());
        assertThat(small.received()).containsExactly("disconnect 0x95");
    }

    @Test
    @Requirement("MQTT-3.8.3-2")
    void subscribeWithoutFilters_isAProtocolError() {
        client.send(new MqttSubscribeMessage(
                new MqttFixedHeader(MqttMessageType.SUBSCRIBE, false, MqttQoS.AT_LEAST_ONCE, false, 0),
                new MqttMessageIdAndPropertiesVariableHeader(1, MqttProperties.NO_PROPERTIES),
                new MqttSubscribePayload(List.of())));

        assertThat(client.received()).containsExactly("disconnect 0x82");
    }

    @Test
    @Requirement("MQTT-3.10.3-2")
    void unsubscribeWithoutFilters_isAProtocolError() {
        client.send(new MqttUnsubscribeMessage(
                new MqttFixedHeader(MqttMessageType.UNSUBSCRIBE, false, MqttQoS.AT_LEAST_ONCE, false, 0),
                new MqttMessageIdAndPropertiesVariableHeader(1, MqttProperties.NO_PROPERTIES),
                new MqttUnsubscribePayload(List.of())));

        assertThat(client.received()).containsExactly("disconnect 0x82");
    }

    @Test
    @Requirement("MQTT-3.8.3-4")
    void noLocalWithASharedSubscription_isAProtocolError() {
        client.subscribe("$share/g/a", option(1, true, false, SEND_AT_SUBSCRIBE));

        assertThat(client.received()).containsExactly("disconnect 0x82");
    }

    @Test
    void subscriptionIdentifierOfZeroOrTwo_isAProtocolError() {
        TestClient other = broker.connected("other");
        client.subscribe("a", option(1), number(MqttProperties.SUBSCRIPTION_IDENTIFIER, 0));
        other.subscribe(
                "a",
                option(1),
                all(
                        new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, 1),
                        new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, 2)));

        assertThat(client.received()).containsExactly("disconnect 0x82");
        assertThat(other.received()).containsExactly("disconnect 0x82");
    }

    // ---- UNSUBACK ------------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-3.10.4-1", "MQTT-3.10.4-2", "MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-3.10.4-6", "MQTT-3.11.3-1"})
    void unsubscribe_endsWhatThereIsAndSaysWhatThereWasNot() {
        client.subscribe("a", 1);
        client.received();

        client.send(MqttMessageBuilders.unsubscribe()
                .messageId(9)
                .addTopicFilter("b")
                .addTopicFilter("a")
                .addTopicFilter("#a")
                .build());
        publisher.publish("a", "x");

        assertThat(client.received()).containsExactly("unsuback #9 [17, 0, 143]");
    }

    @Test
    void unsubscribeOfMqtt311_isAnswered() {
        TestClient four = broker.client("four", Version.V4).connect();
        four.received();

        four.unsubscribe("a");

        MqttMessage unsubAck = four.receivedPackets().get(0);
        assertThat(unsubAck.fixedHeader().messageType()).isEqualTo(MqttMessageType.UNSUBACK);
        assertThat(unsubAck.fixedHeader().remainingLength()).isEqualTo(2);
    }

    @Test
    @Requirement("MQTT-3.10.4-3")
    void messagesInFlight_areCompletedAfterUnsubscribe() {
        client.subscribe("a", 2);
        publisher.publish("a", "x", 2, 1);
        client.unsubscribe("a");
        client.received();

        client.pubRec(1);
        client.pubComp(1);

        assertThat(client.received()).containsExactly("pubrel #1");
        assertThat(broker.census().inFlight()).isZero();
    }

    // ---- options -------------------------------------------------------------------------------------------------

    @Test
    @Requirement("MQTT-3.8.3-3")
    void noLocal_keepsOwnMessagesAway() {
        client.subscribe("a", option(0, true, false, SEND_AT_SUBSCRIBE));
        client.received();

        client.publish("a", "own");
        publisher.publish("a", "other");

        assertThat(client.received()).containsExactly("publish a other");
    }

    @Test
    @Requirement({"MQTT-3.3.1-12", "MQTT-3.3.1-13"})
    void retainAsPublished_keepsTheFlag() {
        client.subscribe("a", option(0, false, true, SEND_AT_SUBSCRIBE));
        TestClient plain = broker.connected("plain");
        plain.subscribe("a", 0);
        client.received();
        plain.received();

        publisher.publish("a", "x", 0, 0, publish -> publish.retained(true));

        assertThat(client.received()).containsExactly("publish a x retain");
        assertThat(plain.received()).containsExactly("publish a x");
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V3", "V4"})
    void bridge_getsNothingOfItsOwnAndRetainFlagsAsPublished(Version version) {
        TestClient bridge = broker.client("bridge", version).connectAsBridge();
        bridge.subscribe("a", 0);
        bridge.received();

        bridge.publish("a", "own");
        publisher.publish("a", "other", 0, 0, publish -> publish.retained(true));

        assertThat(bridge.received()).containsExactly("publish a other retain");
    }

    @Test
    @Requirement({"MQTT-3.3.4-2", "MQTT-3.3.4-3", "MQTT-3.3.4-4"})
    void overlappingSubscriptions_bringOneCopyWithTheHighestQosAndAllIdentifiers() {
        client.subscribe("a/#", option(1), number(MqttProperties.SUBSCRIPTION_IDENTIFIER, 1));
        client.subscribe("a/+", option(2), number(MqttProperties.SUBSCRIPTION_IDENTIFIER, 268_435_455));
        client.subscribe("a/b", 0);
        client.received();

        publisher.publish("a/b", "x", 2, 1);

        assertThat(client.received())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("publish a/b x q2 #1 {subscription=")
                .contains("268435455");
    }

    @Test
    @Requirement("MQTT-3.8.4-3")
    void sameFilterAgain_replacesTheSubscription() {
        client.subscribe("a", option(2), number(MqttProperties.SUBSCRIPTION_IDENTIFIER, 1));
        client.subscribe("a", 0);
        client.received();

        publisher.publish("a", "x", 2, 1);

        assertThat(client.received()).containsExactly("publish a x");
        assertThat(broker.census().subscriptions()).isEqualTo(1);
    }

    @Test
    @Requirement("MQTT-4.7.2-1")
    void leadingWildcard_doesNotMeanTopicsOfTheServer() {
        client.subscribe("#", 0);
        client.subscribe("+/info", 0);
        client.subscribe("$ours/#", 0);
        client.received();

        publisher.publish("$ours/info", "x");

        assertThat(client.received()).containsExactly("publish $ours/info x");
    }

    // ---- retained messages ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.3.1-5", "MQTT-3.3.1-9", "MQTT-3.8.4-8"})
    void newSubscription_bringsTheLastRetainedMessage(Version version) {
        retain("a/1", "old");
        retain("a/1", "new");
        retain("b", "other");
        TestClient any = broker.client("any", version).connect();
        any.received();

        any.subscribe("a/#", 1);

        assertThat(any.received()).containsExactly("suback #1 [1]", "publish a/1 new q1 #1 retain");
    }

    @Test
    @Requirement({"MQTT-3.3.1-6", "MQTT-3.3.1-7"})
    void emptyRetainedMessage_deletes() {
        retain("a", "x");
        retain("a", "");

        client.subscribe("a", 1);

        assertThat(client.received()).containsExactly("suback #1 [1]");
    }

    @Test
    @Requirement("MQTT-3.3.1-8")
    void messageWithoutRetain_isNotStored() {
        retain("a", "stored");
        publisher.publish("a", "live");

        client.subscribe("a", 0);

        assertThat(client.received()).containsExactly("suback #1 [0]", "publish a stored retain");
    }

    @Test
    @Requirement({"MQTT-3.3.1-9", "MQTT-3.8.4-4"})
    void retainHandling0_sendsWithEverySubscribe() {
        retain("a", "x");
        client.subscribe("a", option(0, false, false, SEND_AT_SUBSCRIBE));
        client.subscribe("a", option(0, false, false, SEND_AT_SUBSCRIBE));

        assertThat(client.received())
                .containsExactly("suback #1 [0]", "publish a x retain", "suback #2 [0]", "publish a x retain");
    }

    @Test
    @Requirement("MQTT-3.3.1-10")
    void retainHandling1_sendsForANewSubscriptionOnly() {
        retain("a", "x");
        client.subscribe("a", option(0, false, false, SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS));
        client.subscribe("a", option(0, false, false, SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS));

        assertThat(client.received()).containsExactly("suback #1 [0]", "publish a x retain", "suback #2 [0]");
    }

    @Test
    @Requirement("MQTT-3.3.1-11")
    void retainHandling2_sendsNothing() {
        retain("a", "x");
        client.subscribe("a", option(0, false, false, DONT_SEND_AT_SUBSCRIBE));

        assertThat(client.received()).containsExactly("suback #1 [0]");
    }

    @Test
    void retainedMessage_carriesTheSubscriptionIdentifier() {
        retain("a", "x");
        client.subscribe("a", option(0), number(MqttProperties.SUBSCRIPTION_IDENTIFIER, 5));

        assertThat(client.received()).containsExactly("suback #1 [0]", "publish a x retain {subscription=5}");
    }

    @Test
    void retainedMessageThatMayNotBeReceived_isNotSent() {
        retain("secret/a", "x");
        retain("open", "y");
        broker.broker.useAuthorizer(new Secretive());

        client.subscribe("#", 0);
        publisher.publish("secret/a", "live");

        assertThat(client.received()).containsExactly("suback #1 [0]", "publish open y retain");
        assertThat(broker.count(BrokerCount.DROPPED_ACCESS)).isEqualTo(2);
    }

    @Test
    void manyRetainedMessages_areFedAsTheClientDrains() {
        for (int i = 0; i < 500; i++) {
            retain("r/" + i, "x");
        }

        client.subscribe("r/#", 1);

        List<String> window = client.received();
        assertThat(window).hasSize(1 + BrokerSettings.DEFAULTS.maxInFlight());
        assertThat(broker.census().queuedMessages()).isZero();
        List<String> all = new ArrayList<>(window);
        for (int i = 1; i <= 500; i++) {
            client.pubAck(i);
            all.addAll(client.received());
        }
        assertThat(all).hasSize(1 + 500).doesNotHaveDuplicates();
    }

    @Test
    void liveMessages_passRetainedOnesThatWait() {
        for (int i = 0; i < 200; i++) {
            retain("r/" + i, "x");
        }
        client.subscribe("#", 1);
        client.received();
        publisher.publish("live", "now", 1, 1);
        client.pubAck(1);

        assertThat(client.received()).containsExactly("publish live now q1 #101");
    }

    @Test
    void retainedMessageThatIsReplacedMeanwhile_isSentOnceAndLive() {
        for (int i = 0; i < 200; i++) {
            retain("r/" + i, "old");
        }
        client.subscribe("r/#", 1);
        List<String> all = new ArrayList<>(client.received());
        for (int i = 0; i < 200; i++) {
            retain("r/" + i, "new");
        }
        for (int i = 1; i <= 400; i++) {
            client.pubAck(i);
            all.addAll(client.received());
        }

        assertThat(all.stream().filter(each -> each.contains("new")))
                .hasSize(200)
                .noneMatch(each -> each.endsWith("retain"));
        assertThat(all.stream().filter(each -> each.contains("old"))).hasSize(100);
    }

    @Test
    void unsubscribe_stopsTheRetainedMessagesThatWait() {
        for (int i = 0; i < 200; i++) {
            retain("r/" + i, "x");
        }
        client.subscribe("r/#", 1);
        client.unsubscribe("r/#");
        client.received();
        client.pubAck(1);

        assertThat(client.received()).isEmpty();
    }

    @Test
    void retainedMessagesThatWait_goOnAfterAReconnection() {
        for (int i = 0; i < 200; i++) {
            retain("r/" + i, "x");
        }
        TestClient persistent = broker.client("persistent").resume();
        persistent.subscribe("r/#", 1);
        persistent.cut();
        persistent.received();

        persistent.resume();
        for (int i = 1; i <= 200; i++) {
            persistent.pubAck(i);
        }

        assertThat(persistent.received().stream().filter(each -> each.startsWith("publish")))
                .hasSize(200);
    }

    @Test
    @Requirement("MQTT-3.3.2-5")
    void expiredRetainedMessage_isNotSentAndSweptAway() {
        publisher.publish(
                "a",
                "x",
                0,
                0,
                publish -> publish.retained(true).properties(number(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 10)));
        broker.pass(Duration.ofSeconds(11));

        client.subscribe("a", 0);
        assertThat(client.received()).containsExactly("suback #1 [0]");
        assertThat(broker.broker.retained().size()).isEqualTo(1);

        broker.pass(Duration.ofMinutes(3));
        assertThat(broker.broker.retained().size()).isZero();
    }

    // ---- shared subscriptions ------------------------------------------------------------------------------------

    @Test
    @Requirement("MQTT-4.8.2-3")
    void sharedSubscription_bringsEachMessageToOneMemberAtItsQos() {
        TestClient other = broker.connected("other");
        client.subscribe("$share/g/a/#", 1);
        other.subscribe("$share/g/a/#", 0);
        client.received();
        other.received();

        for (int i = 0; i < 10; i++) {
            publisher.publish("a/b", "m", 2, i + 1);
            publisher.pubRel(i + 1);
        }

        assertThat(client.received()).hasSize(5).allMatch(each -> each.startsWith("publish a/b m q1"));
        assertThat(other.received()).hasSize(5).containsOnly("publish a/b m");
    }

    @Test
    void sharedSubscription_bringsNoRetainedMessages() {
        retain("a", "x");

        client.subscribe("$share/g/a", 0);

        assertThat(client.received()).containsExactly("suback #1 [0]");
    }

    @Test
    void sharedSubscription_passesMembersBy_whoAreAway() {
        TestClient away = broker.client("away").resume();
        away.subscribe("$share/g/a", 1);
        away.cut();
        client.subscribe("$share/g/a", 1);
        client.received();

        for (int i = 1; i <= 4; i++) {
            publisher.publish("a", "m", 1, i);
        }

        assertThat(client.received()).hasSize(4);
    }

    @Test
    void sharedSubscription_endsWithUnsubscribe() {
        client.subscribe("$share/g/a", 1);
        client.unsubscribe("$share/g/a");
        client.unsubscribe("$share/g/a");
        client.received();

        publisher.publish("a", "m");

        assertThat(client.received()).isEmpty();
        assertThat(broker.census().subscriptions()).isZero();
    }

    @Test
    @Requirement("MQTT-4.8.2-6")
    void sharedMessageThatAMemberRefuses_goesToNobodyElse() {
        TestClient other = broker.connected("other");
        client.subscribe("$share/g/a", 1);
        publisher.publish("a", "m", 1, 1);
        other.subscribe("$share/g/a", 1);
        other.received();
        client.send(TestClient.reply(MqttMessageType.PUBACK, 1, 0x80));

        assertThat(other.received()).isEmpty();
    }

    private void retain(String topic, String payload) {
        publisher.publish(topic, payload, 1, 1, publish -> publish.retained(true));
    }

    private static MqttSubscriptionOption option(int qos) {
        return option(qos, false, false, SEND_AT_SUBSCRIBE);
    }

    private static MqttSubscriptionOption option(
            int qos, boolean noLocal, boolean retainAsPublished, RetainedHandlingPolicy handling) {
        return new MqttSubscriptionOption(MqttQoS.valueOf(qos), noLocal, retainAsPublished, handling);
    }

    /** Everything but what begins with "secret/". */
    private static final class Secretive implements Authorizer {
        @Override
        public boolean mayPublish(Identity client, String topic) {
            return true;
        }

        @Override
        public boolean maySubscribe(Identity client, TopicFilter filter) {
            return !filter.value().startsWith("secret/");
        }

        @Override
        public boolean mayReceive(Identity client, String topic) {
            return !topic.startsWith("secret/");
        }
    }
}
