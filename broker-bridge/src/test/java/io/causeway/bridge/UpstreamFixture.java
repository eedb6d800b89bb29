package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.routing.TopicFilter;
import io.causeway.store.SessionStore;
import io.causeway.testkit.Mosquitto;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/** What tests against a real broker have in common; closes what it made, last first. */
final class UpstreamFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Runnable> made = new ArrayList<>();
    final Router router = new Router();
    final UpstreamCounters counters = new UpstreamCounters();

    static AggregatingSettings settings(URI uri) {
        return AggregatingSettings.of(uri, "gateway")
                .withTimings(UpstreamTimings.DEFAULTS.withReconnect(Duration.ofMillis(100), Duration.ofMillis(500)));
    }

    /** @param configuration as for {@link Mosquitto#start} */
    Mosquitto broker(Path directory, String... configuration) {
        Mosquitto broker = Mosquitto.start(directory, configuration);
        made.add(broker::close);
        return broker;
    }

    AggregatingUpstream start(AggregatingSettings settings) {
        return start(settings, SessionStore.NONE, null);
    }

    AggregatingUpstream start(AggregatingSettings settings, SessionStore store, @Nullable JournalSettings journal) {
        AggregatingUpstream upstream =
                new AggregatingUpstream(settings, router, counters, new SplittableRandom(1), store, journal);
        made.add(() -> upstream.close(Duration.ofMillis(500)));
        upstream.start();
        return upstream;
    }

    AggregatingUpstream connect(AggregatingSettings settings) {
        AggregatingUpstream upstream = start(settings);
        await("the upstream is available").atMost(PATIENCE).until(upstream::isAvailable);
        return upstream;
    }

    Watcher watcher(Mosquitto broker, String clientId) throws MqttException {
        Watcher watcher = new Watcher(broker.uri(), clientId);
        made.add(watcher::close);
        return watcher;
    }

    static Outcome publish(AggregatingUpstream upstream, String topic, String payload, Qos qos) {
        Outcome outcome = new Outcome();
        upstream.publish("client", new ApplicationMessage(topic, Octets.utf8(payload), qos, false), outcome);
        return outcome;
    }

    /** Subscribes and waits for the answer. */
    static Outcome subscribe(AggregatingUpstream upstream, TestSubscriber subscriber, String filter, Qos qos) {
        Outcome outcome = new Outcome();
        upstream.subscribe(subscriber, new TopicFilter(filter), qos, outcome);
        await("an answer").atMost(PATIENCE).until(() -> !outcome.told().isEmpty());
        return outcome;
    }

    @Override
    public void close() {
        for (int i = made.size() - 1; i >= 0; i--) {
            made.get(i).run();
        }
    }
}
