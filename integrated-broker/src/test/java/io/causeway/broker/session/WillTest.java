package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.broker.session.TestClient.Version;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.StoredWill;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnectBuilder;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.causeway.broker.session.TestClient.all;
import static io.causeway.broker.session.TestClient.number;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

/** Wills (MQTT 5 §3.1.2.5, §3.1.3.2). */
class WillTest {
    private static final String GONE = "publish will/c gone q1 #1";

    private final VirtualBroker broker = new VirtualBroker();
    private final TestClient watcher = broker.client("watcher");

    @BeforeEach
    void watch() {
        watcher.connect();
        watcher.subscribe("will/#", 2);
        watcher.received();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.1.2-7", "MQTT-3.1.2-8", "MQTT-3.1.2-14"})
    void lostClient_hasItsWillPublished(Version version) {
        TestClient client = broker.client("c", version).connect(withWill());

        client.cut();

        assertThat(watcher.received()).containsExactly(GONE);
        assertThat(broker.count(BrokerCount.WILLS_PUBLISHED)).isEqualTo(1);
        assertThat(broker.count(BrokerCount.CLIENTS_LOST)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement({"MQTT-3.14.4-3", "MQTT-3.1.2-10"})
    void orderlyDisconnect_deletesTheWill(Version version) {
        TestClient client = broker.client("c", version).connect(withWill());

        client.disconnect();
        broker.pass(ofSeconds(10));

        assertThat(watcher.received()).isEmpty();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void disconnectWithWill_publishesIt() {
        TestClient client = broker.client("c").connect(withWill());

        client.disconnect(0x04, MqttProperties.NO_PROPERTIES);

        assertThat(watcher.received()).containsExactly(GONE);
    }

    @Test
    void protocolError_publishesIt() {
        TestClient client = broker.client("c").connect(withWill());

        client.malformed();

        assertThat(watcher.received()).containsExactly(GONE);
    }

    @Test
    @Requirement("MQTT-3.1.2-15")
    void retainedWill_isStored() {
        broker.client("c")
                .connect(withWill().andThen(options -> options.willRetain(true)))
                .cut();

        watcher.received();
        TestClient late = broker.connected("late");
        late.subscribe("will/#", 0);
        assertThat(late.received()).contains("publish will/c gone retain");
    }

    @Test
    void delayedWill_isPublishedWhenTheDelayIsOver() {
        TestClient client = broker.client("c").connect(withDelay(10, 60));

        client.cut();
        broker.pass(ofSeconds(9));
        assertThat(watcher.received()).isEmpty();
        assertThat(broker.census().willsWaiting()).isEqualTo(1);

        broker.pass(ofSeconds(2));
        assertThat(watcher.received()).containsExactly(GONE);
        broker.pass(ofMinutes(2));
        assertThat(watcher.received()).isEmpty();
    }

    @Test
    @Requirement("MQTT-3.1.3-9")
    void clientThatIsBackBeforeTheDelayIsOver_isNotMourned() {
        TestClient client = broker.client("c").connect(withDelay(10, 60));
        client.cut();
        broker.pass(ofSeconds(5));

        client.connect(
                options -> options.cleanSession(false).properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 60)));
        broker.pass(ofMinutes(1));

        assertThat(watcher.received()).isEmpty();
    }

    @Test
    void cleanStart_endsTheSessionAndPublishesItsWill() {
        TestClient client = broker.client("c").connect(withDelay(10, 60));
        client.cut();

        client.connect();

        assertThat(watcher.received()).containsExactly(GONE);
    }

    @Test
    void sessionThatExpiresBeforeTheDelay_hasItsWillPublishedThen() {
        broker.client("c").connect(withDelay(100, 5)).cut();

        broker.pass(ofSeconds(6));

        assertThat(watcher.received()).containsExactly(GONE);
        assertThat(broker.census().disconnected()).isZero();
    }

    @Test
    void sessionWithoutExpiry_hasItsWillPublishedAtOnce() {
        broker.client("c").connect(withDelay(100, 0)).cut();

        assertThat(watcher.received()).containsExactly(GONE);
    }

    @Test
    void takenOverWithoutDelay_publishesTheWill() {
        TestClient client = broker.client("c").connect(withWill());
        broker.client("c").connect();

        assertThat(client.isClosed()).isTrue();
        assertThat(watcher.received()).containsExactly(GONE);
    }

    @Test
    void takenOverWithDelayAndWithoutCleanStart_keepsQuiet() {
        broker.client("c").connect(withDelay(10, 60));
        broker.client("c").resume();
        broker.pass(ofMinutes(1));

        assertThat(watcher.received()).isEmpty();
    }

    @Test
    void newConnection_bringsItsOwnWill() {
        TestClient client = broker.client("c").connect(withDelay(0, 60));
        client.disconnect();
        client.resume();

        client.cut();

        assertThat(watcher.received()).isEmpty();
    }

    @Test
    @Requirement("MQTT-3.1.3-10")
    void willProperties_arePassedOn() {
        TestClient client = broker.client("c")
                .connect(withWill()
                        .andThen(options -> options.willProperties(all(
                                new IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, 1),
                                new IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 100),
                                new StringProperty(MqttProperties.CONTENT_TYPE, "text/plain"),
                                new StringProperty(MqttProperties.RESPONSE_TOPIC, "r"),
                                new BinaryProperty(MqttProperties.CORRELATION_DATA, new byte[] {'k'}),
                                new UserProperty("one", "1"),
                                new UserProperty("two", "2")))));

        broker.pass(ofSeconds(50));
        client.cut();

        assertThat(watcher.received())
                .containsExactly(GONE + " {format=1, expiry=100, content=text/plain, response=r, correlation=k, "
                        + "user=one:1,two:2}");
    }

    @Test
    void willThatMayNotBePublished_isRefusedWithTheConnection() {
        broker.broker.useAuthorizer(new NoWills());

        assertThat(broker.client("c").connect(withWill()).received()).containsExactly("connack 0x87");
        assertThat(broker.client("c", Version.V4).connect(withWill()).received())
                .containsExactly("connack 0x05");
        assertThat(broker.count(BrokerCount.CONNECTS_REFUSED_NOT_AUTHORIZED)).isEqualTo(2);
    }

    @Test
    void willToTheBrokersOwnTopics_isRefused() {
        TestClient client =
                broker.client("c").connect(withWill().andThen(options -> options.willTopic("$SYS/broker/uptime")));

        assertThat(client.received()).containsExactly("connack 0x87");
    }

    @Test
    void willThatMayNotBePublishedAnyMore_isDropped() {
        TestClient client = broker.client("c").connect(withWill());
        broker.broker.useAuthorizer(new NoWills());

        client.cut();

        assertThat(watcher.received()).isEmpty();
        assertThat(broker.count(BrokerCount.WILLS_DROPPED)).isEqualTo(1);
    }

    @Test
    void storedWillThatMayNotBePublishedAnyMore_isDroppedForGood() {
        VirtualBroker guarded = VirtualBroker.durable(new NoWills());
        Changes due = guarded.store().begin();
        for (String user : List.of("forbidden", "trusted")) {
            ApplicationMessage message =
                    new ApplicationMessage("will/" + user, Octets.utf8("gone"), Qos.AT_LEAST_ONCE, true);
            due.add(new Change.PutWill(new StoredWill(guarded.store().nextId(), "c", user, message)));
        }
        due.submit();

        guarded.restart();

        assertThat(guarded.broker.retained().find("will/trusted")).isPresent();
        assertThat(guarded.broker.retained().find("will/forbidden")).isEmpty();
        assertThat(guarded.count(BrokerCount.WILLS_DROPPED)).isEqualTo(1);
        guarded.restart();
        assertThat(guarded.count(BrokerCount.WILLS_DROPPED)).isZero();
    }

    private static Consumer<ConnectBuilder> withWill() {
        return options -> options.willFlag(true)
                .willTopic("will/c")
                .willMessage("gone".getBytes(StandardCharsets.UTF_8))
                .willQoS(MqttQoS.AT_LEAST_ONCE);
    }

    private static Consumer<ConnectBuilder> withDelay(int delaySeconds, int expirySeconds) {
        return withWill()
                .andThen(options -> options.willProperties(number(MqttProperties.WILL_DELAY_INTERVAL, delaySeconds))
                        .properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, expirySeconds)));
    }

    private static final class NoWills implements Authorizer {
        @Override
        public boolean mayPublish(Identity client, String topic) {
            return !topic.startsWith("will/") || client.user().equals("trusted");
        }

        @Override
        public boolean maySubscribe(Identity client, TopicFilter filter) {
            return true;
        }

        @Override
        public boolean mayReceive(Identity client, String topic) {
            return true;
        }
    }
}
