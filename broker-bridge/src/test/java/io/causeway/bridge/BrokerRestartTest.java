package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.testkit.Mosquitto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.bridge.UpstreamFixture.PATIENCE;
import static io.causeway.bridge.UpstreamFixture.publish;
import static io.causeway.bridge.UpstreamFixture.settings;
import static io.causeway.bridge.UpstreamFixture.subscribe;
import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real mosquitto that goes away and comes back in the middle of it all. */
class BrokerRestartTest {
    private static final int SENSORS = 40;
    private static final int MESSAGES = 300;
    private static final String READER = "reader";
    private static final String END = "loop/end ";
    private static final String[] DURABLE = {"allow_anonymous true", "persistence true", "max_queued_messages 0"};

    private final UpstreamFixture fixture = new UpstreamFixture();
    private final Path directory;

    BrokerRestartTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void closeAll() {
        fixture.close();
    }

    /** What was seen of each sensor, in order, repetitions left out. */
    private static Map<String, List<Integer>> numbersOf(List<String> seen) {
        return seen.stream()
                .map(message -> message.split(" ", -1))
                .collect(groupingBy(words -> words[0], mapping(words -> Integer.valueOf(words[1]), toList())));
    }

    private static List<Integer> firstTimes(List<Integer> numbers) {
        return numbers.stream().distinct().toList();
    }

    /** Runs the loop through two restarts; returns what the broker has for a subscriber in the end, in its order. */
    private List<String> throughRestarts(Mosquitto broker, Qos qos) throws Exception {
        subscribeAndLeave(broker);
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()));
        try (ClosedLoop loop = new ClosedLoop(upstream, qos, SENSORS, MESSAGES)) {
            int all = SENSORS * MESSAGES;
            for (int restart = 1; restart <= 2; restart++) {
                int until = all * restart / 3;
                int losses = restart;
                await().atMost(PATIENCE).until(() -> loop.accepted() >= until && upstream.isConnected());
                broker.stop();
                await().atMost(PATIENCE).until(() -> fixture.counters.losses() >= losses);
                broker.start();
            }
            await().atMost(PATIENCE).until(() -> loop.accepted() == all);
            assertThat(loop.toldTwice()).isZero();
        }
        List<String> kept = readAll(broker);
        assertThat(fixture.counters.heldMessages()).isZero();
        assertThat(fixture.counters.inflight()).isZero();
        return kept;
    }

    /**
     * The reader stays away from the restarts: mosquitto forgets over one which of the many QoS 2 messages that are
     * under way to a subscriber have arrived there, and delivers those again. That is not what we test.
     */
    private static void subscribeAndLeave(Mosquitto broker) throws Exception {
        try (Watcher reader = new Watcher(broker.uri(), READER)) {
            reader.subscribe("loop/#", 2);
        }
    }

    /** All that the broker has kept for the reader. */
    private List<String> readAll(Mosquitto broker) throws Exception {
        fixture.watcher(broker, "other").publish("loop/end", "", 2, false);
        Watcher reader = fixture.watcher(broker, READER);
        await().atMost(PATIENCE).until(() -> reader.seen().contains(END));
        return reader.seen().stream().filter(message -> !message.equals(END)).toList();
    }

    @Test
    void qos1ThroughRestarts_nothingAcceptedIsMissingAndEachSensorsOrderIsKept() throws Exception {
        Mosquitto broker = fixture.broker(directory, DURABLE);
        List<Integer> expected = IntStream.range(0, MESSAGES).boxed().toList();
        assertThat(numbersOf(throughRestarts(broker, AT_LEAST_ONCE)).values())
                .hasSize(SENSORS)
                .allSatisfy(numbers -> assertThat(firstTimes(numbers)).isEqualTo(expected));
    }

    @Test
    void qos2ThroughRestarts_eachAcceptedMessageArrivesOnce() throws Exception {
        Mosquitto broker = fixture.broker(directory, DURABLE);
        List<Integer> expected = IntStream.range(0, MESSAGES).boxed().toList();
        assertThat(numbersOf(throughRestarts(broker, EXACTLY_ONCE)).values())
                .hasSize(SENSORS)
                .allSatisfy(numbers -> assertThat(numbers).isEqualTo(expected));
    }

    @Test
    void forgetfulBrokerKilled_allIsAcceptedInTheEndAndSubscriptionsStandAgain() throws Exception {
        Mosquitto broker = fixture.broker(directory);
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()));
        TestSubscriber subscriber = new TestSubscriber("s");
        subscribe(upstream, subscriber, "loop/0", AT_LEAST_ONCE);
        subscribe(upstream, subscriber, "after", AT_LEAST_ONCE);
        try (ClosedLoop once = new ClosedLoop(upstream, AT_LEAST_ONCE, SENSORS, MESSAGES);
                ClosedLoop exactly = new ClosedLoop(upstream, EXACTLY_ONCE, SENSORS, MESSAGES)) {
            await().atMost(PATIENCE).until(() -> exactly.accepted() > SENSORS * MESSAGES / 2);
            broker.kill();
            broker.start();
            await().atMost(PATIENCE).until(() -> once.accepted() + exactly.accepted() == 2 * SENSORS * MESSAGES);
            assertThat(once.toldTwice() + exactly.toldTwice()).isZero();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            publish(upstream, "after", "1", AT_LEAST_ONCE);
            assertThat(subscriber.received()).contains("after 1 1");
        });
        assertThat(fixture.counters.resubscriptions()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void cleanSession_sendsAgainWhatWasInFlight() throws Exception {
        Mosquitto broker = fixture.broker(directory);
        AggregatingUpstream upstream = fixture.connect(settings(broker.uri()).withCleanSession(true));
        try (ClosedLoop loop = new ClosedLoop(upstream, AT_LEAST_ONCE, SENSORS, MESSAGES)) {
            await().atMost(PATIENCE).until(() -> loop.accepted() > SENSORS * MESSAGES / 3);
            broker.kill();
            broker.start();
            await().atMost(PATIENCE).until(() -> loop.accepted() == SENSORS * MESSAGES);
            assertThat(loop.toldTwice()).isZero();
        }
    }
}
