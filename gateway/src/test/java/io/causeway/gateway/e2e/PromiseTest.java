package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.client.RejectedException;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.testkit.Mosquitto;
import io.causeway.testkit.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An acknowledgement is a promise: what a publisher has been told is accepted is at the broker, whatever happens to the
 * broker meanwhile. {@code -Dlong=true} takes the broker away more often.
 */
@Timeout(600)
class PromiseTest {
    private static final boolean LONG = Boolean.getBoolean("long");
    private static final int PUBLISHERS = 50;
    private static final int OUTAGES = LONG ? 30 : 3;
    private static final int MESSAGES_BETWEEN_OUTAGES = LONG ? 2_000 : 500;
    private static final String READER = "reader";
    private static final String END = "load/end";

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger accepted = new AtomicInteger();

    @Test
    @Requirement({"G-BRK-03", "G-PUB-03", "G-PUB-14"})
    void acknowledgedMessages_areAtTheBrokerThroughOutages(@TempDir Path directory) throws Exception {
        try (Site site = Site.open(Mosquitto.startDurable(directory), "");
                Application reader = Application.resume(site.mqttPort(), READER)) {
            reader.subscribe("load/#", 2);
            reader.disconnect();
            List<Publisher> publishers = startPublishers(site);

            for (int i = 0; i < OUTAGES; i++) {
                awaitAccepted(MESSAGES_BETWEEN_OUTAGES);
                site.broker().stop();
                site.gateway().awaitNotReady();
                site.broker().start();
                site.gateway().awaitReady();
            }
            awaitAccepted(MESSAGES_BETWEEN_OUTAGES);
            stopped.set(true);
            publishers.forEach(publisher -> Patience.get(publisher.finished));

            List<Message> arrived = readAll(site);
            publishers.forEach(publisher -> publisher.check(arrived));
        }
    }

    private List<Publisher> startPublishers(Site site) {
        List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            Sensor sensor =
                    site.newSensor(ClientSettings.forClient("publisher-" + i).retry(Duration.ofSeconds(1), 60));
            publishers.add(new Publisher(sensor.connect(), "load/" + i, i % 2 == 0 ? 1 : 2));
        }
        publishers.forEach(Publisher::next);
        return publishers;
    }

    /** All that the broker has kept for the reader, in its order. */
    private static List<Message> readAll(Site site) throws Exception {
        site.application().publish(END, "end", 2);
        try (Application reader = Application.resume(site.mqttPort(), READER)) {
            Patience.await("the last message")
                    .until(() -> reader.received().stream()
                            .anyMatch(message -> message.topic().equals(END)));
            return reader.received();
        }
    }

    private void awaitAccepted(int more) {
        int goal = accepted.get() + more;
        Patience.await(more + " more acknowledgements").until(() -> accepted.get() >= goal);
    }

    /** Publishes numbers, each once, with a pause after each rejection. */
    private final class Publisher {
        private static final int PAUSE_MILLIS = 20;

        private final Sensor sensor;
        private final String topic;
        private final int qos;
        private final Executor later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, MILLISECONDS);
        private final List<Integer> promised = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> finished = new CompletableFuture<>();
        private int last;

        private Publisher(Sensor sensor, String topic, int qos) {
            this.sensor = sensor;
            this.topic = topic;
            this.qos = qos;
        }

        /** One message is under way at a time, so nothing here is called by two threads at once. */
        private void next() {
            if (stopped.get()) {
                finished.complete(null);
                return;
            }
            last++;
            int number = last;
            sensor.publishing(new Topic.Name(topic), Integer.toString(number), Qos.of(qos), false)
                    .whenComplete((done, failure) -> onAnswered(number, failure));
        }

        private void onAnswered(int number, @Nullable Throwable failure) {
            if (failure == null) {
                promised.add(number);
                accepted.incrementAndGet();
                next();
            } else if (causeOf(failure) instanceof RejectedException) {
                later.execute(this::next);
            } else {
                finished.completeExceptionally(failure);
            }
        }

        private static Throwable causeOf(Throwable failure) {
            return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        }

        private void check(List<Message> all) {
            List<Integer> arrived = all.stream()
                    .filter(message -> message.topic().equals(topic))
                    .map(message -> Integer.valueOf(message.payload()))
                    .toList();
            assertThat(arrived).as(topic).containsAll(promised).isSorted();
            if (qos == 2) {
                assertThat(arrived).as(topic).doesNotHaveDuplicates();
            }
            assertThat(sensor.losses()).as(topic).isEmpty();
        }
    }
}
