package io.causeway.broker.session;

import io.causeway.broker.session.TestClient.Version;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnectBuilder;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.causeway.broker.session.TestClient.number;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions over connections (MQTT 5 §3.1.2.4, §3.1.2.11.2, §4.1, §4.4). */
class SessionTest {
    private final VirtualBroker broker = new VirtualBroker();

    // ---- expiry --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.1.2-5", "MQTT-3.1.2-23", "MQTT-3.2.2-3"})
    void sessionThatOutlivesItsConnection_isResumed(Version version) {
        TestClient client = broker.client("c", version).resume();
        client.subscribe("a", 1);
        client.received();
        client.cut();
        broker.connected("p").publish("a", "meanwhile", 1, 1);

        client.resume();

        // MQTT 3.1 has no session present flag.
        String connAck = version == Version.V3 ? "connack 0" : "connack 0 present";
        assertThat(client.received()).containsExactly(connAck, "publish a meanwhile q1 #1");
        assertThat(broker.count(BrokerCount.SESSIONS_RESUMED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.1.2-4", "MQTT-3.2.2-2", "MQTT-3.1.4-4"})
    void cleanStart_discardsTheSession(Version version) {
        TestClient client = broker.client("c", version).resume();
        client.subscribe("a", 1);
        client.cut();
        client.received();
        broker.connected("p").publish("a", "meanwhile", 1, 1);

        client.connect();

        assertThat(client.received()).containsExactly("connack 0");
        assertThat(broker.census().subscriptions()).isZero();
        assertThat(broker.count(BrokerCount.DROPPED_SESSION_ENDED)).isEqualTo(1);
    }

    @Test
    void sessionWithoutExpiry_endsWithItsConnection() {
        TestClient client = broker.connected("c");
        client.subscribe("a", 1);

        client.cut();

        assertThat(broker.census()).isEqualTo(BrokerCensus.EMPTY);
    }

    @Test
    @Requirement("MQTT-4.1.0-2")
    void sessionWhoseTimeIsOver_isDiscarded() {
        TestClient client = withExpiry(10);
        client.cut();
        broker.pass(ofSeconds(9));
        assertThat(broker.census().disconnected()).isEqualTo(1);

        broker.pass(ofSeconds(2));

        assertThat(broker.census().disconnected()).isZero();
        assertThat(broker.count(BrokerCount.SESSIONS_EXPIRED)).isEqualTo(1);
    }

    @Test
    @Requirement("MQTT-4.1.0-1")
    void sessionWithAConnection_doesNotExpire() {
        TestClient client = withExpiry(10);
        client.cut();
        client.resume();

        broker.pass(ofSeconds(100));

        assertThat(broker.census().connected()).isEqualTo(1);
    }

    @Test
    void sessionThatNeverExpires_staysForDays() {
        broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, -1)))
                .cut();

        broker.pass(ofDays(400));

        assertThat(broker.census().disconnected()).isEqualTo(1);
    }

    @Test
    void disconnect_changesTheExpiry() {
        TestClient client = withExpiry(10);

        client.disconnect(0, number(MqttProperties.SESSION_EXPIRY_INTERVAL, 100));
        broker.pass(ofSeconds(50));
        assertThat(broker.census().disconnected()).isEqualTo(1);
        broker.pass(ofSeconds(51));
        assertThat(broker.census().disconnected()).isZero();
    }

    @Test
    void disconnect_canEndTheSession() {
        withExpiry(10).disconnect(0, number(MqttProperties.SESSION_EXPIRY_INTERVAL, 0));

        assertThat(broker.census()).isEqualTo(BrokerCensus.EMPTY);
    }

    @Test
    void disconnectThatAwakensAnExpiryOfZero_isAProtocolError() {
        TestClient client = broker.connected("c");

        client.disconnect(0, number(MqttProperties.SESSION_EXPIRY_INTERVAL, 10));

        assertThat(client.received()).containsExactly("disconnect 0x82");
        assertThat(broker.census()).isEqualTo(BrokerCensus.EMPTY);
    }

    // ---- takeover ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.1.4-3", "MQTT-3.14.4-1", "MQTT-3.14.4-2"})
    void sameClientAgain_endsTheOldConnection(Version version) {
        TestClient old = broker.client("c", version).resume();
        old.received();

        TestClient young = broker.client("c", version).resume();

        assertThat(old.received()).isEqualTo(version == Version.V5 ? List.of("disconnect 0x8e") : List.<String>of());
        assertThat(old.isClosed()).isTrue();
        assertThat(young.isClosed()).isFalse();
        assertThat(broker.count(BrokerCount.TAKEOVERS)).isEqualTo(1);
        assertThat(broker.census().connected()).isEqualTo(1);
    }

    @Test
    void sameClientIdOfAnotherUser_startsAnew() {
        TestClient alice = broker.client("c").connect(SessionTest::alice);
        alice.subscribe("a", 1);
        alice.cut();
        broker.connected("p").publish("a", "for alice", 1, 1);

        TestClient mallory = broker.client("c").resume();

        assertThat(mallory.received()).containsExactly("connack 0");
        assertThat(broker.census().subscriptions()).isZero();
    }

    @Test
    void closeOfAnOldConnection_doesNotHarmTheYoungOne() {
        TestClient old = broker.client("c").resume();
        MqttConnection connection = Objects.requireNonNull(old.connection());
        broker.client("c").resume();

        connection.onClosed("late", broker.time.nowNanos());
        connection.onReadComplete(broker.time.nowNanos());
        connection.onWritable(broker.time.nowNanos());

        assertThat(connection.isOpen()).isFalse();
        assertThat(broker.census().connected()).isEqualTo(1);
        assertThat(broker.count(BrokerCount.CLIENTS_LOST)).isZero();
    }

    @Test
    void takenOver_whatWasInFlightIsSentAgain() {
        TestClient old = broker.client("c").resume();
        old.subscribe("a", 1);
        broker.connected("p").publish("a", "x", 1, 1);

        TestClient young = broker.client("c").resume();

        assertThat(young.received()).containsExactly("connack 0 present", "publish a x q1 #1 dup");
    }

    @Test
    void otherProtocolThatTakesTheClientId_endsTheSession() {
        TestClient client = broker.client("c").resume();
        client.received();
        client.subscribe("a", 1);

        assertThat(broker.shard().yieldTo("c", broker.time.nowNanos())).isTrue();

        assertThat(client.received()).containsExactly("suback #1 [1]", "disconnect 0x8e");
        assertThat(broker.census()).isEqualTo(BrokerCensus.EMPTY);
        assertThat(broker.shard().yieldTo("c", broker.time.nowNanos())).isFalse();
    }

    @Test
    void connect_takesTheClientIdFromTheOtherProtocol() {
        List<String> taken = new ArrayList<>();
        broker.shard().useTakeover((clientId, nowNanos) -> taken.add(clientId));

        broker.connected("c");

        assertThat(taken).containsExactly("c");
    }

    // ---- resumption ----------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-4.4.0-1", "MQTT-4.6.0-1", "MQTT-3.3.1-1", "MQTT-4.3.3-6"})
    void whatIsInFlight_isSentAgainInItsOldOrder() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 2);
        TestClient publisher = broker.connected("p");
        publisher.publish("a", "one", 2, 1);
        publisher.publish("a", "two", 1, 2);
        publisher.publish("a", "three", 2, 3);
        client.pubRec(1);
        client.received();
        client.cut();
        publisher.publish("a", "four", 1, 4);

        client.resume();

        assertThat(client.received())
                .containsExactly(
                        "connack 0 present",
                        "pubrel #1",
                        "publish a two q1 #2 dup",
                        "publish a three q2 #3 dup",
                        "publish a four q1 #4");
        client.pubComp(1);
        client.pubAck(2);
        client.pubRec(3);
        client.pubComp(3);
        client.pubAck(4);
        assertThat(client.received()).containsExactly("pubrel #3");
        assertThat(broker.census().inFlight()).isZero();
        assertThat(broker.count(BrokerCount.MESSAGES_OUT_REPEATED)).isEqualTo(2);
        assertThat(broker.count(BrokerCount.MESSAGES_OUT_SETTLED)).isEqualTo(4);
    }

    @Test
    @Requirement("MQTT-3.3.4-9")
    void repetitions_keepToTheNewReceiveMaximum() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 1);
        TestClient publisher = broker.connected("p");
        for (int i = 1; i <= 3; i++) {
            publisher.publish("a", "m" + i, 1, i);
        }
        client.cut();
        client.received();

        client.connect(options -> options.cleanSession(false).properties(number(MqttProperties.RECEIVE_MAXIMUM, 2)));
        assertThat(client.received())
                .containsExactly("connack 0 present", "publish a m1 q1 #1 dup", "publish a m2 q1 #2 dup");

        client.pubAck(1);
        assertThat(client.received()).containsExactly("publish a m3 q1 #3 dup");
    }

    @Test
    @Requirement("MQTT-4.4.0-2")
    void refusedMessage_isNotSentAgain() {
        TestClient client = broker.client("c").resume();
        client.subscribe("a", 2);
        TestClient publisher = broker.connected("p");
        publisher.publish("a", "one", 1, 1);
        publisher.publish("a", "two", 2, 2);
        client.send(TestClient.reply(MqttMessageType.PUBACK, 1, 0x80));
        client.send(TestClient.reply(MqttMessageType.PUBREC, 2, 0x83));
        client.cut();
        client.received();

        client.resume();

        assertThat(client.received()).containsExactly("connack 0 present");
        assertThat(broker.count(BrokerCount.DROPPED_REJECTED)).isEqualTo(2);
    }

    @Test
    @Requirement("MQTT-3.3.2-7")
    void topicAliases_endWithTheConnection() {
        TestClient client = broker.client("c").resume();
        client.publish("a", "x", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, 1)));
        client.cut();
        client.resume();
        client.received();

        client.publish("", "x", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, 1)));

        assertThat(client.received()).containsExactly("disconnect 0x82");
    }

    // ---- keep alive and the end ----------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement("MQTT-3.1.2-22")
    void silentForOneAndAHalfKeepAlives_isDisconnected(Version version) {
        TestClient client = broker.client("c", version).connect(options -> options.keepAlive(10));
        client.received();
        broker.pass(ofSeconds(14));
        client.ping();
        broker.pass(ofSeconds(14));
        assertThat(client.received()).containsExactly("pingresp");
        assertThat(client.isClosed()).isFalse();

        broker.pass(ofSeconds(2));

        assertThat(client.received()).isEqualTo(version == Version.V5 ? List.of("disconnect 0x8d") : List.<String>of());
        assertThat(client.isClosed()).isTrue();
        assertThat(broker.count(BrokerCount.CLIENTS_LOST_SILENT)).isEqualTo(1);
    }

    @Test
    void withoutKeepAlive_staysConnected() {
        TestClient client = broker.connected("c");

        broker.pass(ofDays(30));

        assertThat(client.isClosed()).isFalse();
    }

    @Test
    @Requirement("MQTT-3.12.4-1")
    void ping_isAnswered() {
        TestClient client = broker.connected("c");

        client.ping();

        assertThat(client.received()).containsExactly("pingresp");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-4.13.1-1", "MQTT-4.13.2-1", "MQTT-3.14.2-2"})
    void malformedPacket_isToldAndEndsTheConnection(Version version) {
        TestClient client = broker.client("c", version).connect();
        client.received();

        client.malformed();

        assertThat(client.received()).isEqualTo(version == Version.V5 ? List.of("disconnect 0x81") : List.<String>of());
        assertThat(client.isClosed()).isTrue();
        assertThat(broker.count(BrokerCount.MALFORMED)).isEqualTo(1);
        assertThat(broker.disconnects)
                .singleElement()
                .satisfies(event -> assertThat(event.cause()).isEqualTo("malformed: bad octets"));
    }

    @Test
    @Requirement("MQTT-3.14.2-3")
    void reasonString_isLeftOutWhereItDoesNotFit() {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.MAXIMUM_PACKET_SIZE, 22)));
        client.received();

        client.malformed();

        MqttMessage disconnect = client.receivedPackets().get(0);
        assertThat(disconnect.variableHeader())
                .isInstanceOfSatisfying(
                        MqttReasonCodeAndPropertiesVariableHeader.class,
                        header -> assertThat(header.properties().isEmpty()).isTrue());
    }

    @Test
    void serverThatStops_saysSoAndKeepsTheSessions() {
        TestClient client = broker.client("c").resume();
        client.received();

        broker.shard().shutDown(broker.time.nowNanos());

        assertThat(client.received()).containsExactly("disconnect 0x8b");
        assertThat(client.isClosed()).isTrue();
        assertThat(broker.census().disconnected()).isEqualTo(1);
    }

    private static void alice(ConnectBuilder connect) {
        connect.hasUser(true).username("alice").properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 60));
    }

    private TestClient withExpiry(int seconds) {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, seconds)));
        client.received();
        return client;
    }
}
