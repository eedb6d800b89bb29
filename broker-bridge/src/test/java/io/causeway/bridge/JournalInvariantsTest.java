package io.causeway.bridge;

import io.causeway.bridge.JournalSettings.Acknowledge;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredWill;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sensors that publish through losses of the connection, crashes of the gateway and a store that takes its time, all at
 * random: nothing accepted is missing at the broker, each sensor's messages first appear in their order, and at QoS 2
 * none appears twice as long as the broker keeps its session.
 */
class JournalInvariantsTest {
    private static final int SEEDS = 2_000;
    private static final int STEPS = 400;
    private static final int SENSORS = 4;
    private static final Duration PAUSE = Duration.ofMillis(50);

    @Test
    void brokerThatKeepsItsSession_hasEverythingOnceAtQos2() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new World(seed, false, false).run();
        }
    }

    @Test
    void brokerThatForgets_hasEverything() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new World(seed, true, false).run();
        }
    }

    @Test
    void sensorsThatDoNotWait_haveTheirOrderKept() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new World(seed, false, true).run();
        }
    }

    /** Publishes numbers from 0 to a topic of its own, the next once one is accepted, the same again until it is. */
    private static final class Sensor {
        private final String name;
        private final Qos qos;
        private int number;
        private boolean waiting;
        private boolean begun;
        private int life;

        private Sensor(int index) {
            this.name = "s" + index;
            this.qos = index % 2 == 0 ? AT_LEAST_ONCE : EXACTLY_ONCE;
        }

        private ApplicationMessage message() {
            return new ApplicationMessage(name, Octets.utf8("" + number), qos, false);
        }

        private void accepted() {
            waiting = false;
            begun = false;
            number++;
        }

        private void refused() {
            waiting = false;
        }
    }

    /** Ends with the life of the gateway that it was given to. */
    private record OfOneLife(Sensor sensor, int life) implements PublishCallback {
        private boolean isOver() {
            return life != sensor.life;
        }

        @Override
        public void onAccepted() {
            if (!isOver()) {
                sensor.accepted();
            }
        }

        /** Keeps with it that this number was taken, as a session does with the id of a packet. */
        @Override
        public void onTaken(Changes together) {
            if (!isOver()) {
                together.add(new Change.PutRetained(sensor.message()));
                together.whenDurable(this::onAccepted);
                together.submit();
            }
        }

        @Override
        public void onRefused(Refusal refusal) {
            if (!isOver()) {
                sensor.refused();
            }
        }
    }

    private static final class World {
        private final int seed;
        private final boolean forgetful;
        private final boolean eager;
        private int unanswered;
        private final SplittableRandom random;
        private final ModelBroker broker = new ModelBroker();
        private final List<Sensor> sensors = new ArrayList<>();
        private final JournalSettings journal;
        private MemorySessionStore store = new MemorySessionStore();
        private long nowNanos;
        private ModelConnection connection;
        private BrokerLink link;

        private World(int seed, boolean forgetful, boolean eager) {
            this.seed = seed;
            this.forgetful = forgetful;
            this.eager = eager;
            this.random = new SplittableRandom(seed);
            this.journal = JournalSettings.DEFAULTS
                    .withAcknowledge(random.nextBoolean() ? Acknowledge.BROKER : Acknowledge.JOURNAL)
                    .withDrainRate(1 + random.nextInt(2_000))
                    .withBounds(new JournalBounds(
                            eager ? 10_000 : 1 + random.nextInt(10),
                            10_000,
                            Duration.ZERO,
                            JournalBounds.Policy.REFUSE));
            for (int i = 0; i < SENSORS; i++) {
                sensors.add(new Sensor(i));
            }
            store.hold();
            LinkStore place = new LinkStore("link", store, journal);
            List<ModelConnection> made = new ArrayList<>();
            link = newLink(place, made);
            connection = made.get(0);
        }

        private BrokerLink newLink(LinkStore place, List<ModelConnection> made) {
            int window = 1 + random.nextInt(6);
            AggregatingSettings settings = AggregatingSettings.of(URI.create("mqtt://broker"), "link")
                    .withQueue(new QueueSettings(1_000, 100_000, window, 1 + random.nextInt(3)))
                    .withTimings(UpstreamTimings.DEFAULTS.withReconnect(PAUSE, PAUSE));
            return new BrokerLink(
                    "model",
                    settings,
                    place,
                    new Router(),
                    new UpstreamCounters(),
                    new SplittableRandom(seed),
                    () -> nowNanos,
                    listener -> {
                        made.add(new ModelConnection(place, broker, listener));
                        return made.get(0);
                    });
        }

        private void run() {
            for (int step = 0; step < STEPS; step++) {
                act(random.nextInt(1_000));
            }
            for (int round = 0; round < 20_000 && !isQuiet(); round++) {
                nowNanos += Duration.ofMillis(20).toNanos();
                connection.accept(true);
                sensors.stream().filter(sensor -> sensor.begun).forEach(this::publish);
                passAll();
            }
            check();
        }

        private void act(int dice) {
            nowNanos += random.nextLong(Duration.ofMillis(20).toNanos());
            if (dice < 250) {
                publish(sensors.get(random.nextInt(SENSORS)));
            } else if (dice < 450) {
                link.turn();
            } else if (dice < 600) {
                connection.sendOne();
            } else if (dice < 750) {
                connection.receiveOne();
            } else if (dice < 900) {
                store.commit(1 + random.nextInt(3));
            } else if (dice < 970) {
                connection.accept(!forgetful || random.nextInt(3) > 0);
            } else if (dice < 990 || eager) {
                connection.lose();
            } else {
                crash();
            }
        }

        private void publish(Sensor sensor) {
            if (eager) {
                publishEagerly(sensor);
            } else if (!sensor.waiting) {
                sensor.waiting = true;
                sensor.begun = true;
                link.publish(sensor.name, sensor.message(), new OfOneLife(sensor, sensor.life));
            }
        }

        /** One after the other, whatever has become of those before: none may be refused. */
        private void publishEagerly(Sensor sensor) {
            unanswered++;
            link.publish(sensor.name, sensor.message(), new PublishCallback() {
                @Override
                public void onAccepted() {
                    unanswered--;
                }

                @Override
                public void onRefused(Refusal refusal) {
                    throw new IllegalStateException("seed " + seed + ": refused for " + refusal);
                }
            });
            sensor.number++;
        }

        private void crash() {
            connection.lose();
            store = store.crash();
            store.hold();
            sensors.forEach(sensor -> sensor.life++);
            Taken taken = new Taken();
            store.load(taken);
            for (Sensor sensor : sensors) {
                sensor.waiting = false;
                int known = taken.numbers.getOrDefault(sensor.name, -1);
                if (sensor.number == known) {
                    sensor.accepted(); // its repetition is known and only answered
                }
            }
            List<ModelConnection> made = new ArrayList<>();
            link = newLink(new LinkStore("link", store, journal), made);
            connection = made.get(0);
        }

        private void passAll() {
            for (int i = 0; i < 5; i++) {
                link.turn();
                connection.sendOne();
                connection.receiveOne();
                store.commit(10);
            }
        }

        private boolean isQuiet() {
            return store.forwards("link", 0, 1).isEmpty()
                    && store.waiting() == 0
                    && unanswered == 0
                    && sensors.stream().noneMatch(sensor -> sensor.begun);
        }

        private void check() {
            assertThat(isQuiet()).as("seed %d comes to rest", seed).isTrue();
            Map<String, List<Integer>> numbers = new HashMap<>();
            for (String content : broker.published()) {
                String[] words = content.split(" ", -1);
                numbers.computeIfAbsent(words[0], unused -> new ArrayList<>()).add(Integer.valueOf(words[1]));
            }
            for (Sensor sensor : sensors) {
                List<Integer> seen = numbers.getOrDefault(sensor.name, List.of());
                boolean exactly = sensor.qos == EXACTLY_ONCE && !forgetful;
                assertThat(exactly ? seen : seen.stream().distinct().toList())
                        .as("seed %d, sensor %s", seed, sensor.name)
                        .isEqualTo(IntStream.range(0, sensor.number).boxed().toList());
            }
        }
    }

    /** The last number of each sensor that was kept as taken. */
    private static final class Taken implements Contents {
        private final Map<String, Integer> numbers = new HashMap<>();

        @Override
        public void onSession(KeptSession session) {
            // There is none.
        }

        @Override
        public void onRetained(ApplicationMessage message) {
            numbers.put(message.topic(), Integer.valueOf(message.payload().toUtf8()));
        }

        @Override
        public void onWill(StoredWill will) {
            // There is none.
        }

        @Override
        public void onArrival(StoredArrival arrival) {
            // There is none.
        }
    }
}
