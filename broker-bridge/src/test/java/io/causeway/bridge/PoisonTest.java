package io.causeway.bridge;

import io.causeway.testkit.Mosquitto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.bridge.UpstreamFixture.PATIENCE;
import static io.causeway.bridge.UpstreamFixture.publish;
import static io.causeway.bridge.UpstreamFixture.settings;
import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A broker that ends the connection for a packet beyond its limit, as mosquitto does. */
class PoisonTest {
    private final UpstreamFixture fixture = new UpstreamFixture();

    @AfterEach
    void closeAll() {
        fixture.close();
    }

    @Test
    void packetBeyondTheBrokersLimit_isFoundOnceAndRefusedFromThenOn(@TempDir Path directory) throws Exception {
        Mosquitto broker = fixture.broker(directory, "allow_anonymous true", "max_packet_size 500");
        Watcher watcher = fixture.watcher(broker, "watcher").subscribe("#", 1);
        AggregatingSettings settings = settings(broker.uri());
        // What waits while the culprit is found must not run out of time on a busy machine.
        AggregatingUpstream upstream =
                fixture.connect(settings.withTimings(settings.timings().withCompletion(PATIENCE)));

        List<Outcome> innocent = new ArrayList<>();
        innocent.add(publish(upstream, "a", "before", AT_LEAST_ONCE));
        Outcome poison = publish(upstream, "a", "x".repeat(1_000), AT_LEAST_ONCE);
        innocent.add(publish(upstream, "a", "behind", AT_LEAST_ONCE));
        await().atMost(PATIENCE).until(() -> !poison.told().isEmpty());
        assertThat(poison.told()).containsExactly("NOT_SUPPORTED");

        await("at full width").atMost(PATIENCE).until(upstream::isAvailable);
        long losses = fixture.counters.losses();
        Outcome again = publish(upstream, "a", "x".repeat(1_000), AT_LEAST_ONCE);
        innocent.add(publish(upstream, "a", "after", AT_LEAST_ONCE));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(again.told()).containsExactly("NOT_SUPPORTED");
            assertThat(innocent)
                    .allSatisfy(outcome -> assertThat(outcome.told()).containsExactly("accepted"));
            assertThat(watcher.seen()).contains("a before", "a behind", "a after");
        });
        assertThat(fixture.counters.losses()).isEqualTo(losses);
    }
}
