package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.store.MemorySessionStore;
import io.causeway.testkit.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.bridge.UpstreamFixture.PATIENCE;
import static io.causeway.bridge.UpstreamFixture.settings;
import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real mosquitto that is away while sensors go on, and a gateway that dies before it has handed everything on. */
class OutageTest {
    private static final int SENSORS = 40;
    private static final int MESSAGES = 100;
    private static final int ALL = SENSORS * MESSAGES;
    private static final String READER = "reader";
    private static final String END = "loop/end ";
    private static final List<Integer> EXPECTED =
            IntStream.range(0, MESSAGES).boxed().toList();

    private final UpstreamFixture fixture = new UpstreamFixture();
    private final Mosquitto broker;
    private MemorySessionStore store = new MemorySessionStore();

    OutageTest(@TempDir Path directory) {
        broker = fixture.broker(directory, "allow_anonymous true", "persistence true", "max_queued_messages 0");
    }

    @BeforeEach
    void subscribeAndLeave() throws Exception {
        try (Watcher reader = new Watcher(broker.uri(), READER)) {
            reader.subscribe("loop/#", 2);
        }
    }

    @AfterEach
    void closeAll() {
        fixture.close();
    }

    private AggregatingUpstream start(JournalSettings journal) {
        return fixture.start(settings(broker.uri()), store, journal);
    }

    /** Each sensor's messages are accepted although nobody is there. */
    private static void publishAll(AggregatingUpstream upstream, Qos qos) {
        try (ClosedLoop loop = new ClosedLoop(upstream, qos, SENSORS, MESSAGES)) {
            await().atMost(PATIENCE).until(() -> loop.accepted() == ALL);
            assertThat(loop.refused() + loop.toldTwice()).isZero();
        }
    }

    private void awaitDrained() {
        await().atMost(PATIENCE).until(() -> store.forwards("gateway", 0, 1).isEmpty());
    }

    /** What the broker has of each sensor, in its order. */
    private Map<String, List<Integer>> readAll() throws Exception {
        fixture.watcher(broker, "other").publish("loop/end", "", 2, false);
        Watcher reader = fixture.watcher(broker, READER);
        await().atMost(PATIENCE).until(() -> reader.seen().contains(END));
        return reader.seen().stream()
                .filter(message -> !message.equals(END))
                .map(message -> message.split(" ", -1))
                .collect(groupingBy(words -> words[0], mapping(words -> Integer.valueOf(words[1]), toList())));
    }

    @Test
    void qos1WhileAway_allArrivesInOrder() throws Exception {
        broker.stop();
        AggregatingUpstream upstream = start(JournalSettings.DEFAULTS.withDrainRate(10_000));
        publishAll(upstream, AT_LEAST_ONCE);
        assertThat(fixture.counters.journalMessages()).isEqualTo(ALL);
        broker.start();
        awaitDrained();
        assertThat(readAll().values())
                .hasSize(SENSORS)
                .allSatisfy(numbers ->
                        assertThat(numbers.stream().distinct().toList()).isEqualTo(EXPECTED));
        assertThat(fixture.counters.drained()).isEqualTo(ALL);
    }

    @Test
    void qos1LostInTheMiddle_allArrivesInOrder() throws Exception {
        AggregatingUpstream upstream = start(JournalSettings.DEFAULTS.withDrainRate(10_000));
        try (ClosedLoop loop = new ClosedLoop(upstream, AT_LEAST_ONCE, SENSORS, MESSAGES)) {
            await().atMost(PATIENCE).until(() -> loop.accepted() > ALL / 4);
            broker.stop();
            await().atMost(PATIENCE).until(() -> loop.accepted() > ALL / 2);
            broker.start();
            await().atMost(PATIENCE).until(() -> loop.accepted() == ALL);
            assertThat(loop.refused() + loop.toldTwice()).isZero();
        }
        awaitDrained();
        assertThat(readAll().values())
                .hasSize(SENSORS)
                .allSatisfy(numbers ->
                        assertThat(numbers.stream().distinct().toList()).isEqualTo(EXPECTED));
    }

    @Test
    void qos2WhileAwayAndTheGatewayDyingTwice_eachArrivesOnceInOrder() throws Exception {
        broker.stop();
        AggregatingUpstream upstream = start(JournalSettings.DEFAULTS.withDrainRate(10_000));
        publishAll(upstream, EXACTLY_ONCE);
        broker.start();
        for (int crash = 1; crash <= 2; crash++) {
            int until = ALL * crash / 3;
            await().atMost(PATIENCE).until(() -> fixture.counters.drained() > until);
            store = store.crash();
            upstream.close(Duration.ZERO);
            upstream = start(JournalSettings.DEFAULTS.withDrainRate(10_000));
        }
        awaitDrained();
        assertThat(readAll().values())
                .hasSize(SENSORS)
                .allSatisfy(numbers -> assertThat(numbers).isEqualTo(EXPECTED));
    }

    @Test
    void backlogBesideLiveTraffic_doesNotHoldItUp() throws Exception {
        broker.stop();
        AggregatingUpstream upstream = start(JournalSettings.DEFAULTS.withDrainRate(50));
        publishAll(upstream, AT_LEAST_ONCE);
        broker.start();
        await().atMost(PATIENCE).until(upstream::isConnected);
        Watcher watcher = fixture.watcher(broker, "watcher").subscribe("live/#", 1);
        for (int i = 0; i < MESSAGES; i++) {
            UpstreamFixture.publish(upstream, "live/" + i, "", AT_LEAST_ONCE);
        }
        await().atMost(PATIENCE).until(() -> watcher.seen().size() == MESSAGES);
        assertThat(fixture.counters.journalMessages())
                .as("the backlog is not through")
                .isPositive();
        assertThat(fixture.counters.journaled()).as("none of the live ones").isEqualTo(ALL);
    }
}
