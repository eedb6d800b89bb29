package io.causeway.broker.session;

import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnectBuilder;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static io.causeway.broker.session.TestClient.number;
import static io.causeway.broker.session.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Each packet that the broker sends has a reason code of its own table (MQTT 5 §2.4), whatever a client does. */
class ReasonCodesTest {
    private static final Map<MqttMessageType, Set<Integer>> TABLES = Map.of(
            MqttMessageType.CONNACK,
            Set.of(
                    0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97,
                    0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F),
            MqttMessageType.PUBACK,
            Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99),
            MqttMessageType.PUBREC,
            Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99),
            MqttMessageType.PUBREL,
            Set.of(0x00, 0x92),
            MqttMessageType.PUBCOMP,
            Set.of(0x00, 0x92),
            MqttMessageType.SUBACK,
            Set.of(0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2),
            MqttMessageType.UNSUBACK,
            Set.of(0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91),
            MqttMessageType.DISCONNECT,
            Set.of(
                    0x00, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96,
                    0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2));

    private static final List<Consumer<ConnectBuilder>> CONNECTS = List.of(
            connect -> {},
            connect -> connect.properties(text(MqttProperties.AUTHENTICATION_METHOD, "X")),
            connect -> connect.properties(number(MqttProperties.RECEIVE_MAXIMUM, 0)),
            connect -> connect.properties(number(MqttProperties.MAXIMUM_PACKET_SIZE, 10)));

    private static final List<Consumer<TestClient>> DEEDS = List.of(
            client -> client.subscribe("a", 2),
            client -> client.subscribe("a/#/b", 0),
            client -> client.subscribe("$share//a", 0),
            client -> client.unsubscribe("a"),
            client -> client.unsubscribe("never"),
            client -> client.publish("a", "x", 1, 1),
            client -> client.publish("a", "x", 2, 2),
            client -> client.pubRel(2),
            client -> client.pubRel(3),
            client -> client.pubRec(4),
            client -> client.publish("$SYS/a", "x", 1, 5),
            client -> client.publish("a/".repeat(300), "x", 2, 6),
            client -> client.publish("", "x"),
            client -> client.repeat("a", "x", 0, 0),
            client -> client.publish("a", "x", 0, 0, with -> with.properties(number(MqttProperties.TOPIC_ALIAS, 999))),
            TestClient::malformed);

    private final VirtualBroker broker = new VirtualBroker();
    private final Map<MqttMessageType, Set<Integer>> said = new EnumMap<>(MqttMessageType.class);

    @Test
    @Requirement({
        "MQTT-3.2.2-8",
        "MQTT-3.4.2-1",
        "MQTT-3.5.2-1",
        "MQTT-3.6.2-1",
        "MQTT-3.7.2-1",
        "MQTT-3.9.3-2",
        "MQTT-3.11.3-2",
        "MQTT-3.14.2-1"
    })
    void whateverAClientDoes_reasonCodesAreThoseOfTheirPacket() {
        for (Consumer<ConnectBuilder> connect : CONNECTS) {
            note(broker.client("c").connect(connect));
        }
        for (Consumer<TestClient> deed : DEEDS) {
            TestClient client = broker.client("c").connect(connect -> connect.keepAlive(10));
            deed.accept(client);
            broker.pass(Duration.ofSeconds(16));
            note(client);
        }

        assertThat(said).containsOnlyKeys(TABLES.keySet());
        assertThat(said)
                .allSatisfy((type, codes) ->
                        assertThat(TABLES.get(type)).as(type.name()).containsAll(codes));
    }

    private void note(TestClient client) {
        for (MqttMessage packet : client.receivedPackets()) {
            codesOf(packet)
                    .forEach(code -> said.computeIfAbsent(packet.fixedHeader().messageType(), unused -> new TreeSet<>())
                            .add(code & 0xFF));
        }
    }

    private static Stream<Integer> codesOf(MqttMessage packet) {
        if (packet instanceof MqttConnAckMessage connAck) {
            return Stream.of((int) connAck.variableHeader().connectReturnCode().byteValue());
        }
        if (packet instanceof MqttSubAckMessage subAck) {
            return subAck.payload().reasonCodes().stream();
        }
        if (packet instanceof MqttUnsubAckMessage unsubAck) {
            return unsubAck.payload().unsubscribeReasonCodes().stream().map(Short::intValue);
        }
        if (packet.variableHeader() instanceof MqttPubReplyMessageVariableHeader reply) {
            return Stream.of((int) reply.reasonCode());
        }
        if (packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader disconnect) {
            return Stream.of((int) disconnect.reasonCode());
        }
        return Stream.empty();
    }
}
