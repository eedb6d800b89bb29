package io.causeway.broker.session;

import io.causeway.broker.session.TestClient.Version;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.TopicFilter;
import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broker that crashes at any moment, on a store that lags behind, with clients of all versions that publish, acknowledge
 * late, lose their connections and come back to their sessions: whatever happens, nothing is lost, QoS 2 arrives once, and
 * the messages of each publisher arrive in order.
 */
class CrashPropertyTest {
    private static final int FIRST_SEED = Integer.getInteger("crash.seed", 0);
    private static final int SEEDS = Integer.getInteger("crash.seeds", 1_000);
    private static final int STEPS = 120;

    /** Queues that hold all of a run, and a window that does not. */
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

    @Test
    @Requirement({"MQTT-4.1.0-1", "MQTT-4.3.2-1", "MQTT-4.3.3-10", "MQTT-4.4.0-1", "MQTT-4.5.0-1", "MQTT-4.6.0-5"})
    void whateverHappens_messagesArriveAsOftenAsPromisedAndInOrder() {
        for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                new Run(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** One life of some clients, over several of the broker. */
    private static final class Run {
        private final Random random;
        private final VirtualBroker broker = VirtualBroker.durable(SETTINGS, 3);
        private final List<ModelSubscriber> subscribers;
        private final List<ModelSubscriber> sharers;
        private final List<ModelPublisher> publishers;
        private final List<ModelPublisher> retaining;
        private final int retainingQos;
        /** Those who have not noticed a crash yet, or have not come back. */
        private final Set<Object> away = new HashSet<>();

        private Run(int seed) {
            random = new Random(seed);
            subscribers = List.of(
                    new ModelSubscriber(broker, "s1", 1, Version.V4),
                    new ModelSubscriber(broker, "s2", 2, Version.V5),
                    new ModelSubscriber(broker, "s3", 2, Version.V3));
            sharers = List.of(
                    new ModelSubscriber(broker, "g1", "$share/g/t/#", 2, Version.V5),
                    new ModelSubscriber(broker, "g2", "$share/g/t/#", 2, Version.V4));
            retainingQos = 1 + seed % 2;
            retaining = List.of(
                    new ModelPublisher(broker, "p1", Version.V5, "t/p1", true),
                    new ModelPublisher(broker, "p2", Version.V4, "nobody/p2", true));
            publishers = List.of(
                    retaining.get(0),
                    retaining.get(1),
                    new ModelPublisher(broker, "p3", Version.V4),
                    new ModelPublisher(broker, "p4", Version.V3));
        }

        private void run() {
            broker.hold();
            broker.store().hold();
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            finish();
            publishers.forEach(this::check);
            retaining.forEach(
                    each -> assertThat(retained(each)).isEqualTo(each.sent().size()));
            assertThat(broker.count(BrokerCount.DROPPED_QUEUE_FULL)).isZero();
            assertThat(broker.count(BrokerCount.SESSIONS_FAILED)).isZero();
            assertThat(broker.census().inFlight()).isZero();
            assertThat(broker.census().queuedMessages()).isZero();
            checkNothingIsKept();
        }

        private void step() {
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> withPublisher(this::publish);
                case 3, 4, 5 -> withPublisher(ModelPublisher::read);
                case 6, 7, 8 -> withSubscriber(each -> each.read(random));
                case 9 -> withSubscriber(each -> each.setWritable(random.nextInt(3) > 0));
                case 10 -> {
                    if (random.nextInt(4) == 0) {
                        withPublisher(each -> each.reconnect(random.nextBoolean()));
                    }
                }
                case 11 -> {
                    if (random.nextInt(4) == 0) {
                        withSubscriber(each -> each.reconnect(random.nextBoolean()));
                    }
                }
                case 12 -> {
                    if (random.nextInt(4) == 0) {
                        restart();
                    }
                }
                case 13 -> broker.store().commit(1 + random.nextInt(4));
                default -> {
                    for (int i = random.nextInt(6); i >= 0; i--) {
                        broker.step(random);
                    }
                }
            }
        }

        /** One QoS for what is retained: only then is it certain which message is the last one. */
        private void publish(ModelPublisher publisher) {
            publisher.publish(retaining.contains(publisher) ? retainingQos : 1 + random.nextInt(2));
        }

        private void restart() {
            if (random.nextInt(5) == 0) {
                broker.restart();
            } else {
                broker.crash();
            }
            broker.store().hold();
            publishers.forEach(each -> each.loseBroker(random.nextBoolean()));
            away.addAll(publishers);
            everySubscriber().forEach(each -> each.loseBroker(random.nextBoolean()));
            away.addAll(everySubscriber());
            retaining.forEach(each -> assertThat(retained(each)).isGreaterThanOrEqualTo(each.acknowledged()));
        }

        private void withPublisher(Consumer<ModelPublisher> work) {
            ModelPublisher publisher = publishers.get(random.nextInt(publishers.size()));
            if (away.remove(publisher)) {
                publisher.comeBack();
            } else {
                work.accept(publisher);
            }
        }

        private void withSubscriber(Consumer<ModelSubscriber> work) {
            ModelSubscriber subscriber = everySubscriber().get(random.nextInt(subscribers.size() + sharers.size()));
            if (away.remove(subscriber)) {
                subscriber.comeBack();
            } else {
                work.accept(subscriber);
            }
        }

        private List<ModelSubscriber> everySubscriber() {
            List<ModelSubscriber> all = new ArrayList<>(subscribers);
            all.addAll(sharers);
            return all;
        }

        /** No more trouble: everybody is there, and everything is read, answered and durable. */
        private void finish() {
            broker.letGo();
            publishers.forEach(each -> each.reconnect(true));
            everySubscriber().forEach(each -> each.reconnect(true));
            everySubscriber().forEach(each -> each.setWritable(true));
            boolean busy = true;
            for (int round = 0; busy; round++) {
                assertThat(round).as("rounds until quiet").isLessThan(10_000);
                broker.commit();
                busy = false;
                for (ModelPublisher each : publishers) {
                    busy |= each.read();
                }
                for (ModelSubscriber each : everySubscriber()) {
                    busy |= each.readAll();
                }
            }
        }

        private void check(ModelPublisher publisher) {
            if (!publisher.topic().startsWith("t/")) {
                return;
            }
            for (ModelSubscriber subscriber : subscribers) {
                List<String> arrived = subscriber.firstArrivalsOf(publisher.name());
                for (String qos : List.of("q1", "q2")) {
                    assertThat(only(qos, arrived))
                            .as("%s from %s to %s", qos, publisher.name(), subscriber.name())
                            .isEqualTo(only(qos, publisher.sent()));
                }
                if (subscriber.qos() == 2) {
                    assertThat(only("q2", subscriber.repeatedOf(publisher.name())))
                            .as("twice from %s to %s", publisher.name(), subscriber.name())
                            .isEmpty();
                }
            }
            checkShared(publisher);
        }

        /** Among those who share a subscription, too, QoS 2 arrives once. */
        private void checkShared(ModelPublisher publisher) {
            List<String> arrived = new ArrayList<>();
            for (ModelSubscriber each : sharers) {
                arrived.addAll(each.firstArrivalsOf(publisher.name()));
                assertThat(only("q2", each.repeatedOf(publisher.name()))).isEmpty();
            }
            assertThat(only("q2", arrived)).containsExactlyInAnyOrderElementsOf(only("q2", publisher.sent()));
            assertThat(arrived).containsAll(publisher.sent());
        }

        private static List<String> only(String qos, List<String> payloads) {
            return payloads.stream().filter(each -> each.endsWith(qos)).toList();
        }

        /** How many messages of the publisher there were when the one was published that is retained. */
        private int retained(ModelPublisher publisher) {
            List<ApplicationMessage> found = new ArrayList<>();
            broker.broker.retained().match(TopicFilter.parse(publisher.topic()).orElseThrow(), found::add);
            if (found.isEmpty()) {
                return 0;
            }
            String payload = new String(found.get(0).payload().toByteArray(), StandardCharsets.UTF_8);
            return 1 + publisher.sent().indexOf(payload);
        }

        /** The store holds no message that everybody has. */
        private void checkNothingIsKept() {
            broker.restart();
            assertThat(broker.census().inFlight()).isZero();
            assertThat(broker.census().queuedMessages()).isZero();
        }
    }
}
