package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.SessionStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.causeway.bridge.UpstreamFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A connection that tells the broker that it is one of a bridge, and what it tells who watches. */
class BridgeConnectionTest {
    private static final int WINDOW = 10;
    private static final int MQTT_3_1_1 = 0x04;
    private static final int AS_BRIDGE = 0x84;

    private final ScriptedBroker broker = new ScriptedBroker();
    private final Events events = new Events();
    private final AggregatingSettings settings = AggregatingSettings.of(broker.uri(), "gateway")
            .withBridge(new BridgeSettings(true, new Watch(events.told)));
    private final PahoConnection connection = new PahoConnection(
            "gateway",
            settings,
            new LinkStore("gateway", SessionStore.NONE, null),
            new BrokerSockets(settings),
            events);

    BridgeConnectionTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        connection.abort();
        broker.close();
    }

    @Test
    void accepted_isABridgeAgainAfterALoss() throws IOException {
        connection.connect(WINDOW);
        assertThat(broker.acceptLevel()).isEqualTo(AS_BRIDGE);
        events.expect("connected as bridge");
        broker.cut();
        events.expect("lost");

        connection.connect(WINDOW);
        assertThat(broker.hangUp()).isEqualTo(AS_BRIDGE);
        events.expect("lost", "lost");
        connection.connect(WINDOW);
        assertThat(broker.acceptLevel()).isEqualTo(AS_BRIDGE);
    }

    @Test
    void refused_isAClientFromThenOn() throws IOException {
        connection.connect(WINDOW);
        assertThat(broker.refuseLevel()).isEqualTo(AS_BRIDGE);
        events.expect("lost");
        assertThat(events.told).containsExactly("lost");

        connection.connect(WINDOW);
        assertThat(broker.acceptLevel()).isEqualTo(MQTT_3_1_1);
        events.expect("connected");
        broker.cut();
        events.expect("lost", "lost");

        connection.connect(WINDOW);
        assertThat(broker.acceptLevel()).isEqualTo(MQTT_3_1_1);
    }

    @Test
    void brokerThatHangsUp_isTriedAsAClientUntilTheNextConnection() throws IOException {
        connection.connect(WINDOW);
        assertThat(broker.hangUp()).isEqualTo(AS_BRIDGE);
        events.expect("lost");
        assertThat(events.told).containsExactly("unanswered", "lost");

        connection.connect(WINDOW);
        assertThat(broker.acceptLevel()).isEqualTo(MQTT_3_1_1);
        events.expect("connected");
        broker.cut();
        events.expect("lost", "lost");

        connection.connect(WINDOW);
        assertThat(broker.acceptLevel()).isEqualTo(AS_BRIDGE);
    }

    @Test
    void brokerThatIsNotThere_hasMadeNoSession() throws IOException {
        broker.close();
        connection.connect(WINDOW);
        events.expect("lost");
        assertThat(events.told).containsExactly("lost");
    }

    @Test
    void brokerThatDoesNotAnswer_isTriedAsAClient() throws IOException {
        connection.connect(WINDOW);
        assertThat(broker.ignore()).isEqualTo(AS_BRIDGE);
        connection.abort(); // as the link does after a while
        assertThat(events.told).containsExactly("unanswered");

        connection.connect(WINDOW);
        assertThat(broker.acceptLevel()).isEqualTo(MQTT_3_1_1);
    }

    @Test
    void sentAndNotAcknowledged_isToldAgainWithTheNextConnection() throws IOException {
        connection.connect(WINDOW);
        broker.accept(false);
        events.expect("connected as bridge");
        ApplicationMessage message = new ApplicationMessage("a", Octets.utf8("x"), Qos.EXACTLY_ONCE, false);
        assertThat(connection.publish(new PendingPublish("client", message, new Outcome(), 0)))
                .isTrue();
        assertThat(events.told).contains("sent a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        broker.cut();
        events.expect("lost");

        connection.connect(WINDOW);
        broker.accept(true);
        events.expect("sent again a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a again");
        broker.pubRec(1);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        broker.pubComp(1);
        events.expect("acknowledged a");
    }

    /** Written down as they come, by Paho's threads. */
    private static final class Events implements MqttConnection.Listener {
        private final List<String> told = new CopyOnWriteArrayList<>();

        /** So many of the first of them. */
        private void expect(String... same) {
            await(same[0])
                    .atMost(PATIENCE)
                    .until(() -> told.stream().filter(same[0]::equals).count() >= same.length);
        }

        @Override
        public void onConnected(boolean sessionPresent, boolean asBridge, List<PendingPublish> forgotten) {
            told.add(asBridge ? "connected as bridge" : "connected");
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
        public void onSubscribed(int requestId, List<Integer> returnCodes) {}

        @Override
        public void onArrived(InboundMessage message) {}
    }

    private record Watch(List<String> told) implements LinkWatch {
        @Override
        public void onConnected(boolean sessionPresent, boolean asBridge, List<ApplicationMessage> sentAgain) {
            sentAgain.forEach(each -> told.add("sent again " + each.topic()));
        }

        @Override
        public void onSent(ApplicationMessage message) {
            told.add("sent " + message.topic());
        }

        @Override
        public void onWithdrawn(ApplicationMessage message) {
            told.add("withdrawn " + message.topic());
        }

        @Override
        public void onAcknowledged(ApplicationMessage message) {
            told.add("acknowledged " + message.topic());
        }

        @Override
        public void onLost() {}
    }
}
