package io.causeway.broker.session;

import io.causeway.broker.session.TestClient.Version;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnectBuilder;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.broker.session.TestClient.all;
import static io.causeway.broker.session.TestClient.number;
import static io.causeway.broker.session.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/** CONNECT and CONNACK (MQTT 5 §3.1, §3.2). */
class ConnectTest {
    private static final BrokerSettings STRICT = new BrokerSettings(
            2,
            new QueueBound(10, 10_000, OverflowPolicy.DROP_OLDEST),
            10,
            0xFFFF,
            4_096,
            0,
            5,
            Duration.ofSeconds(100),
            30,
            10,
            10_000);

    private final VirtualBroker broker = new VirtualBroker();

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.1.4-5", "MQTT-3.2.2-2", "MQTT-3.1.2-6"})
    void newClient_isAcceptedWithoutSession(Version version) {
        TestClient client = broker.client("c", version).connect();

        assertThat(client.received()).containsExactly("connack 0");
        assertThat(client.isClosed()).isFalse();
        assertThat(broker.count(BrokerCount.CONNECTS_ACCEPTED)).isEqualTo(1);
        assertThat(broker.connects).hasSize(1);
    }

    @Test
    void whatIsGrantedByDefault_isTold() {
        assertThat(connAckOf(options -> {})).isEqualTo("{receiveMaximum=1000, aliasMaximum=16, maximumPacket=1048576}");
    }

    @Test
    @Requirement({"MQTT-3.2.2-21", "MQTT-3.2.2-22"})
    void whatIsCappedBySettings_isTold() {
        VirtualBroker strict = new VirtualBroker(STRICT, 1);
        TestClient client = strict.client("c")
                .connect(options ->
                        options.keepAlive(60).properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, -1)));

        assertThat(propertiesOfConnAck(client)).isEqualTo("{sessionExpiry=100, keepAlive=30, maximumPacket=4096}");
    }

    @Test
    void keepAliveWithinTheBound_isTheClients() {
        VirtualBroker strict = new VirtualBroker(STRICT, 1);
        TestClient client = strict.client("c").connect(options -> options.keepAlive(30));

        assertThat(propertiesOfConnAck(client)).isEqualTo("{maximumPacket=4096}");
    }

    @Test
    @Requirement({"MQTT-3.1.3-6", "MQTT-3.1.3-7"})
    void emptyClientIdOfMqtt5_isReplacedByAnAssignedOne() {
        TestClient client = broker.client("").connect();

        assertThat(propertiesOfConnAck(client)).contains("clientId=assigned-1");
    }

    @Test
    void emptyClientIdOfMqtt311_isAcceptedWithCleanSessionOnly() {
        TestClient clean = broker.client("", Version.V4).connect();
        TestClient unclean = broker.client("", Version.V4).connect(options -> options.cleanSession(false));

        assertThat(clean.received()).containsExactly("connack 0");
        assertThat(unclean.received()).containsExactly("connack 0x02");
        assertThat(unclean.isClosed()).isTrue();
    }

    @Test
    @Requirement({"MQTT-3.1.3-5"})
    void longAndOddClientIds_areAccepted() {
        for (Version version : List.of(Version.V4, Version.V5)) {
            TestClient client = broker.client("0123456789abcdefghijKLMNOPQRSTUVWXYZ/ä#+", version)
                    .connect();
            assertThat(client.received()).containsExactly("connack 0");
        }
    }

    @Test
    @Requirement("MQTT-4.12.0-1")
    void authenticationMethod_isRefused() {
        assertThat(refusalOf(text(MqttProperties.AUTHENTICATION_METHOD, "SCRAM-SHA-1")))
                .isEqualTo("connack 0x8c");
    }

    @Test
    void authenticationDataWithoutMethod_isAProtocolError() {
        assertThat(refusalOf(all(new BinaryProperty(MqttProperties.AUTHENTICATION_DATA, new byte[1]))))
                .isEqualTo("connack 0x82");
    }

    @ParameterizedTest
    @ValueSource(ints = {MqttProperties.RECEIVE_MAXIMUM, MqttProperties.MAXIMUM_PACKET_SIZE})
    void propertyThatMustNotBeZero_isAProtocolError(int identifier) {
        assertThat(refusalOf(number(identifier, 0))).isEqualTo("connack 0x82");
    }

    @ParameterizedTest
    @ValueSource(ints = {MqttProperties.REQUEST_PROBLEM_INFORMATION, MqttProperties.REQUEST_RESPONSE_INFORMATION})
    void flagThatIsNeitherZeroNorOne_isAProtocolError(int identifier) {
        assertThat(refusalOf(number(identifier, 2))).isEqualTo("connack 0x82");
    }

    @Test
    void propertyOfAnotherPacket_isAProtocolError() {
        assertThat(refusalOf(number(MqttProperties.TOPIC_ALIAS, 1))).isEqualTo("connack 0x82");
    }

    @Test
    @Requirement({"MQTT-3.2.2-6", "MQTT-3.2.2-7", "MQTT-3.1.4-2"})
    void refusedClient_isDisconnectedAndHasNoSession() {
        refusalOf(number(MqttProperties.RECEIVE_MAXIMUM, 0));

        assertThat(broker.census()).isEqualTo(BrokerCensus.EMPTY);
        assertThat(broker.connects).isEmpty();
        assertThat(broker.count(BrokerCount.CONNECTS_REFUSED_PROTOCOL)).isEqualTo(1);
    }

    @Test
    void refusal_saysWhy() {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(text(MqttProperties.AUTHENTICATION_METHOD, "X")));

        assertThat(propertiesOfConnAck(client)).isEqualTo("{reason=enhanced authentication is not supported}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/#", "+", ""})
    void willTopicThatIsNoTopicName_isRefused(String topic) {
        MqttConnectMessage five = connectWith(5, true, 0, false, topic);
        MqttConnectMessage four = connectWith(4, true, 0, false, topic);

        assertThat(ConnectRefusal.of(five).orElseThrow().answerTo(five).map(PacketText::of))
                .hasValue("connack 0x90");
        assertThat(ConnectRefusal.of(four).orElseThrow().answerTo(four)).isEmpty();
    }

    @Test
    void willWithAPropertyOfAnotherPacket_isAProtocolError() {
        TestClient client = broker.client("c")
                .connect(willTo("w").andThen(options -> options.willProperties(number(MqttProperties.TOPIC_ALIAS, 1))));

        assertThat(client.received()).containsExactly("connack 0x82");
    }

    @Test
    void willWithAWildcardAsResponseTopic_isAProtocolError() {
        TestClient client = broker.client("c")
                .connect(willTo("w")
                        .andThen(options -> options.willProperties(text(MqttProperties.RESPONSE_TOPIC, "a/#"))));

        assertThat(client.received()).containsExactly("connack 0x82");
    }

    @Test
    @Requirement("MQTT-3.1.2-12")
    void willAtQos3_isMalformed() {
        assertThat(ConnectRefusal.of(connectWith(true, 3, false)))
                .hasValueSatisfying(refusal -> assertThat(refusal.cause()).isEqualTo("malformed: will flags"));
    }

    @Test
    @Requirement({"MQTT-3.1.2-11", "MQTT-3.1.2-13"})
    void willFlagsWithoutWill_areMalformed() {
        assertThat(ConnectRefusal.of(connectWith(false, 1, false))).isPresent();
        assertThat(ConnectRefusal.of(connectWith(false, 0, true))).isPresent();
        assertThat(ConnectRefusal.of(connectWith(false, 0, false))).isEmpty();
    }

    @Test
    void passwordWithoutUserName_isAllowedInMqtt5Only() {
        assertThat(ConnectRefusal.of(withPasswordOnly(5))).isEmpty();
        assertThat(ConnectRefusal.of(withPasswordOnly(4))).isPresent();
    }

    @Test
    void tooManySessions_refuseTheNextButNotThoseKnown() {
        VirtualBroker strict = new VirtualBroker(STRICT, 1);
        strict.client("a").connect();
        strict.client("b").connect();

        assertThat(strict.client("c").connect().received()).containsExactly("connack 0x97");
        assertThat(strict.client("c", Version.V4).connect().received()).containsExactly("connack 0x03");
        assertThat(strict.client("a").connect().received()).containsExactly("connack 0");
        assertThat(strict.count(BrokerCount.CONNECTS_REFUSED_SESSIONS)).isEqualTo(2);
    }

    @Test
    void sessionsThatEnd_makeRoom() {
        VirtualBroker strict = new VirtualBroker(STRICT, 1);
        for (int i = 0; i < 10; i++) {
            TestClient client = strict.client("c" + i).connect();
            assertThat(client.received()).containsExactly("connack 0");
            client.disconnect();
        }
    }

    @Test
    @Requirement("MQTT-3.1.2-24")
    void maximumPacketSizeThatNoAnswerFitsIn_isRefused() {
        assertThat(refusalOf(number(MqttProperties.MAXIMUM_PACKET_SIZE, 10))).isEqualTo("connack 0x95");
    }

    @Test
    @Requirement("MQTT-3.1.2-24")
    void reasonString_isLeftOutWhereItDoesNotFit() {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.MAXIMUM_PACKET_SIZE, 10)));

        assertThat(client.receivedPackets().get(0).fixedHeader().remainingLength())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.1.0-2", "MQTT-4.13.1-1"})
    void secondConnect_isAProtocolError(Version version) {
        TestClient client = broker.client("c", version).connect();
        client.received();

        client.send(MqttMessageBuilders.connect()
                .protocolVersion(version == Version.V5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1)
                .clientId("c")
                .build());

        assertThat(client.received()).isEqualTo(version == Version.V5 ? List.of("disconnect 0x82") : List.of());
        assertThat(client.isClosed()).isTrue();
        assertThat(broker.count(BrokerCount.PROTOCOL_ERRORS)).isEqualTo(1);
    }

    @Test
    @Requirement({"MQTT-4.12.0-6", "MQTT-4.12.0-7"})
    void auth_isAProtocolError() {
        TestClient client = broker.connected("c");

        client.send(new MqttMessage(
                new MqttFixedHeader(MqttMessageType.AUTH, false, MqttQoS.AT_MOST_ONCE, false, 0),
                new MqttReasonCodeAndPropertiesVariableHeader((byte) 0x18, MqttProperties.NO_PROPERTIES)));

        assertThat(client.received()).containsExactly("disconnect 0x82");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void packetOnlyServersSend_isAProtocolError() {
        TestClient client = broker.connected("c");

        client.send(MqttMessage.PINGRESP);

        assertThat(client.received()).containsExactly("disconnect 0x82");
    }

    @Test
    @Requirement("MQTT-3.1.2-28")
    void responseInformation_isNotGiven() {
        assertThat(connAckOf(options -> options.properties(number(MqttProperties.REQUEST_RESPONSE_INFORMATION, 1))))
                .doesNotContain("response");
    }

    private static Consumer<ConnectBuilder> willTo(String topic) {
        return options -> options.willFlag(true).willTopic(topic).willMessage(new byte[0]);
    }

    private static MqttConnectMessage connectWith(boolean flag, int willQos, boolean willRetain) {
        return connectWith(5, flag, willQos, willRetain, "w");
    }

    private static MqttConnectMessage connectWith(
            int level, boolean flag, int willQos, boolean willRetain, String willTopic) {
        return connect(
                new MqttConnectVariableHeader("MQTT", level, false, false, willRetain, willQos, flag, true, 0),
                willTopic);
    }

    private static MqttConnectMessage withPasswordOnly(int level) {
        return connect(new MqttConnectVariableHeader("MQTT", level, false, true, false, 0, false, true, 0), "");
    }

    /** What Netty's encoder would not send. */
    private static MqttConnectMessage connect(MqttConnectVariableHeader header, String willTopic) {
        return new MqttConnectMessage(
                new MqttFixedHeader(MqttMessageType.CONNECT, false, MqttQoS.AT_MOST_ONCE, false, 0),
                header,
                new MqttConnectPayload("c", willTopic, new byte[0], "", new byte[0]));
    }

    private String refusalOf(MqttProperties properties) {
        TestClient client = broker.client("c").connect(options -> options.properties(properties));
        assertThat(client.isClosed()).isTrue();
        return client.received().get(0);
    }

    private String connAckOf(Consumer<ConnectBuilder> options) {
        return propertiesOfConnAck(broker.client("c").connect(options));
    }

    private static String propertiesOfConnAck(TestClient client) {
        MqttConnAckMessage connAck =
                (MqttConnAckMessage) client.receivedPackets().get(0);
        return PacketText.properties(connAck.variableHeader().properties());
    }
}
