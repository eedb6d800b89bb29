package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.broker.session.TestClient.Version;
import io.causeway.routing.TopicFilter;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.broker.session.TestClient.number;
import static io.causeway.broker.session.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/** What clients publish (MQTT 5 §3.3, §4.3, §4.6, §4.9). */
class InboundPublishTest {
    /** Two loops, a receive maximum of 2, room for one retained topic. */
    private static final BrokerSettings NARROW = new BrokerSettings(
            100,
            new QueueBound(10, 10_000, OverflowPolicy.DROP_OLDEST),
            10,
            2,
            4_096,
            2,
            5,
            Duration.ZERO,
            0,
            1,
            10_000);

    private final VirtualBroker broker = new VirtualBroker();

    // ---- quality of service --------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-4.3.2-4", "MQTT-3.3.4-1", "MQTT-2.2.1-5", "MQTT-4.5.0-1"})
    void qos1_isAcknowledgedAndDelivered(Version version) {
        TestClient subscriber = subscriber();
        TestClient client = broker.client("p", version).connect();
        client.received();

        client.publish("a/b", "hello", 1, 77);

        assertThat(client.received()).containsExactly("puback #77");
        assertThat(subscriber.received()).containsExactly("publish a/b hello q1 #1");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-4.3.3-8", "MQTT-4.3.3-11", "MQTT-4.3.3-12"})
    void qos2_isDeliveredOnceAndCompleted(Version version) {
        TestClient subscriber = subscriber();
        TestClient client = broker.client("p", version).connect();
        client.received();

        client.publish("a/b", "one", 2, 9);
        client.pubRel(9);
        client.publish("a/b", "two", 2, 9);
        client.pubRel(9);

        assertThat(client.received()).containsExactly("pubrec #9", "pubcomp #9", "pubrec #9", "pubcomp #9");
        assertThat(subscriber.received()).containsExactly("publish a/b one q2 #1", "publish a/b two q2 #2");
    }

    @Test
    @Requirement("MQTT-4.3.3-10")
    void qos2ThatIsRepeated_isAcknowledgedAgainAndNotDeliveredAgain() {
        TestClient subscriber = subscriber();
        TestClient client = broker.connected("p");

        client.publish("a/b", "one", 2, 9);
        client.repeat("a/b", "one", 2, 9);

        assertThat(client.received()).containsExactly("pubrec #9", "pubrec #9");
        assertThat(subscriber.received()).hasSize(1);
        assertThat(broker.count(BrokerCount.MESSAGES_IN_REPEATED)).isEqualTo(1);
        assertThat(broker.count(BrokerCount.MESSAGES_IN)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void qos2OverAReconnection_isNotDeliveredAgain(boolean answerLost) {
        TestClient subscriber = subscriber();
        TestClient client = broker.client("p").resume();
        if (answerLost) {
            broker.hold();
        }
        client.publish("a/b", "one", 2, 9);
        client.cut();
        client.resume();
        client.received();

        client.repeat("a/b", "one", 2, 9);
        broker.letGo();
        client.pubRel(9);

        assertThat(client.received()).containsExactly("pubrec #9", "pubcomp #9");
        assertThat(subscriber.received()).containsExactly("publish a/b one q2 #1");
    }

    @Test
    void pubRelOverAReconnection_isCompleted() {
        TestClient client = broker.client("p").resume();
        client.publish("a/b", "one", 2, 9);
        client.cut();
        client.resume();
        client.received();

        client.pubRel(9);

        assertThat(client.received()).containsExactly("pubcomp #9");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void pubRelOfNothing_isAnswered(Version version) {
        TestClient client = broker.client("p", version).connect();
        client.received();

        client.pubRel(5);

        assertThat(client.received()).containsExactly(version == Version.V5 ? "pubcomp #5 0x92" : "pubcomp #5");
    }

    @Test
    void noSubscriber_isToldToMqtt5() {
        TestClient five = broker.connected("p5");
        TestClient four = broker.client("p4", Version.V4).connect();
        four.received();

        five.publish("nobody", "x", 1, 1);
        five.publish("nobody", "x", 2, 2);
        four.publish("nobody", "x", 1, 1);

        assertThat(five.received()).containsExactly("puback #1 0x10", "pubrec #2 0x10");
        assertThat(four.received()).containsExactly("puback #1");
        assertThat(broker.count(BrokerCount.MESSAGES_IN_UNMATCHED)).isEqualTo(3);
    }

    @Test
    void acknowledgement_waitsUntilEveryQueueHasTheMessage() {
        VirtualBroker two = new VirtualBroker(BrokerSettings.DEFAULTS, 2);
        TestClient near = two.connected("a");
        TestClient far = two.connected("b");
        assertThat(two.shardOf("a")).isNotSameAs(two.shardOf("b"));
        near.subscribe("t", 1);
        far.subscribe("t", 1);
        near.received();
        far.received();
        two.hold();

        near.publish("t", "x", 1, 1);
        two.step();
        two.step();
        assertThat(near.received()).containsExactly("publish t x q1 #1");
        assertThat(far.received()).containsExactly("publish t x q1 #1");

        two.letGo();
        assertThat(near.received()).containsExactly("puback #1");
    }

    @Test
    @Requirement({"MQTT-4.6.0-2", "MQTT-4.6.0-3"})
    void acknowledgements_leaveInTheOrderOfTheirMessages() {
        VirtualBroker two = new VirtualBroker(BrokerSettings.DEFAULTS, 2);
        TestClient publisher = two.connected("a");
        two.connected("b").subscribe("slow", 1);
        two.hold();

        publisher.publish("slow", "x", 1, 1);
        publisher.publish("nobody", "x", 2, 2);
        publisher.publish("slow", "x", 1, 3);
        two.letGo();

        assertThat(publisher.received()).containsExactly("puback #1", "pubrec #2 0x10", "puback #3");
    }

    @Test
    void refusalOfALaterMessage_waitsForTheEarlierOnes() {
        subscriber();
        TestClient client = broker.connected("p");
        broker.hold();

        client.publish("a", "x", 1, 1);
        client.publish("$SYS/x", "x", 1, 2);
        assertThat(client.received()).isEmpty();

        broker.letGo();
        assertThat(client.received()).containsExactly("puback #1", "puback #2 0x87");
    }

    @Test
    void messageThatIsQuickToQueue_waitsForTheEarlierOnes() {
        VirtualBroker two = new VirtualBroker(BrokerSettings.DEFAULTS, 2);
        TestClient publisher = two.connected("a");
        two.connected("b").subscribe("slow", 1);
        two.hold();
        publisher.publish("nobody", "x", 1, 1);
        publisher.publish("slow", "x", 1, 2);

        two.step();
        assertThat(publisher.received()).containsExactly("puback #1 0x10");

        two.letGo();
        assertThat(publisher.received()).containsExactly("puback #2");
    }

    @Test
    void answerToAClientThatIsGone_isForgotten() {
        TestClient client = broker.client("p").resume();
        client.received();
        broker.hold();
        client.publish("a", "x", 1, 1);
        client.cut();
        client.resume();
        broker.letGo();

        assertThat(client.received()).containsExactly("connack 0 present");
    }

    // ---- bounds --------------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-3.3.4-7", "MQTT-4.9.0-1"})
    void moreThanTheReceiveMaximum_disconnects() {
        VirtualBroker narrow = new VirtualBroker(NARROW, 1);
        TestClient client = narrow.connected("p");
        client.publish("a", "1", 2, 1);
        client.publish("a", "2", 2, 2);
        client.repeat("a", "2", 2, 2);
        client.received();

        client.publish("a", "3", 1, 3);

        assertThat(client.received()).containsExactly("disconnect 0x93");
        assertThat(narrow.count(BrokerCount.LIMITS_EXCEEDED)).isEqualTo(1);
    }

    @Test
    void exchangesThatAreDone_doNotCount() {
        VirtualBroker narrow = new VirtualBroker(NARROW, 1);
        TestClient client = narrow.connected("p");

        for (int i = 1; i <= 10; i++) {
            client.publish("a", "x", 1, 2 * i);
            client.publish("a", "x", 2, 2 * i + 1);
            client.pubRel(2 * i + 1);
        }

        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void clientOfMqtt3ThatIsAheadOfTheQueues_isNotReadFrom() {
        VirtualBroker narrow = new VirtualBroker(NARROW, 1);
        TestClient client = narrow.client("p", Version.V4).connect();
        client.received();
        narrow.hold();

        client.publish("a", "1", 1, 1);
        assertThat(client.isRead()).isTrue();
        client.publish("a", "2", 1, 2);
        assertThat(client.isRead()).isFalse();

        narrow.letGo();
        assertThat(client.isRead()).isTrue();
        assertThat(client.received()).containsExactly("puback #1", "puback #2");
    }

    @Test
    void fullRetainedStore_refusesToMqtt5AndDeliversToTheOthers() {
        VirtualBroker narrow = new VirtualBroker(NARROW, 1);
        TestClient subscriber = narrow.connected("s");
        subscriber.subscribe("#", 1);
        subscriber.received();
        TestClient five = narrow.connected("p5");
        TestClient four = narrow.client("p4", Version.V4).connect();
        four.received();
        five.publish("first", "x", 0, 0, publish -> publish.retained(true));

        five.publish("a", "five", 1, 1, publish -> publish.retained(true));
        five.publish("a", "five", 2, 2, publish -> publish.retained(true));
        five.publish("a", "zero", 0, 0, publish -> publish.retained(true));
        four.publish("a", "four", 1, 1, publish -> publish.retained(true));

        assertThat(five.received()).containsExactly("puback #1 0x97", "pubrec #2 0x97");
        assertThat(four.received()).containsExactly("puback #1");
        assertThat(subscriber.received()).containsExactly("publish first x", "publish a zero", "publish a four q1 #1");
        assertThat(narrow.count(BrokerCount.MESSAGES_IN_REFUSED_RETAINED)).isEqualTo(2);
        assertThat(narrow.count(BrokerCount.RETAINED_DROPPED)).isEqualTo(2);
    }

    // ---- topics --------------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-3.3.2-12", "MQTT-3.3.2-3"})
    void topicAlias_standsForItsTopic() {
        TestClient subscriber = subscriber();
        TestClient client = broker.connected("p");

        client.publish("a/1", "one", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, 16)));
        client.publish("", "two", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, 16)));
        client.publish("a/2", "three", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, 16)));
        client.publish("", "four", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, 16)));

        assertThat(subscriber.received())
                .containsExactly("publish a/1 one", "publish a/1 two", "publish a/2 three", "publish a/2 four");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 65_535})
    @Requirement({"MQTT-3.3.2-8", "MQTT-3.3.2-9", "MQTT-3.2.2-17"})
    void topicAliasOutOfRange_disconnects(int alias) {
        TestClient client = broker.connected("p");

        client.publish("a", "x", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, alias)));

        assertThat(client.received()).containsExactly("disconnect 0x94");
    }

    @Test
    @Requirement("MQTT-4.7.3-1")
    void emptyTopic_isAProtocolError() {
        TestClient five = broker.connected("p5");
        TestClient four = broker.client("p4", Version.V4).connect();

        five.publish("", "x");
        four.publish("", "x");

        assertThat(five.received()).containsExactly("disconnect 0x82");
        assertThat(four.isClosed()).isTrue();
    }

    @Test
    void topicWithTooManyLevels_isRefused() {
        String deep = "a/".repeat(300);
        TestClient five = broker.connected("p5");

        five.publish(deep, "x", 1, 1);
        five.publish(deep, "x", 2, 2);
        five.publish(deep, "x");

        assertThat(five.received()).containsExactly("puback #1 0x90", "pubrec #2 0x90");
        assertThat(broker.count(BrokerCount.MESSAGES_IN_REFUSED_TOPIC)).isEqualTo(3);
    }

    @Test
    void brokersOwnTopics_areNotForClients() {
        TestClient subscriber = broker.connected("s");
        subscriber.subscribe("$SYS/#", 1);
        subscriber.received();
        TestClient client = broker.connected("p");

        client.publish("$SYS/broker/uptime", "0", 1, 1);
        client.publish("$SYSTEM", "fine", 1, 2);

        assertThat(client.received()).containsExactly("puback #1 0x87", "puback #2 0x10");
        assertThat(subscriber.received()).isEmpty();
        assertThat(broker.count(BrokerCount.MESSAGES_IN_REFUSED_SYS)).isEqualTo(1);
    }

    @Test
    void messageThatIsNotAllowed_isRefusedToMqtt5AndSwallowedForOthers() {
        TestClient subscriber = subscriber();
        broker.broker.useAuthorizer(new ReadOnly());
        TestClient five = broker.connected("p5");
        TestClient four = broker.client("p4", Version.V4).connect();
        four.received();

        five.publish("a", "x", 1, 1);
        five.publish("a", "x", 2, 2);
        five.pubRel(2);
        four.publish("a", "x", 1, 1);
        four.publish("a", "x", 2, 2);
        four.pubRel(2);

        assertThat(five.received()).containsExactly("puback #1 0x87", "pubrec #2 0x87", "pubcomp #2 0x92");
        assertThat(four.received()).containsExactly("puback #1", "pubrec #2", "pubcomp #2");
        assertThat(subscriber.received()).isEmpty();
        assertThat(broker.count(BrokerCount.MESSAGES_IN_REFUSED_ACCESS)).isEqualTo(4);
    }

    // ---- properties ----------------------------------------------------------------------------------------------

    @Test
    @Requirement("MQTT-3.3.4-6")
    void subscriptionIdentifierFromAClient_isAProtocolError() {
        assertThat(afterPublishWith(number(MqttProperties.SUBSCRIPTION_IDENTIFIER, 1)))
                .containsExactly("disconnect 0x82");
    }

    @Test
    @Requirement("MQTT-3.3.2-14")
    void wildcardInTheResponseTopic_isAProtocolError() {
        assertThat(afterPublishWith(text(MqttProperties.RESPONSE_TOPIC, "a/+"))).containsExactly("disconnect 0x82");
    }

    @Test
    void payloadFormatOfNeitherKind_isAProtocolError() {
        assertThat(afterPublishWith(number(MqttProperties.PAYLOAD_FORMAT_INDICATOR, 2)))
                .containsExactly("disconnect 0x82");
    }

    @Test
    @Requirement("MQTT-3.3.1-2")
    void dupAtQos0_isMalformed() {
        TestClient client = broker.connected("p");

        client.repeat("a", "x", 0, 0);

        assertThat(client.received()).containsExactly("disconnect 0x81");
    }

    private List<String> afterPublishWith(MqttProperties properties) {
        TestClient client = broker.connected("p");
        client.publish("a", "x", 1, 1, publish -> publish.properties(properties));
        return client.received();
    }

    private TestClient subscriber() {
        TestClient subscriber = broker.connected("subscriber");
        subscriber.subscribe("a/#", 2);
        subscriber.received();
        return subscriber;
    }

    private static final class ReadOnly implements Authorizer {
        @Override
        public boolean mayPublish(Identity client, String topic) {
            return false;
        }

        @Override
        public boolean maySubscribe(Identity client, TopicFilter filter) {
            return true;
        }

        @Override
        public boolean mayReceive(Identity client, String topic) {
            return true;
        }
    }
}
