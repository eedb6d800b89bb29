package io.causeway.broker.session;

import io.causeway.broker.session.TestClient.Version;
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
    void fillTheDisk() {
        kept.subscribe("a", 1);
        clean.subscribe("a", 1);
        kept.received();
        kept3.received();
        clean.received();
        broker.store().hold();
        broker.store().setTaking(false);
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

    private void emptyTheDisk() {
        broker.store().setTaking(true);
        broker.commit();
    }
}
