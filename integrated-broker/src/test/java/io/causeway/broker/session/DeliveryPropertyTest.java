package io.causeway.broker.session;

import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random clients that publish, acknowledge late, lose their connections and come back, over three loops whose tasks run
 * in a random order: whatever happens, QoS 1 arrives at least once, QoS 2 exactly once, and each publisher's messages in
 * their order.
 */
class DeliveryPropertyTest {
    private static final int STEPS = 400;
    private static final int PUBLISHERS = 3;

    /** Queues that hold all of a run. */
    private static final BrokerSettings SETTINGS = new BrokerSettings(
            100,
            new QueueBound(10_000, 1_000_000, OverflowPolicy.DROP_NEWEST),
            5,
            50,
            100_000,
            3,
            10,
            Duration.ZERO,
            0,
            10,
            100_000);

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Requirement({"MQTT-4.3.2-1", "MQTT-4.3.3-10", "MQTT-4.4.0-1", "MQTT-4.5.0-1", "MQTT-4.6.0-5"})
    void whateverHappens_messagesArriveAsOftenAsPromisedAndInOrder(int seed) {
        Random random = new Random(seed);
        VirtualBroker broker = new VirtualBroker(SETTINGS, 3);
        List<ModelSubscriber> subscribers = List.of(
                new ModelSubscriber(broker, "s1", 1, TestClient.Version.V4),
                new ModelSubscriber(broker, "s2", 2, TestClient.Version.V5),
                new ModelSubscriber(broker, "s3", 2, TestClient.Version.V4));
        List<ModelPublisher> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(new ModelPublisher(broker, "p" + i, i == 0 ? TestClient.Version.V4 : TestClient.Version.V5));
        }
        broker.hold();

        for (int i = 0; i < STEPS; i++) {
            step(random, broker, publishers, subscribers);
        }
        finish(broker, publishers, subscribers);

        for (ModelPublisher publisher : publishers) {
            for (ModelSubscriber subscriber : subscribers) {
                assertThat(subscriber.firstArrivalsOf(publisher.name()))
                        .as("from %s to %s", publisher.name(), subscriber.name())
                        .isEqualTo(publisher.sent());
                assertThat(subscriber.repeatedOf(publisher.name()))
                        .as("exactly once from %s to %s", publisher.name(), subscriber.name())
                        .allMatch(payload -> !(subscriber.qos() == 2 && payload.endsWith("q2")));
            }
        }
        assertThat(broker.count(BrokerCount.DROPPED_QUEUE_FULL)).isZero();
        assertThat(broker.count(BrokerCount.SESSIONS_FAILED)).isZero();
        assertThat(broker.census().inFlight()).isZero();
        assertThat(broker.census().queuedMessages()).isZero();
    }

    private static void step(
            Random random, VirtualBroker broker, List<ModelPublisher> publishers, List<ModelSubscriber> subscribers) {
        ModelPublisher publisher = publishers.get(random.nextInt(publishers.size()));
        ModelSubscriber subscriber = subscribers.get(random.nextInt(subscribers.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> publisher.publish(1 + random.nextInt(2));
            case 3, 4 -> publisher.read();
            case 5, 6 -> subscriber.read(random);
            case 7 -> subscriber.setWritable(random.nextBoolean());
            case 8 -> {
                if (random.nextInt(4) == 0) {
                    publisher.reconnect(random.nextBoolean());
                }
            }
            case 9 -> {
                if (random.nextInt(4) == 0) {
                    subscriber.reconnect(random.nextBoolean());
                }
            }
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    broker.step();
                }
            }
        }
    }

    /** No more trouble: everybody is there, and everything is read and answered. */
    private static void finish(
            VirtualBroker broker, List<ModelPublisher> publishers, List<ModelSubscriber> subscribers) {
        broker.letGo();
        publishers.forEach(each -> each.reconnect(true));
        subscribers.forEach(each -> each.reconnect(true));
        subscribers.forEach(each -> each.setWritable(true));
        boolean busy = true;
        for (int round = 0; busy; round++) {
            assertThat(round).as("rounds until quiet").isLessThan(10_000);
            busy = false;
            for (ModelPublisher each : publishers) {
                busy |= each.read();
            }
            for (ModelSubscriber each : subscribers) {
                busy |= each.readAll();
            }
        }
    }
}
