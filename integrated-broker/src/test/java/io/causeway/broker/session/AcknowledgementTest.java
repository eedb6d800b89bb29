package io.causeway.broker.session;

import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.causeway.broker.session.TestClient.number;
import static org.assertj.core.api.Assertions.assertThat;

/** Until when a message is unacknowledged, and from when its packet identifier means another (MQTT 5 §4.3). */
class AcknowledgementTest {
    private final VirtualBroker broker = new VirtualBroker();
    private final TestClient publisher = broker.connected("p");
    private final TestClient client = broker.client("c");

    AcknowledgementTest() {
        client.resume();
        client.subscribe("a", 2);
        client.received();
    }

    // ---- to the client -------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-4.3.2-3", "MQTT-4.4.0-1"})
    void qos1_isSentAgainUntilPubAck() {
        publisher.publish("a", "x", 1, 1);
        client.received();

        for (int i = 0; i < 3; i++) {
            reconnect();
            assertThat(client.received()).containsExactly("connack 0 present", "publish a x q1 #1 dup");
        }

        client.pubAck(1);
        reconnect();
        assertThat(client.received()).containsExactly("connack 0 present");
    }

    @Test
    @Requirement({"MQTT-4.3.3-3", "MQTT-4.3.3-5", "MQTT-4.3.3-6"})
    void qos2_isSentAgainUntilPubRec_andPubRelUntilPubComp() {
        publisher.publish("a", "x", 2, 1);
        client.received();

        for (int i = 0; i < 3; i++) {
            reconnect();
            assertThat(client.received()).containsExactly("connack 0 present", "publish a x q2 #1 dup");
        }

        client.pubRec(1);
        client.received();
        for (int i = 0; i < 3; i++) {
            reconnect();
            assertThat(client.received()).containsExactly("connack 0 present", "pubrel #1");
        }

        client.pubComp(1);
        reconnect();
        assertThat(client.received()).containsExactly("connack 0 present");
    }

    @Test
    @Requirement("MQTT-4.6.0-4")
    void pubRels_areInTheOrderOfTheirPubRecs() {
        publisher.publish("a", "one", 2, 1);
        publisher.publish("a", "two", 2, 2);
        publisher.publish("a", "three", 2, 3);
        client.received();

        client.pubRec(2);
        client.pubRec(3);
        client.pubRec(1);

        assertThat(client.received()).containsExactly("pubrel #2", "pubrel #3", "pubrel #1");
    }

    // ---- from the client -----------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-4.3.2-5", "MQTT-3.3.1-3"})
    void qos1AfterPubAck_isANewMessageWhateverDupSays() {
        publisher.publish("a", "one", 1, 9);

        publisher.repeat("a", "two", 1, 9);

        assertThat(publisher.received()).containsExactly("puback #9", "puback #9");
        assertThat(client.received()).containsExactly("publish a one q1 #1", "publish a two q1 #2");
    }

    @Test
    @Requirement("MQTT-4.3.3-9")
    void qos2AfterARefusal_isANewMessage() {
        publisher.publish("$SYS/a", "one", 2, 9);

        publisher.publish("a", "two", 2, 9);
        publisher.pubRel(9);

        assertThat(publisher.received()).containsExactly("pubrec #9 0x87", "pubrec #9", "pubcomp #9");
        assertThat(client.received()).containsExactly("publish a two q2 #1");
    }

    @Test
    @Requirement("MQTT-4.3.3-13")
    void qos2WhoseMessageHasExpired_isCompletedAllTheSame() {
        client.cut();
        publisher.publish(
                "a", "x", 2, 9, publish -> publish.properties(number(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 1)));
        broker.pass(Duration.ofSeconds(5));
        client.resume();
        assertThat(client.received()).containsExactly("connack 0 present");

        publisher.pubRel(9);

        assertThat(publisher.received()).containsExactly("pubrec #9", "pubcomp #9");
    }

    private void reconnect() {
        client.cut();
        client.resume();
    }
}
