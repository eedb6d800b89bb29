package io.causeway.broker.session;

import io.causeway.broker.session.TestClient.Version;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.broker.session.TestClient.all;
import static io.causeway.broker.session.TestClient.number;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

/** What clients get (MQTT 5 §3.3, §4.3, §4.9). */
class OutboundPublishTest {
    private static final int WINDOW = 3;
    private static final int QUEUE = 5;

    private final VirtualBroker broker = new VirtualBroker(settings(OverflowPolicy.DROP_OLDEST), 1);
    private final TestClient publisher = broker.connected("publisher");

    // ---- exchanges -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-4.3.2-1", "MQTT-4.3.2-2", "MQTT-4.3.3-1", "MQTT-4.3.3-2", "MQTT-4.3.3-4", "MQTT-2.2.1-4"})
    void exchanges_runToTheirEnd(Version version) {
        TestClient client = broker.client("c", version).connect();
        client.subscribe("a", 2);
        client.received();

        publisher.publish("a", "zero");
        publisher.publish("a", "one", 1, 1);
        publisher.publish("a", "two", 2, 2);
        client.pubAck(1);
        client.pubRec(2);
        client.pubComp(2);

        assertThat(client.received())
                .containsExactly("publish a zero", "publish a one q1 #1", "publish a two q2 #2", "pubrel #2");
        assertThat(broker.census().inFlight()).isZero();
        assertThat(broker.count(BrokerCount.MESSAGES_OUT)).isEqualTo(3);
        assertThat(broker.count(BrokerCount.MESSAGES_OUT_SETTLED)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Requirement("MQTT-3.8.4-8")
    void deliveredQos_isTheLowerOfBoth(int granted) {
        TestClient client = subscriber("a", granted);

        publisher.publish("a", "zero");
        publisher.publish("a", "one", 1, 1);
        publisher.publish("a", "two", 2, 2);

        String one = granted >= 1 ? " q1 #1" : "";
        String two = granted == 0 ? "" : granted == 1 ? " q1 #2" : " q2 #2";
        assertThat(client.received()).containsExactly("publish a zero", "publish a one" + one, "publish a two" + two);
    }

    @Test
    void pubRecAgain_isAnsweredAgain() {
        TestClient client = subscriber("a", 2);
        publisher.publish("a", "x", 2, 1);
        client.received();

        client.pubRec(1);
        client.pubRec(1);

        assertThat(client.received()).containsExactly("pubrel #1", "pubrel #1");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void pubRecOfNothing_isAnswered(Version version) {
        TestClient client = broker.client("c", version).connect();
        client.received();

        client.pubRec(5);

        assertThat(client.received()).containsExactly(version == Version.V5 ? "pubrel #5 0x92" : "pubrel #5");
        assertThat(broker.count(BrokerCount.UNKNOWN_PACKET_IDS)).isEqualTo(1);
    }

    @Test
    void acknowledgementsOfNothing_areIgnored() {
        TestClient client = subscriber("a", 2);
        publisher.publish("a", "two", 2, 1);
        publisher.publish("a", "one", 1, 2);
        client.received();

        client.pubAck(9);
        client.pubComp(9);
        client.pubAck(1);
        client.pubComp(1);
        client.send(TestClient.reply(MqttMessageType.PUBREC, 9, 0x80));

        assertThat(client.received()).isEmpty();
        assertThat(broker.census().inFlight()).isEqualTo(2);
        assertThat(broker.count(BrokerCount.UNKNOWN_PACKET_IDS)).isEqualTo(5);
    }

    @Test
    void pubRecWithAnError_endsTheExchange() {
        TestClient client = subscriber("a", 2);
        publisher.publish("a", "x", 2, 1);
        client.received();

        client.send(TestClient.reply(MqttMessageType.PUBREC, 1, 0x97));

        assertThat(client.received()).isEmpty();
        assertThat(broker.census().inFlight()).isZero();
        assertThat(broker.count(BrokerCount.DROPPED_REJECTED)).isEqualTo(1);
    }

    // ---- windows and bounds --------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-3.3.4-9", "MQTT-4.9.0-2"})
    void noMoreAreSent_thanTheClientTakes() {
        TestClient client = subscriber(2, "a");
        for (int i = 1; i <= 4; i++) {
            publisher.publish("a", "m" + i, 1 + i % 2, i);
        }
        assertThat(client.received()).containsExactly("publish a m1 q2 #1", "publish a m2 q1 #2");

        client.pubRec(1);
        assertThat(client.received()).containsExactly("pubrel #1");
        client.pubComp(1);
        assertThat(client.received()).containsExactly("publish a m3 q2 #3");
        client.pubAck(2);
        assertThat(client.received()).containsExactly("publish a m4 q1 #4");
    }

    @Test
    @Requirement({"MQTT-3.3.4-10", "MQTT-4.9.0-3"})
    void clientWhoseWindowIsFull_isAnsweredAllTheSame() {
        TestClient client = subscriber(1, "a");
        publisher.publish("a", "m1", 1, 1);
        publisher.publish("a", "m2", 1, 2);
        client.received();

        client.ping();
        client.publish("b", "x", 1, 9);
        client.subscribe("c", 0);

        assertThat(client.received()).containsExactly("pingresp", "puback #9 0x10", "suback #2 [0]");
    }

    @Test
    void noMoreAreSent_thanTheBrokerWants() {
        TestClient client = subscriber("a", 1);

        publish(WINDOW + 1);

        assertThat(client.received()).hasSize(WINDOW);
        assertThat(broker.census().inFlight()).isEqualTo(WINDOW);
        assertThat(broker.census().queuedMessages()).isEqualTo(1);
    }

    @Test
    void fullQueue_dropsTheOldest() {
        TestClient client = subscriber("a", 1);

        publish(WINDOW + QUEUE + 2);
        client.received();
        for (int i = 1; i <= WINDOW + QUEUE; i++) {
            client.pubAck(i);
        }

        assertThat(client.received())
                .containsExactly(
                        "publish a m6 q1 #4",
                        "publish a m7 q1 #5",
                        "publish a m8 q1 #6",
                        "publish a m9 q1 #7",
                        "publish a m10 q1 #8");
        assertThat(broker.count(BrokerCount.DROPPED_QUEUE_FULL)).isEqualTo(2);
    }

    @Test
    void fullQueue_canDropTheNewest() {
        VirtualBroker other = new VirtualBroker(settings(OverflowPolicy.DROP_NEWEST), 1);
        TestClient client = other.client("c").resume();
        client.subscribe("a", 1);
        client.cut();
        TestClient source = other.connected("p");
        for (int i = 1; i <= QUEUE + 1; i++) {
            source.publish("a", "m" + i, 1, i);
        }

        assertThat(source.received()).hasSize(QUEUE + 1);
        client.received();
        client.resume();
        assertThat(client.received()).contains("publish a m1 q1 #1");
        assertThat(other.count(BrokerCount.DROPPED_QUEUE_FULL)).isEqualTo(1);
    }

    @Test
    void clientThatIsAway_getsWhatIsAtQos1AndMore() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 2);
        client.cut();
        client.received();

        publisher.publish("a", "zero");
        publisher.publish("a", "one", 1, 1);
        client.resume();

        assertThat(client.received()).containsExactly("connack 0 present", "publish a one q1 #1");
        assertThat(broker.count(BrokerCount.DROPPED_OFFLINE)).isEqualTo(1);
    }

    @Test
    void clientThatGoes_leavesNothingAtQos0Behind() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 1);
        client.setWritable(false);
        publisher.publish("a", "zero");
        publisher.publish("a", "one", 1, 1);

        client.cut();

        assertThat(broker.census().queuedMessages()).isEqualTo(1);
        assertThat(broker.count(BrokerCount.DROPPED_OFFLINE)).isEqualTo(1);
    }

    // ---- sizes ---------------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-3.1.2-24", "MQTT-3.1.2-25"})
    void messageThatIsTooLarge_isDroppedAndDone() {
        TestClient client = withMaximumPacketSize(40);
        String fits = "x".repeat(40 - 2 - 3 - 2 - 1);

        publisher.publish("a", fits, 1, 1);
        publisher.publish("a", fits + "y", 1, 2);
        publisher.publish("a", "next", 1, 3);

        assertThat(client.received()).containsExactly("publish a " + fits + " q1 #1", "publish a next q1 #3");
        assertThat(broker.count(BrokerCount.DROPPED_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void propertiesCount_towardsTheSize() {
        MqttProperties properties = all(
                new IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, 1),
                new IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 100),
                new StringProperty(MqttProperties.CONTENT_TYPE, "é"),
                new StringProperty(MqttProperties.RESPONSE_TOPIC, "r"),
                new BinaryProperty(MqttProperties.CORRELATION_DATA, new byte[2]),
                new UserProperty("one", "1"));
        int size = 2 + 3 + 1 + (2 + 5 + 5 + 4 + 5 + 9) + 1;
        TestClient exact = withMaximumPacketSize(size);
        publisher.publish("a", "x", 0, 0, publish -> publish.properties(properties));
        assertThat(exact.received()).hasSize(1);

        TestClient tight = withMaximumPacketSize(size - 1);
        publisher.publish("a", "x", 0, 0, publish -> publish.properties(properties));
        assertThat(tight.received()).isEmpty();
    }

    // ---- topic aliases -------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-3.1.2-26", "MQTT-3.3.2-11"})
    void topics_haveAsManyAliasesAsTheClientAllows() {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.TOPIC_ALIAS_MAXIMUM, 2)));
        client.subscribe("#", 0);
        client.received();

        for (int i = 0; i < 2; i++) {
            publisher.publish("a", "x");
            publisher.publish("b", "x");
            publisher.publish("c", "x");
        }

        assertThat(client.received())
                .containsExactly(
                        "publish a x {alias=1}",
                        "publish b x {alias=2}",
                        "publish c x",
                        "publish  x {alias=1}",
                        "publish  x {alias=2}",
                        "publish c x");
    }

    @Test
    @Requirement("MQTT-3.1.2-27")
    void withoutTopicAliasMaximum_thereAreNoAliases() {
        TestClient client = subscriber("a", 0);

        publisher.publish("a", "x");
        publisher.publish("a", "x");

        assertThat(client.received()).containsExactly("publish a x", "publish a x");
    }

    @Test
    void aliasOfItsOwnPublisher_isNotPassedOn() {
        TestClient client = subscriber("a", 0);

        publisher.publish("a", "x", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, 1)));

        assertThat(client.received()).containsExactly("publish a x");
    }

    // ---- properties ----------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-3.3.2-4", "MQTT-3.3.2-15", "MQTT-3.3.2-16", "MQTT-3.3.2-17", "MQTT-3.3.2-18", "MQTT-3.3.2-20"})
    void properties_arePassedOnUnalteredToMqtt5Only() {
        TestClient five = subscriber("a", 0);
        TestClient four = broker.client("four", Version.V4).connect();
        four.subscribe("a", 0);
        four.received();

        publisher.publish(
                "a",
                "x",
                0,
                0,
                publish -> publish.properties(all(
                        new IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, 0),
                        new StringProperty(MqttProperties.CONTENT_TYPE, "text/plain"),
                        new StringProperty(MqttProperties.RESPONSE_TOPIC, "r/s"),
                        new BinaryProperty(MqttProperties.CORRELATION_DATA, new byte[] {'k'}),
                        new UserProperty("b", "2"),
                        new UserProperty("a", "1"),
                        new UserProperty("b", "3"))));

        assertThat(five.received())
                .containsExactly(
                        "publish a x {format=0, content=text/plain, response=r/s, correlation=k, user=b:2,a:1,b:3}");
        assertThat(four.received()).containsExactly("publish a x");
    }

    @Test
    @Requirement("MQTT-3.3.2-6")
    void messageExpiry_isWhatIsLeftOfIt() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 1);
        client.cut();
        client.received();
        publishWithExpiry(100);

        broker.pass(ofSeconds(30));
        client.resume();

        assertThat(client.received()).containsExactly("connack 0 present", "publish a x q1 #1 {expiry=70}");
    }

    @Test
    @Requirement("MQTT-3.3.2-5")
    void expiredMessage_isNotSent() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 1);
        client.cut();
        client.received();
        publishWithExpiry(10);

        broker.pass(ofSeconds(10));
        client.resume();

        assertThat(client.received()).containsExactly("connack 0 present");
        assertThat(broker.count(BrokerCount.DROPPED_EXPIRED)).isEqualTo(1);
    }

    @Test
    @Requirement({"MQTT-4.3.3-7", "MQTT-4.3.3-13"})
    void messageThatWasSent_doesNotExpire() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 2);
        publishWithExpiry(10);
        client.cut();
        client.received();

        broker.pass(ofSeconds(20));
        client.resume();

        assertThat(client.received()).containsExactly("connack 0 present", "publish a x q1 #1 dup {expiry=0}");
    }

    // ---- slow clients --------------------------------------------------------------------------------------------

    @Test
    void clientThatDoesNotDrain_isServedFromItsBoundedQueue() {
        TestClient client = subscriber("a", 0);
        client.setWritable(false);

        for (int i = 1; i <= QUEUE + 3; i++) {
            publisher.publish("a", "m" + i);
        }
        assertThat(client.received()).isEmpty();
        assertThat(broker.census().queuedMessages()).isEqualTo(QUEUE);
        assertThat(client.isRead()).isFalse();

        client.setWritable(true);
        assertThat(client.received()).hasSize(QUEUE).first().isEqualTo("publish a m4");
        assertThat(client.isRead()).isTrue();
        assertThat(broker.count(BrokerCount.DROPPED_QUEUE_FULL)).isEqualTo(3);
    }

    @Test
    void clientThatNeverDrains_isLostByItsKeepAlive() {
        TestClient client = broker.client("c").connect(options -> options.keepAlive(10));
        client.setWritable(false);

        broker.pass(ofSeconds(16));

        assertThat(client.isClosed()).isTrue();
        assertThat(broker.count(BrokerCount.CLIENTS_LOST_SILENT)).isEqualTo(1);
    }

    @Test
    void manyMessagesForOneClient_areFlushedTogether() {
        TestClient client = subscriber("a", 0);
        int before = client.flushes();
        broker.hold();
        for (int i = 0; i < 50; i++) {
            publisher.publish("a", "m" + i);
        }
        broker.letGo();

        assertThat(client.received()).hasSize(50);
        assertThat(client.flushes() - before).isEqualTo(1);
    }

    // ---- order ---------------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-4.6.0-5", "MQTT-4.6.0-6"})
    void messages_keepTheirOrderAcrossQos() {
        TestClient client = subscriber(1, "a");

        publisher.publish("a", "m1", 1, 1);
        publisher.publish("a", "m2", 2, 2);
        publisher.publish("a", "m3");
        client.pubAck(1);
        client.pubRec(2);

        assertThat(client.received())
                .containsExactly("publish a m1 q1 #1", "publish a m2 q2 #2", "publish a m3", "pubrel #2");
    }

    private void publish(int messages) {
        for (int i = 1; i <= messages; i++) {
            publisher.publish("a", "m" + i, 1, i);
        }
    }

    private void publishWithExpiry(int seconds) {
        publisher.publish(
                "a",
                "x",
                1,
                1,
                publish -> publish.properties(number(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, seconds)));
    }

    private TestClient subscriber(String filter, int qos) {
        TestClient client = broker.connected("c");
        client.subscribe(filter, qos);
        client.received();
        return client;
    }

    private TestClient subscriber(int receiveMaximum, String filter) {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.RECEIVE_MAXIMUM, receiveMaximum)));
        client.subscribe(filter, 2);
        client.received();
        return client;
    }

    private TestClient withMaximumPacketSize(int octets) {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.MAXIMUM_PACKET_SIZE, octets)));
        client.subscribe("a", 1);
        client.received();
        return client;
    }

    private static BrokerSettings settings(OverflowPolicy policy) {
        return new BrokerSettings(
                100,
                new QueueBound(QUEUE, 100_000, policy),
                WINDOW,
                1_000,
                100_000,
                16,
                10,
                Duration.ZERO,
                0,
                100,
                100_000);
    }
}
