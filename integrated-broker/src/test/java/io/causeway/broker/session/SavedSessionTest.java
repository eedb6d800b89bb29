package io.causeway.broker.session;

import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnectBuilder;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static io.causeway.broker.session.TestClient.number;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions as values, over a restart of the broker. */
class SavedSessionTest {
    private final VirtualBroker before = new VirtualBroker();
    private final VirtualBroker after = new VirtualBroker();

    @Test
    @Requirement({"MQTT-4.4.0-1", "MQTT-4.1.0-1"})
    void everythingOfASession_isThereAfterARestart() {
        TestClient client = before.client("c").resume();
        client.subscribe("a", 2);
        client.subscribe("$share/g/s", 1);
        client.subscribe(
                "n",
                new MqttSubscriptionOption(MqttQoS.AT_LEAST_ONCE, true, true, RetainedHandlingPolicy.SEND_AT_SUBSCRIBE),
                number(MqttProperties.SUBSCRIPTION_IDENTIFIER, 5));
        TestClient publisher = before.connected("p");
        publisher.publish("a", "released", 2, 1);
        publisher.publish("a", "sent", 1, 2);
        client.pubRec(1);
        client.publish("x", "not again", 2, 9);
        client.cut();
        publisher.publish("n", "queued", 1, 3);

        restart();
        TestClient anew = after.client("c").resume();

        assertThat(anew.received())
                .containsExactly(
                        "connack 0 present",
                        "pubrel #1",
                        "publish a sent q1 #2 dup",
                        "publish n queued q1 #3 {subscription=5}");
        anew.repeat("x", "not again", 2, 9);
        assertThat(anew.received()).containsExactly("pubrec #9");
        assertThat(after.count(BrokerCount.MESSAGES_IN_REPEATED)).isEqualTo(1);
        anew.publish("n", "own");
        after.connected("p").publish("s", "shared", 1, 1, publish -> publish.retained(true));
        assertThat(anew.received()).containsExactly("publish s shared q1 #4");
        assertThat(after.census().subscriptions()).isEqualTo(3);
    }

    @Test
    void savedAgain_isTheSame() {
        TestClient client = before.client("c").resume();
        client.subscribe("a", 2);
        before.connected("p").publish("a", "x", 2, 1);
        client.cut();

        restart();

        assertThat(after.shard().save(after.time.nowNanos()))
                .isEqualTo(before.shard().save(before.time.nowNanos()).stream()
                        .filter(each -> each.clientId().equals("c"))
                        .toList());
    }

    @Test
    void expiry_goesOn() {
        before.client("c")
                .connect(options -> options.properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 100)))
                .cut();
        before.pass(ofSeconds(60));

        restart();

        after.pass(ofSeconds(39));
        assertThat(after.census().disconnected()).isEqualTo(1);
        after.pass(ofSeconds(2));
        assertThat(after.census().disconnected()).isZero();
    }

    @Test
    void willOfAConnectionThatTheRestartHasCut_isPublishedAfterItsDelay() {
        before.client("c").connect(withWill(10, 100));
        before.shard().shutDown(before.time.nowNanos());

        TestClient watcher = after.connected("watcher");
        watcher.subscribe("w", 0);
        watcher.received();
        restart();

        after.pass(ofSeconds(9));
        assertThat(watcher.received()).isEmpty();
        after.pass(ofSeconds(2));
        assertThat(watcher.received()).containsExactly("publish w gone");
    }

    @Test
    void willThatWaited_waitsForTheRestOfItsDelay() {
        before.client("c").connect(withWill(10, 100)).cut();
        before.pass(ofSeconds(7));

        TestClient watcher = after.connected("watcher");
        watcher.subscribe("w", 0);
        watcher.received();
        restart();

        after.pass(ofSeconds(4));
        assertThat(watcher.received()).containsExactly("publish w gone");
    }

    @Test
    void sessionThatEndsWithItsConnection_leavesItsWillOnly() {
        before.client("c").connect(withWill(10, 0));
        TestClient watcher = after.connected("watcher");
        watcher.subscribe("w", 0);
        watcher.received();

        restart();

        assertThat(watcher.received()).containsExactly("publish w gone");
        assertThat(after.census().disconnected()).isZero();
    }

    @Test
    void retainedMessagesThatWereOwed_areSent() {
        TestClient publisher = before.connected("p");
        TestClient other = after.connected("p");
        for (int i = 0; i < 150; i++) {
            publisher.publish("r/" + i, "x", 1, 1, publish -> publish.retained(true));
            other.publish("r/" + i, "x", 1, 1, publish -> publish.retained(true));
        }
        TestClient client = before.client("c").resume();
        client.subscribe("r/#", 1);
        client.cut();

        restart();
        TestClient anew = after.client("c").resume();
        for (int i = 1; i <= 300; i++) {
            anew.pubAck(i);
        }

        List<String> topics = anew.received().stream()
                .filter(each -> each.startsWith("publish"))
                .map(each -> each.replaceFirst("publish (\\S+) .*", "$1"))
                .distinct()
                .toList();
        assertThat(topics).hasSize(150);
    }

    /** All that the one broker has, in the hands of the other. */
    private void restart() {
        for (MqttSessionState state : before.shard().save(before.time.nowNanos())) {
            if (state.clientId().equals("c")) {
                after.shard().restore(state, after.time.nowNanos());
            }
        }
        after.settle();
    }

    private static Consumer<ConnectBuilder> withWill(int delaySeconds, int expirySeconds) {
        return options -> options.willFlag(true)
                .willTopic("w")
                .willMessage(new byte[] {'g', 'o', 'n', 'e'})
                .willProperties(number(MqttProperties.WILL_DELAY_INTERVAL, delaySeconds))
                .properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, expirySeconds));
    }
}
