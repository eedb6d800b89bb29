package io.causeway.broker.session;

import io.causeway.broker.session.TestClient.Version;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.causeway.broker.session.TestClient.all;
import static io.causeway.broker.session.TestClient.number;
import static org.assertj.core.api.Assertions.assertThat;

/** What CONNECT and CONNACK settle for the packets behind them (MQTT 5 §3.1, §3.2). */
class HandshakeTest {
    private final VirtualBroker broker = new VirtualBroker();

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.2.0-1", "MQTT-3.2.0-2"})
    void connAck_comesFirstAndOnce(Version version) {
        TestClient client = broker.client("c", version).resume();
        client.subscribe("a", 1);
        client.cut();
        TestClient publisher = broker.connected("p");
        publisher.publish("a", "one", 1, 1);
        publisher.publish("a", "two", 1, 2);
        client.received();

        client.resume();
        client.ping();

        List<String> received = client.received();
        assertThat(received).hasSize(4);
        assertThat(received.get(0)).startsWith("connack 0");
        assertThat(received).filteredOn(each -> each.startsWith("connack")).hasSize(1);
    }

    @Test
    @Requirement("MQTT-3.1.3-2")
    void clientId_tellsWhoseSessionItIs() {
        TestClient one = broker.client("one").resume();
        one.subscribe("a", 1);
        one.cut();
        one.received();

        assertThat(broker.client("ONE").resume().received()).containsExactly("connack 0");
        assertThat(broker.client("one").resume().received()).containsExactly("connack 0 present");
    }

    @Test
    @Requirement({"MQTT-3.1.3-8", "MQTT-3.14.0-1"})
    void clientIdThatIsRefused_closesTheConnection() {
        TestClient client = broker.client("", Version.V4).connect(options -> options.cleanSession(false));

        assertThat(client.received()).containsExactly("connack 0x02");
        assertThat(client.isClosed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "48, {reason=enhanced authentication is not supported}",
        "47, {}",
        "10, {}",
    })
    @Requirement("MQTT-3.2.2-19")
    void reasonStringThatDoesNotFit_isLeftOutOfConnAck(int maxOctets, String properties) {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(all(
                        new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, maxOctets),
                        new StringProperty(MqttProperties.AUTHENTICATION_METHOD, "X"))));

        MqttConnAckMessage connAck =
                (MqttConnAckMessage) client.receivedPackets().get(0);
        assertThat(PacketText.of(connAck)).isEqualTo("connack 0x8c");
        assertThat(PacketText.properties(connAck.variableHeader().properties())).isEqualTo(properties);
    }

    @Test
    @Requirement("MQTT-3.1.2-29")
    void withoutProblemInformation_acknowledgementsHaveNoProperties() {
        TestClient client = broker.client("c")
                .connect(options -> options.properties(number(MqttProperties.REQUEST_PROBLEM_INFORMATION, 0)));
        client.received();

        client.subscribe("a/#/b", 1);
        client.unsubscribe("nothing");
        client.publish("$SYS/x", "x", 1, 1);
        client.publish("$SYS/x", "x", 2, 2);
        client.pubRel(3);

        List<MqttMessage> answers = client.receivedPackets();
        assertThat(answers.stream().map(PacketText::of))
                .containsExactly(
                        "suback #1 [143]", "unsuback #2 [17]", "puback #1 0x87", "pubrec #2 0x87", "pubcomp #3 0x92");
        assertThat(answers)
                .allSatisfy(each -> assertThat(propertiesOf(each).isEmpty()).isTrue());
    }

    @Test
    @Requirement("MQTT-3.2.2-18")
    void topicAliasWhereThereAreNone_disconnects() {
        VirtualBroker withoutAliases = new VirtualBroker(
                new BrokerSettings(
                        2,
                        new QueueBound(10, 10_000, OverflowPolicy.DROP_OLDEST),
                        10,
                        10,
                        4_096,
                        0,
                        5,
                        Duration.ZERO,
                        0,
                        10,
                        10_000),
                1);
        TestClient client = withoutAliases.connected("c");

        client.publish("a", "x", 0, 0, publish -> publish.properties(number(MqttProperties.TOPIC_ALIAS, 1)));

        assertThat(client.received()).containsExactly("disconnect 0x94");
        assertThat(client.isClosed()).isTrue();
    }

    private static MqttProperties propertiesOf(MqttMessage answer) {
        if (answer.variableHeader() instanceof MqttPubReplyMessageVariableHeader reply) {
            return reply.properties();
        }
        return ((MqttMessageIdAndPropertiesVariableHeader) answer.variableHeader()).properties();
    }
}
