package io.causeway.broker.session;

import io.causeway.broker.session.TestClient.Version;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.causeway.broker.session.TestClient.number;
import static org.assertj.core.api.Assertions.assertThat;

/** A store that takes nothing, because the disk is full: nothing new is promised, and what needs no promise goes on. */
class StoreTroubleTest {
    private final VirtualBroker broker = VirtualBroker.durable();
    private final TestClient kept = broker.client("kept").resume();
    private final TestClient kept3 = broker.client("kept3", Version.V4).resume();
    private final TestClient clean = broker.connected("clean");

    @BeforeEach
    void begin() {
        kept.subscribe("a", 1);
        clean.subscribe("a", 1);
        kept.received();
        kept3.received();
        clean.received();
        fillTheDisk();
    }

    @Test
    void clientThatWouldHaveToBeKept_isRefused() {
        assertThat(broker.client("c").resume().received()).containsExactly("connack 0x97");
        assertThat(broker.client("c", Version.V4).resume().received()).containsExactly("connack 0x03");
        assertThat(broker.client("kept").connect().received()).containsExactly("connack 0x97");
        assertThat(broker.client("c")
                        .connect(
                                options -> options.willFlag(true).willTopic("w").willMessage(new byte[] {1}))
                        .received())
                .containsExactly("connack 0x97");
        assertThat(broker.count(BrokerCount.CONNECTS_REFUSED_STORE)).isEqualTo(4);
        assertThat(kept.isClosed()).isFalse();
    }

    @Test
    void clientOfWhichNothingIsKept_isServed() {
        TestClient client = broker.client("c").connect();
        client.subscribe("b", 1);
        client.publish("b", "x");

        assertThat(client.received()).containsExactly("connack 0", "suback #1 [1]", "publish b x");
    }

    @Test
    void subscriptionThatWouldHaveToBeKept_isRefused_orAnsweredWhenItIsDurable() {
        kept.subscribe("b", 1);
        kept3.subscribe("b", 1);

        assertThat(kept.received()).containsExactly("suback #2 [151]");
        assertThat(kept3.received()).isEmpty();
        emptyTheDisk();
        assertThat(kept3.received()).containsExactly("suback #1 [1]");
    }

    @Test
    void messageAtQos1Or2_isRefused_orAnsweredWhenItIsDurable() {
        clean.publish("a", "refused", 1, 1);
        kept.publish("a", "refused", 2, 2);
        kept3.publish("a", "waits", 1, 3);
        kept3.publish("a", "waits", 2, 4);

        assertThat(clean.received()).containsExactly("puback #1 0x97", "publish a waits q1 #1");
        assertThat(kept.received()).containsExactly("pubrec #2 0x97", "publish a waits q1 #1");
        assertThat(kept3.received()).isEmpty();
        assertThat(broker.count(BrokerCount.MESSAGES_IN_REFUSED_STORE)).isEqualTo(2);
        emptyTheDisk();
        assertThat(kept3.received()).containsExactly("puback #3", "pubrec #4");
        clean.publish("a", "taken", 1, 5);
        broker.commit();
        assertThat(clean.received()).contains("puback #5");
    }

    @Test
    void qos0_flows() {
        clean.publish("a", "x");
        clean.publish("a", "retained", 0, 0, publish -> publish.retained(true));

        assertThat(kept.received()).containsExactly("publish a x", "publish a retained");
    }

    @Test
    @Requirement("MQTT-4.6.0-5")
    void qos2ThatWaitsForTheDisk_isPassedByTheRest_andComesOnceInOrderWhenItCan() {
        TestClient reader = subscribed("reader");
        TestClient publisher = broker.client("p3", Version.V4).connect();
        fillTheDisk();

        kept3.publish("a", "step 1", 2, 1); // with its reception one step
        publisher.publish("a", "alone 1", 2, 1);
        publisher.publish("a", "0.1");
        publisher.publish("a", "1.1", 1, 2);
        kept3.publish("a", "step 2", 2, 2);
        publisher.publish("a", "1.2", 1, 3);
        publisher.publish("a", "0.2");

        assertThat(reader.received())
                .containsExactly("publish a 0.1", "publish a 1.1 q1 #1", "publish a 1.2 q1 #2", "publish a 0.2");
        emptyTheDisk();
        broker.commit();
        assertThat(reader.received())
                .containsExactly("publish a step 1 q2 #3", "publish a alone 1 q2 #4", "publish a step 2 q2 #5");
    }

    @Test
    void qos2ThatWaitsForTheDisk_takesTheRoomOfNobody() {
        TestClient reader = subscribed("reader");
        TestClient publisher = broker.client("p3", Version.V4).connect();
        fillTheDisk();

        int many = 2 * BrokerSettings.DEFAULTS.maxInFlight();
        for (int i = 1; i <= many; i++) {
            publisher.publish("a", "waits", 2, i);
        }
        publisher.publish("a", "1", 1, many + 1);

        assertThat(reader.received()).containsExactly("publish a 1 q1 #1");
    }

    @Test
    void messageQueuedBeforeTheDiskWasFull_isNotPassedByOneOfItsQos() {
        TestClient reader = subscribed("reader");
        broker.store().hold();
        kept3.publish("a", "waits", 2, 1);
        clean.publish("a", "before");
        assertThat(reader.received()).isEmpty();
        broker.store().setTaking(false);

        clean.publish("a", "after");

        assertThat(reader.received()).containsExactly("publish a before", "publish a after");
    }

    @Test
    void packetThatIsHeldForTheDisk_isPassedByMessages_inTheirOrder() {
        TestClient reader = subscribed("reader");
        broker.store().hold();
        reader.subscribe("b", 1);
        clean.publish("a", "before");
        assertThat(reader.received()).as("behind SUBACK").isEmpty();
        broker.store().setTaking(false);

        clean.publish("a", "after");

        assertThat(reader.received()).containsExactly("publish a before", "publish a after");
        emptyTheDisk();
        assertThat(reader.received()).containsExactly("suback #2 [1]");
    }

    @Test
    void sessionThatWasNotLetIn_isThereWhenItCan() {
        kept.disconnect(0, number(MqttProperties.SESSION_EXPIRY_INTERVAL, 100));
        assertThat(broker.client("kept").resume().received()).containsExactly("connack 0x97");
        emptyTheDisk();

        TestClient anew = broker.client("kept").resume();
        assertThat(anew.received()).as("before it is durable").isEmpty();
        broker.commit();
        assertThat(anew.received()).containsExactly("connack 0 present");
        assertThat(broker.census().connected()).isEqualTo(3);
        clean.publish("a", "still subscribed");
        assertThat(anew.received()).containsExactly("publish a still subscribed");
    }

    private TestClient subscribed(String clientId) {
        emptyTheDisk();
        broker.commit();
        TestClient client = broker.client(clientId).resume();
        client.subscribe("a", 2);
        broker.commit();
        client.received();
        return client;
    }

    private void fillTheDisk() {
        broker.store().hold();
        broker.store().setTaking(false);
    }

    private void emptyTheDisk() {
        broker.store().setTaking(true);
        broker.commit();
    }
}
