package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.store.SessionStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.causeway.bridge.UpstreamFixture.PATIENCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A QoS 2 message whose connection is cut, at each step of its handshake: it is taken up where it was (MQTT 3.1.1
 * §4.4), and a broker that kept the session never sees it as a new one.
 */
class PahoConnectionTest {
    private static final int WINDOW = 10;

    private final ScriptedBroker broker = new ScriptedBroker();
    private final Events events = new Events();
    private final PahoConnection connection = new PahoConnection(
            "gateway",
            AggregatingSettings.of(broker.uri(), "gateway"),
            new LinkStore("gateway", SessionStore.NONE, null),
            new BrokerSockets(AggregatingSettings.of(broker.uri(), "gateway")),
            events);

    PahoConnectionTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        connection.abort();
        broker.close();
    }

    private PendingPublish publish(String topic) {
        PendingPublish publish = new PendingPublish(
                "client", new ApplicationMessage(topic, Octets.utf8("x"), EXACTLY_ONCE, false), new Outcome(), 0);
        assertThat(connection.publish(publish)).isTrue();
        return publish;
    }

    private void connect(boolean sessionPresent) throws IOException {
        events.told.clear();
        connection.connect(WINDOW);
        broker.accept(sessionPresent);
        events.expect("connected " + sessionPresent);
    }

    private void cut() throws IOException {
        broker.cut();
        events.expect("lost");
    }

    /** Whatever the connection had to send by itself, it has sent before this. */
    private void expectNothingBut(String... packets) throws IOException {
        for (String packet : packets) {
            assertThat(broker.read()).isEqualTo(packet);
        }
        publish("new");
        assertThat(broker.read()).matches("PUBLISH \\d+ new");
    }

    @Test
    void cutBeforePubRec_isSentAgainWithItsPacketId() throws IOException {
        connect(false);
        publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        cut();

        connect(true);
        assertThat(events.forgotten).isEmpty();
        expectNothingBut("PUBLISH 1 a again");
    }

    @Test
    void cutAfterPubRec_isOnlyReleased() throws IOException {
        connect(false);
        PendingPublish sent = publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        broker.pubRec(1);
        await().atMost(PATIENCE).until(sent::isReceived);
        cut(); // whether its PUBREL went out before or not

        connect(true);
        assertThat(events.forgotten).isEmpty();
        expectNothingBut("PUBREL 1");
        broker.pubComp(1);
        events.expect("published a");
    }

    @Test
    void cutAgainAfterItsPubRel_isReleasedOnceMore() throws IOException {
        connect(false);
        PendingPublish sent = publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        broker.pubRec(1);
        await().atMost(PATIENCE).until(sent::isReceived);
        cut();
        connect(true);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        cut();

        connect(true);
        expectNothingBut("PUBREL 1");
        broker.pubComp(1);
        events.expect("published a");
    }

    @Test
    void cutAfterPubComp_isNotSentAgain() throws IOException {
        connect(false);
        publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        broker.pubRec(1);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        broker.pubComp(1);
        events.expect("published a");
        cut();

        connect(true);
        expectNothingBut();
    }

    @Test
    void eachAtAnotherStep_isTakenUpThere() throws IOException {
        connect(false);
        publish("done");
        PendingPublish received = publish("received");
        publish("sent");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 done");
        assertThat(broker.read()).isEqualTo("PUBLISH 2 received");
        assertThat(broker.read()).isEqualTo("PUBLISH 3 sent");
        broker.pubRec(1);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        broker.pubComp(1);
        events.expect("published done");
        broker.pubRec(2);
        await().atMost(PATIENCE).until(received::isReceived);
        cut();

        connect(true);
        expectNothingBut("PUBREL 2", "PUBLISH 3 sent again");
    }

    @Test
    void sessionLostBeforePubRec_isSentAgainAndNotForgotten() throws IOException {
        connect(false);
        publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        cut();

        connect(false);
        assertThat(events.forgotten).isEmpty();
        expectNothingBut("PUBLISH 1 a again");
    }

    @Test
    void sessionLostAfterPubRec_isForgottenAndAcknowledgedOnlyWhenPublishedAnew() throws IOException {
        connect(false);
        PendingPublish sent = publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        broker.pubRec(1);
        await().atMost(PATIENCE).until(sent::isReceived);
        cut();

        connect(false);
        assertThat(events.forgotten).containsExactly(sent);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        assertThat(connection.publish(sent)).isTrue();
        assertThat(broker.read()).isEqualTo("PUBLISH 2 a");
        broker.pubComp(1); // says nothing: this broker does not know what it is
        broker.pubRec(2);
        assertThat(broker.read()).isEqualTo("PUBREL 2");
        assertThat(events.told).doesNotContain("published a");
        broker.pubComp(2);
        events.expect("published a");
        assertThat(events.told).containsOnlyOnce("published a");
    }

    /** Written down as they come, by Paho's threads. */
    private static final class Events implements MqttConnection.Listener {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final List<PendingPublish> forgotten = new CopyOnWriteArrayList<>();

        private void expect(String event) {
            await(event).atMost(PATIENCE).until(() -> told.contains(event));
        }

        @Override
        public void onConnected(boolean sessionPresent, boolean asBridge, List<PendingPublish> lostWithTheSession) {
            forgotten.addAll(lostWithTheSession);
            told.add("connected " + sessionPresent);
        }

        @Override
        public void onUnanswered() {
            told.add("unanswered");
        }

        @Override
        public void onLost(ConnectionLoss loss) {
            told.add("lost");
        }

        @Override
        public void onPublished(PendingPublish publish) {
            told.add("published " + publish.message().topic());
        }

        @Override
        public void onSubscribed(int requestId, List<Integer> returnCodes) {
            told.add("subscribed " + requestId);
        }

        @Override
        public void onArrived(InboundMessage message) {
            told.add("arrived " + message.message().topic());
        }
    }
}
