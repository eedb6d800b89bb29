package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.testkit.Mosquitto;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.bridge.UpstreamFixture.PATIENCE;
import static io.causeway.bridge.UpstreamFixture.publish;
import static io.causeway.bridge.UpstreamFixture.settings;
import static io.causeway.bridge.UpstreamFixture.subscribe;
import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.AT_MOST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Against a real mosquitto. */
class AggregatingUpstreamTest {
    private final UpstreamFixture fixture = new UpstreamFixture();
    private final UpstreamCounters counters = fixture.counters;
    private final Mosquitto broker;

    AggregatingUpstreamTest(@TempDir Path directory) {
        broker = fixture.broker(directory);
    }

    @AfterEach
    void closeAll() {
        fixture.close();
    }

    @Test
    void publishedAtEachQos_arrivesAndIsAccepted() throws Exception {
        Watcher watcher = fixture.watcher(broker, "watcher").subscribe("#", 2);
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()));
        List<Outcome> outcomes = List.of(
                publish(upstream, "a", "0", AT_MOST_ONCE),
                publish(upstream, "a", "1", AT_LEAST_ONCE),
                publish(upstream, "a", "2", EXACTLY_ONCE));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(watcher.seen()).containsExactly("a 0", "a 1", "a 2");
            assertThat(outcomes).allSatisfy(each -> assertThat(each.told()).containsExactly("accepted"));
        });
        assertThat(counters.heldMessages()).isZero();
    }

    @Test
    void subscribedAtEachQos_getsWhatOthersPublish() throws Exception {
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()));
        TestSubscriber subscriber = new TestSubscriber("s");
        assertThat(subscribe(upstream, subscriber, "a/0", AT_MOST_ONCE).told()).containsExactly("subscribed 0");
        assertThat(subscribe(upstream, subscriber, "a/1", AT_LEAST_ONCE).told()).containsExactly("subscribed 1");
        assertThat(subscribe(upstream, subscriber, "a/2", EXACTLY_ONCE).told()).containsExactly("subscribed 2");
        Watcher other = fixture.watcher(broker, "other");
        for (int i = 0; i < 60; i++) { // more than the broker sends unacknowledged
            other.publish("a/" + i % 3, "" + i, 2, false);
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(subscriber.received()).hasSize(60).contains("a/0 0 0", "a/1 1 1", "a/2 2 2"));
        await().atMost(PATIENCE).until(() -> counters.acknowledged() == 40);
    }

    @Test
    void retainedMessage_comesToEachLaterSubscriberOfALiveFilter() throws Exception {
        fixture.watcher(broker, "other").publish("a/b", "kept", 1, true);
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()));
        for (String filter : List.of("a/#", "a/b", "a/#", "+/b")) {
            TestSubscriber subscriber = new TestSubscriber(filter);
            subscribe(upstream, subscriber, filter, AT_LEAST_ONCE);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(subscriber.received()).containsExactly("a/b kept 1R"));
        }
    }

    @Test
    void overlappingFilters_deliverOnceAtTheHighestQos() throws Exception {
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()));
        TestSubscriber subscriber = new TestSubscriber("s");
        subscribe(upstream, subscriber, "a/+", AT_MOST_ONCE);
        subscribe(upstream, subscriber, "+/b", AT_LEAST_ONCE);
        subscribe(upstream, subscriber, "a/b", AT_MOST_ONCE);
        Watcher other = fixture.watcher(broker, "other");
        other.publish("a/b", "once", 1, false);
        other.publish("a/b", "end", 1, false);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.received()).containsExactly("a/b once 1", "a/b end 1"));
    }

    @Test
    void pool_publishesOverAllConnectionsAndSubscribesOverOne() throws Exception {
        Watcher watcher = fixture.watcher(broker, "watcher").subscribe("a/#", 1);
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()).withConnections(3));
        TestSubscriber subscriber = new TestSubscriber("s");
        subscribe(upstream, subscriber, "a/#", AT_LEAST_ONCE);
        for (int i = 0; i < 20; i++) {
            upstream.publish(
                    "client-" + i, new ApplicationMessage("a/" + i, Octets.EMPTY, AT_LEAST_ONCE, false), new Outcome());
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(watcher.seen()).hasSize(20);
            assertThat(subscriber.received()).hasSize(20);
        });
        assertThat(broker.logLines())
                .anyMatch(line -> line.contains("Received PUBLISH from gateway-1"))
                .anyMatch(line -> line.contains("Received PUBLISH from gateway-2"))
                .anyMatch(line -> line.contains("Received PUBLISH from gateway-3"));
    }

    @Test
    void topicBeyondTheBasicPlane_arrivesAndLeavesTheConnectionStanding() throws Exception {
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()));
        TestSubscriber subscriber = new TestSubscriber("s");
        subscribe(upstream, subscriber, "a/#", EXACTLY_ONCE);
        ProcessBuilder publisher = new ProcessBuilder(
                Mosquitto.findProgram("mosquitto_pub").toString(),
                "-p",
                "" + broker.port(),
                "-t",
                "a/\uD83D\uDE00",
                "-m",
                "smile",
                "-q",
                "2");
        publisher.environment().put("LC_ALL", "C.UTF-8");
        assertThat(publisher.inheritIO().start().waitFor()).isZero();
        publish(upstream, "a/b", "still here", AT_LEAST_ONCE);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.received()) // QoS 2 takes longer, and may be overtaken
                        .containsExactlyInAnyOrder("a/\uD83D\uDE00 smile 2", "a/b still here 1"));
        assertThat(counters.losses()).isZero();
        assertThat(publish(upstream, "a/\uD83D\uDE00", "up", AT_LEAST_ONCE))
                .satisfies(outcome ->
                        await().untilAsserted(() -> assertThat(outcome.told()).containsExactly("NOT_SUPPORTED")));
    }

    @Test
    void closed_endsTheConnectionByDisconnectAndRefusesEverything() {
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()));
        upstream.close(Duration.ofSeconds(1));

        assertThat(upstream.isAvailable()).isFalse();
        assertThat(publish(upstream, "a", "1", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");
        assertThat(broker.logLines()).anyMatch(line -> line.contains("Received DISCONNECT from gateway"));
    }

    @Test
    void brokerNotThereAtTheStart_isWaitedFor() {
        broker.stop();
        AggregatingUpstream upstream = fixture.start(settings(broker.uri()));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(upstream.troubles()).containsExactly("cannot reach it: Connection refused"));
        broker.start();
        await().atMost(PATIENCE).until(upstream::isAvailable);
        assertThat(upstream.troubles()).isEmpty();
    }

    @Test
    void unknownName_isSaidInWords() {
        AggregatingUpstream upstream = fixture.start(settings(URI.create("mqtt://no-such-host.invalid")));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(upstream.troubles().get(0)).contains("no-such-host.invalid is not known"));
    }
}
