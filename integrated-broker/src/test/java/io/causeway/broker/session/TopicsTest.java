package io.causeway.broker.session;

import io.causeway.testkit.Requirement;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Topic names, and who gets what is published to them (MQTT 5 §4.7, §4.8). */
class TopicsTest {
    private final VirtualBroker broker = new VirtualBroker();
    private final TestClient publisher = broker.connected("p");
    private final TestClient other = broker.connected("other");

    @ParameterizedTest
    @ValueSource(strings = {"#", "a/#", "+", "a/+/b", "a+"})
    @Requirement({"MQTT-3.3.2-2", "MQTT-4.7.0-1"})
    void wildcardInATopicName_isAProtocolError(String topic) {
        other.subscribe("#", 1);
        other.received();
        MqttConnection connection = Objects.requireNonNull(publisher.connection());

        connection.onPacket(
                MqttMessageBuilders.publish()
                        .topicName(topic)
                        .qos(MqttQoS.AT_LEAST_ONCE)
                        .messageId(1)
                        .payload(Unpooled.EMPTY_BUFFER)
                        .build(),
                broker.time.nowNanos());
        connection.onReadComplete(broker.time.nowNanos());
        broker.settle();

        assertThat(publisher.received()).containsExactly("disconnect 0x82");
        assertThat(other.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, A/b",
        "a/b, a//b",
        "a/b, a/b/",
        "a/b, /a/b",
        "a/b, a/./b",
        "a b, a  b",
        "\u00e9, e\u0301",
        "a, \uFEFFa",
        "a, a\u200b"
    })
    @Requirement("MQTT-4.7.3-4")
    void topicsThatOnlyLookAlike_areDifferent(String topic, String alike) {
        other.subscribe(topic, 0);
        other.received();

        publisher.publish(alike, "no");
        publisher.publish(topic, "yes");

        assertThat(other.received()).containsExactly("publish " + topic + " yes");
    }

    // ---- shared subscriptions ------------------------------------------------------------------------------------

    @Test
    @Requirement("MQTT-4.8.2-4")
    void sharedDeliveryAtQos2_isCompletedWhenItsClientIsBack() {
        TestClient chosen = broker.client("chosen").resume();
        deliverTo(chosen);

        chosen.cut();
        chosen.received();
        chosen.resume();
        chosen.pubRec(1);
        chosen.pubComp(1);

        assertThat(chosen.received()).containsExactly("connack 0 present", "publish a m q2 #1 dup", "pubrel #1");
        assertThat(other.received()).isEmpty();
        assertThat(broker.census().inFlight()).isZero();
    }

    @Test
    @Requirement("MQTT-4.8.2-5")
    void sharedDeliveryWhoseClientDoesNotComeBack_goesToNobodyElse() {
        TestClient chosen = broker.connected("chosen");
        deliverTo(chosen);

        chosen.cut();

        assertThat(other.received()).isEmpty();
        assertThat(chosen.connect().received()).containsExactly("publish a m q2 #1", "connack 0");
    }

    /** A message at QoS 2 is on its way to the one, then there is another in its group. */
    private void deliverTo(TestClient chosen) {
        chosen.subscribe("$share/g/a", 2);
        chosen.received();
        publisher.publish("a", "m", 2, 1);
        publisher.pubRel(1);
        other.subscribe("$share/g/a", 2);
        other.received();
    }
}
