package io.causeway.broker.session;

import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.causeway.broker.session.TestClient.number;
import static org.assertj.core.api.Assertions.assertThat;

/** What a client is told because something has changed is told when the change is durable, and not before. */
class OutputCommitTest {
    private final VirtualBroker broker = VirtualBroker.durable();

    // ---- answers -------------------------------------------------------------------------------------------------

    @Test
    void connAckOfASessionThatIsKept_waits() {
        broker.store().hold();
        TestClient client = broker.client("c").resume();
        assertThat(client.received()).isEmpty();

        broker.commit();

        assertThat(client.received()).containsExactly("connack 0");
    }

    @Test
    void connAckOfASessionOfWhichNothingIsKept_doesNotWait() {
        broker.store().hold();

        assertThat(broker.client("c").connect().received()).containsExactly("connack 0");
        assertThat(broker.store().waiting()).isZero();
    }

    @Test
    void connAckOfASessionWithAWill_waits() {
        broker.store().hold();
        TestClient client = broker.client("c")
                .connect(options -> options.willFlag(true).willTopic("w").willMessage(new byte[] {1}));
        assertThat(client.received()).isEmpty();

        broker.commit();

        assertThat(client.received()).containsExactly("connack 0");
    }

    @Test
    void connAckThatSaysThatTheFormerSessionIsNoMore_waits() {
        broker.client("c").resume();
        broker.store().hold();
        TestClient client = broker.client("c").connect();
        assertThat(client.received()).isEmpty();

        broker.commit();

        assertThat(client.received()).containsExactly("connack 0");
    }

    @Test
    void connAckInPlaceOfASessionOfAnotherProtocol_waitsUntilThatIsForgotten() {
        broker.shard().useTakeover((clientId, nowNanos) -> true);
        broker.store().hold();
        TestClient client = broker.client("c").connect();
        assertThat(client.received()).isEmpty();

        broker.commit();

        assertThat(client.received()).containsExactly("connack 0");
    }

    @Test
    void subAckAndUnsubAck_wait() {
        TestClient client = kept("c");
        broker.store().hold();
        client.subscribe("a", 1);
        client.unsubscribe("a");
        assertThat(client.received()).isEmpty();

        broker.store().commit(1);
        broker.settle();
        assertThat(client.received()).containsExactly("suback #1 [1]");
        broker.commit();
        assertThat(client.received()).containsExactly("unsuback #2 [0]");
    }

    @Test
    void subAckOfASessionThatEndsWithItsConnection_doesNotWait() {
        TestClient client = broker.connected("c");
        broker.store().hold();

        client.subscribe("a", 1);

        assertThat(client.received()).containsExactly("suback #1 [1]");
    }

    @Test
    @Requirement("MQTT-3.12.4-1")
    void pingResp_doesNotWaitBehindWhatDoes_butForConnAck() {
        TestClient client = kept("c");
        broker.store().hold();
        client.subscribe("a", 1);
        client.ping();
        TestClient connecting = broker.client("connecting").resume();
        connecting.ping();

        assertThat(client.received()).containsExactly("pingresp");
        assertThat(connecting.received()).isEmpty();
        broker.commit();
        assertThat(client.received()).containsExactly("suback #1 [1]");
        assertThat(connecting.received()).containsExactly("connack 0", "pingresp");
    }

    @Test
    void whatComesBehind_staysBehind() {
        TestClient client = kept("c");
        client.subscribe("a", 0);
        client.received();
        broker.store().hold();

        client.subscribe("b", 0);
        client.publish("a", "x", 1, 7);

        assertThat(client.received()).isEmpty();
        broker.commit();
        assertThat(client.received()).containsExactly("suback #2 [0]", "publish a x", "puback #7");
    }

    // ---- what clients publish ------------------------------------------------------------------------------------

    @Test
    void pubAck_comesWhenTheQueuesOfSubscribersAreDurable() {
        TestClient subscriber = subscribed("s", 1);
        TestClient publisher = broker.connected("p");
        broker.store().hold();

        publisher.publish("a", "x", 1, 7);

        assertThat(subscriber.received()).containsExactly("publish a x q1 #1");
        assertThat(publisher.received()).isEmpty();
        broker.commit();
        assertThat(publisher.received()).containsExactly("puback #7");
    }

    @Test
    void pubAckOfWhatNobodyKeeps_doesNotWait() {
        TestClient subscriber = broker.connected("s");
        subscriber.subscribe("a", 1);
        subscribed("other", 0);
        TestClient publisher = broker.connected("p");
        broker.store().hold();

        publisher.publish("a", "x", 1, 7);

        assertThat(publisher.received()).containsExactly("puback #7");
    }

    @Test
    void pubAckOfWhatIsRetained_waits() {
        TestClient publisher = broker.connected("p");
        broker.store().hold();
        publisher.publish("a", "x", 1, 7, publish -> publish.retained(true));
        assertThat(publisher.received()).isEmpty();

        broker.commit();

        assertThat(publisher.received()).containsExactly("puback #7 0x10");
    }

    @Test
    @Requirement("MQTT-4.3.3-8")
    void qos2OfAClientWhoseSessionIsKept_isAnsweredAndDeliveredWhenItIsDurable() {
        TestClient keeping = subscribed("keeping", 2);
        TestClient other = broker.connected("other");
        other.subscribe("a", 0);
        other.received();
        TestClient publisher = kept("p");
        broker.store().hold();

        publisher.publish("a", "x", 2, 7);
        broker.connected("q").publish("a", "behind", 1, 8);

        assertThat(publisher.received()).isEmpty();
        assertThat(keeping.received()).isEmpty();
        assertThat(other.received()).isEmpty();
        broker.commit();
        assertThat(publisher.received()).containsExactly("pubrec #7");
        assertThat(keeping.received()).containsExactly("publish a x q2 #1", "publish a behind q1 #2");
        assertThat(other.received()).containsExactly("publish a x", "publish a behind");
    }

    @Test
    void qos2OfAClientWhoseSessionIsNotKept_isAnsweredWhenTheQueuesAreDurable() {
        TestClient subscriber = subscribed("s", 1);
        TestClient publisher = broker.connected("p");
        broker.store().hold();

        publisher.publish("a", "x", 2, 7);
        assertThat(publisher.received()).isEmpty();
        broker.commit();
        assertThat(publisher.received()).containsExactly("pubrec #7");
        assertThat(subscriber.received()).containsExactly("publish a x q1 #1");

        publisher.pubRel(7);
        assertThat(publisher.received()).containsExactly("pubcomp #7");
    }

    @Test
    void pubComp_waits() {
        TestClient publisher = kept("p");
        publisher.publish("a", "x", 2, 7);
        publisher.received();
        broker.store().hold();

        publisher.pubRel(7);

        assertThat(publisher.received()).isEmpty();
        broker.commit();
        assertThat(publisher.received()).containsExactly("pubcomp #7");
    }

    @Test
    void qos2WhoseConnectionIsLostMeanwhile_isTakenAllTheSame() {
        TestClient subscriber = subscribed("s", 2);
        TestClient publisher = kept("p");
        broker.store().hold();
        publisher.publish("a", "x", 2, 7);
        publisher.cut();

        broker.commit();
        publisher.resume();
        publisher.repeat("a", "x", 2, 7);
        broker.commit();

        assertThat(publisher.received()).containsExactly("connack 0 present", "pubrec #7");
        assertThat(subscriber.received()).containsExactly("publish a x q2 #1");
    }

    @Test
    void qos2WhoseSessionEndsMeanwhile_isDeliveredAllTheSame() {
        TestClient subscriber = subscribed("s", 2);
        TestClient publisher = kept("p");
        broker.hold();
        publisher.publish("a", "x", 2, 7);
        publisher.disconnect(0, number(MqttProperties.SESSION_EXPIRY_INTERVAL, 0));

        broker.letGo();

        assertThat(subscriber.received()).containsExactly("publish a x q2 #1");
    }

    // ---- what clients get ----------------------------------------------------------------------------------------

    @Test
    void qos2_isSentWhenItsPacketIdIsDurable_andReleasedWhenThatIs() {
        TestClient client = subscribed("c", 2);
        TestClient publisher = broker.connected("p");
        broker.store().hold();
        publisher.publish("a", "x", 2, 1);
        publisher.publish("a", "y", 2, 2);
        assertThat(client.received()).isEmpty();

        broker.commit();
        assertThat(client.received()).containsExactly("publish a x q2 #1", "publish a y q2 #2");

        client.pubRec(1);
        assertThat(client.received()).isEmpty();
        broker.commit();
        assertThat(client.received()).containsExactly("pubrel #1");
    }

    @Test
    void messagesBehindMuchThatWaits_waitInTheQueue() {
        TestClient client = subscribed("c", 0);
        broker.store().hold();
        client.subscribe("b", 0);
        TestClient publisher = broker.connected("p");
        for (int i = 0; i < 500; i++) {
            publisher.publish("a", "x" + i);
        }
        assertThat(broker.census().queuedMessages()).isGreaterThan(300);

        broker.commit();

        assertThat(client.received()).hasSize(501).endsWith("publish a x498", "publish a x499");
    }

    @Test
    void clientThatWaitsForMuch_isNotReadFrom_norTakenForDead() {
        TestClient client = broker.client("c");
        client.connect(options -> options.cleanSession(false)
                .keepAlive(10)
                .properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 3_600)));
        broker.store().hold();
        for (int i = 0; i < 1_000; i++) {
            client.subscribe("a", 0);
        }

        assertThat(client.isRead()).isFalse();
        broker.pass(Duration.ofMinutes(1));
        assertThat(client.isClosed()).isFalse();
        broker.commit();
        assertThat(client.isRead()).isTrue();
        broker.pass(Duration.ofMinutes(1));
        assertThat(client.isClosed()).isTrue();
    }

    // ---- connections that end meanwhile --------------------------------------------------------------------------

    @Test
    void connectionThatEnds_isNotToldWhatIsNotDurable() {
        TestClient client = kept("c");
        broker.store().hold();
        client.subscribe("a", 1);
        client.disconnect();

        broker.commit();

        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    @Requirement("MQTT-3.14.0-1")
    void serverThatEndsAConnection_saysWhyBehindConnAckOnly() {
        TestClient greeted = kept("c");
        broker.store().hold();
        TestClient waiting = broker.client("d").resume();

        greeted.subscribe("a", 1);
        greeted.send(MqttMessage.PINGRESP);
        waiting.send(MqttMessage.PINGRESP);

        assertThat(greeted.received()).containsExactly("disconnect 0x82");
        assertThat(waiting.received()).isEmpty();
        assertThat(waiting.isClosed()).isTrue();
    }

    @Test
    void takeover_leavesTheFormerConnectionWithoutItsAnswers() {
        TestClient former = kept("c");
        broker.store().hold();
        former.subscribe("a", 1);
        TestClient latter = broker.client("c").resume();

        broker.commit();

        assertThat(former.received()).containsExactly("disconnect 0x8e");
        assertThat(latter.received()).containsExactly("connack 0 present");
    }

    @Test
    void serverThatStops_doesNotSayWhatIsNotDurable() {
        TestClient client = kept("c");
        broker.store().hold();
        client.subscribe("a", 1);

        broker.shard().shutDown(broker.time.nowNanos());
        broker.commit();

        assertThat(client.received()).containsExactly("disconnect 0x8b");
    }

    private TestClient kept(String clientId) {
        TestClient client = broker.client(clientId).resume();
        client.received();
        return client;
    }

    /** To "a". */
    private TestClient subscribed(String clientId, int qos) {
        TestClient client = kept(clientId);
        client.subscribe("a", qos);
        client.received();
        return client;
    }
}
