package io.causeway.broker.session;

import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.causeway.broker.session.TestClient.number;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

/** What is left when the broker crashes before all is durable: each step as a whole or nothing of it, in order. */
class CrashTest {
    private final VirtualBroker broker = VirtualBroker.durable();

    @Test
    void sessionThatIsNotDurable_isNotThere() {
        broker.store().hold();
        broker.client("c").resume();

        broker.crash();

        assertThat(broker.client("c").resume().received()).containsExactly("connack 0");
    }

    @Test
    void sessionWhoseEndIsNotDurable_isThere() {
        broker.client("c").resume();
        broker.store().hold();
        broker.client("c").connect();

        broker.crash();

        assertThat(broker.client("c").resume().received()).containsExactly("connack 0 present");
    }

    @Test
    @Requirement({"MQTT-4.1.0-1", "MQTT-4.3.2-1"})
    void messageThatWasAcknowledged_isThere_andOneThatWasNotIsSentAgain() {
        subscribed("c", 1).cut();
        TestClient publisher = kept("p");
        publisher.publish("a", "one", 1, 1);
        assertThat(publisher.received()).containsExactly("puback #1");
        broker.store().hold();
        publisher.publish("a", "two", 1, 2);

        broker.crash();
        publisher.resume();
        publisher.repeat("a", "two", 1, 2);

        assertThat(publisher.received()).containsExactly("connack 0 present", "puback #2");
        assertThat(broker.client("c").resume().received())
                .containsExactly("connack 0 present", "publish a one q1 #1", "publish a two q1 #2");
    }

    @Test
    void qos1WhosePacketIdIsNotDurable_isSentAsIfForTheFirstTime() {
        TestClient client = subscribed("c", 1);
        client.cut();
        broker.connected("p").publish("a", "x", 1, 1);
        client.resume();
        client.setWritable(false);
        broker.connected("q").publish("a", "y", 1, 1);
        broker.store().hold();
        client.setWritable(true);
        assertThat(client.received()).contains("publish a y q1 #2");

        broker.crash();

        assertThat(broker.client("c").resume().received())
                .containsExactly("connack 0 present", "publish a x q1 #1 dup", "publish a y q1 #2");
    }

    @Test
    void qos2WhoseMarkIsNotDurable_hasNotReachedTheClient() {
        TestClient client = subscribed("c", 2);
        client.cut();
        broker.connected("p").publish("a", "x", 2, 1);
        broker.store().hold();
        client.resume();
        assertThat(client.received()).isEmpty();

        broker.crash();

        assertThat(broker.client("c").resume().received()).containsExactly("connack 0 present", "publish a x q2 #1");
    }

    @Test
    @Requirement({"MQTT-4.3.3-5", "MQTT-4.4.0-1"})
    void qos2ThatTheClientHas_isReleasedAgain() {
        TestClient client = subscribed("c", 2);
        broker.connected("p").publish("a", "x", 2, 1);
        client.pubRec(1);
        broker.store().hold();
        client.pubComp(1);

        broker.crash();

        assertThat(broker.client("c").resume().received()).containsExactly("connack 0 present", "pubrel #1");
    }

    @Test
    @Requirement("MQTT-4.3.3-10")
    void qos2_isDeliveredOnce_whetherTheCrashComesBeforeItIsDurableOrAfter() {
        subscribed("c", 2).cut();
        TestClient publisher = kept("p");
        broker.store().hold();
        publisher.publish("a", "before", 2, 1);
        broker.crash();
        publisher.resume();
        publisher.repeat("a", "before", 2, 1);
        publisher.publish("a", "after", 2, 2);
        broker.crash();
        publisher.resume();
        publisher.repeat("a", "before", 2, 1);
        publisher.repeat("a", "after", 2, 2);

        assertThat(publisher.received()).endsWith("pubrec #1", "pubrec #2");
        assertThat(broker.client("c").resume().received())
                .containsExactly("connack 0 present", "publish a before q2 #1", "publish a after q2 #2");
    }

    @Test
    void packetIdThatWasCompleted_isThatOfANewMessage() {
        subscribed("c", 2).cut();
        TestClient publisher = kept("p");
        publisher.publish("a", "one", 2, 1);
        publisher.pubRel(1);
        assertThat(publisher.received()).containsExactly("pubrec #1", "pubcomp #1");

        broker.crash();
        publisher.resume();
        publisher.publish("a", "two", 2, 1);

        assertThat(broker.client("c").resume().received())
                .containsExactly("connack 0 present", "publish a one q2 #1", "publish a two q2 #2");
    }

    @Test
    void sessionThatIsNew_isThereBeforeTheMessageThatItKeepsAsOneStepWithOthers() {
        VirtualBroker two = VirtualBroker.durable(BrokerSettings.DEFAULTS, 2);
        List<String> here = idsOn(two, 0);
        String there = idsOn(two, 1).get(0);
        TestClient publisher = two.client(there).resume();
        publisher.received();
        two.connected(here.get(0)).subscribe("b", 0);
        two.hold();
        publisher.publish("b", "the loop has something to do");
        two.client(here.get(1)).resume().subscribe("a", 2);
        publisher.publish("a", "x", 2, 1);
        two.step(here.get(0));
        while (two.step(there)) {
            // the message is one step with what was queued, and durable
        }
        assertThat(publisher.received()).containsExactly("pubrec #1");

        two.crash();
        two.letGo();

        assertThat(two.client(here.get(1)).resume().received())
                .containsExactly("connack 0 present", "publish a x q2 #1");
    }

    @Test
    void messageThatIsDroppedBeforeItIsDurable_isNotThere() {
        VirtualBroker narrow = VirtualBroker.durable(
                new BrokerSettings(
                        10,
                        new QueueBound(1, 1_000, OverflowPolicy.DROP_OLDEST),
                        9,
                        9,
                        10_000,
                        0,
                        9,
                        ZERO,
                        0,
                        9,
                        1_000),
                1);
        TestClient client = narrow.client("c").resume();
        client.subscribe("a", 2);
        client.cut();
        TestClient publisher = narrow.client("p").resume();
        TestClient other = narrow.connected("q");
        narrow.hold();
        publisher.publish("a", "dropped", 2, 1);
        other.publish("a", "last", 1, 1);
        narrow.letGo();

        narrow.crash();

        assertThat(narrow.count(BrokerCount.DROPPED_QUEUE_FULL)).isZero();
        assertThat(narrow.client("c").resume().received()).containsExactly("connack 0 present", "publish a last q1 #1");
    }

    @Test
    void willThatIsDue_isPublishedOnce_whetherTheCrashComesBeforeItIsDurableOrAfter() {
        TestClient watcher = broker.client("watcher").resume();
        watcher.subscribe("w", 2);
        TestClient client = broker.client("c")
                .connect(options -> options.willFlag(true)
                        .willTopic("w")
                        .willMessage(new byte[] {'x'})
                        .willQoS(MqttQoS.EXACTLY_ONCE)
                        .properties(number(MqttProperties.SESSION_EXPIRY_INTERVAL, 100)));
        broker.store().hold();
        client.cut();
        broker.store().commit(1); // the will is due, and nobody has it
        broker.crash();
        broker.crash();
        broker.pass(ofSeconds(1_000));

        watcher.resume();

        assertThat(watcher.received()).endsWith("connack 0 present", "publish w x q2 #1");
        assertThat(broker.census().queuedMessages()).isZero();
    }

    @Test
    void lastCommitsOfManyMessages_areLostFromTheEnd() {
        subscribed("c", 1).cut();
        TestClient publisher = broker.connected("p");
        broker.store().hold();
        for (int i = 1; i <= 5; i++) {
            publisher.publish("a", "x" + i, 1, i);
        }
        broker.store().commit(3);
        broker.settle();
        assertThat(publisher.received()).containsExactly("puback #1", "puback #2", "puback #3");

        broker.crash();

        assertThat(broker.client("c").resume().received())
                .containsExactly("connack 0 present", "publish a x1 q1 #1", "publish a x2 q1 #2", "publish a x3 q1 #3");
    }

    /** Client ids of one of two loops. */
    private static List<String> idsOn(VirtualBroker two, int loop) {
        return IntStream.range(0, 20)
                .mapToObj(i -> "c" + i)
                .filter(each -> two.shardOf(each) == two.shardOf(loop == 0 ? "c0" : "c1"))
                .toList();
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
