package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.testkit.LinkQuality;
import io.causeway.testkit.Requirement;
import io.causeway.testkit.SeededNetwork;
import io.causeway.testkit.VirtualTime;
import io.causeway.timer.TimerWheel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Both directions over a network that loses, duplicates and reorders: QoS 1 arrives, QoS 2 once, both in order. */
class BadNetworkTest {
    private static final int SEEDS = 300;
    private static final int MESSAGES = 20;
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final LinkQuality BAD =
            new LinkQuality(0.15, 0.1, 0.2, Duration.ofMillis(10), Duration.ofSeconds(3));

    private static final ClientSettings PATIENT =
            ClientSettings.forClient("c1").retry(Duration.ofSeconds(10), 6).build();

    /** Most runs lose their connection, many of them several times. */
    private static final ClientSettings IMPATIENT = ClientSettings.forClient("c1")
            .retry(Duration.ofSeconds(5), 1)
            .cleanSession(false)
            .carriesOver(true)
            .build();

    static List<Long> seeds() {
        return LongStream.range(0, SEEDS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Requirement({"C-PUB-11", "C-PUB-03", "C-RCV-03"})
    void badNetwork_keepsThePromisesOfEveryQos(long seed) {
        Run run = new Run(seed, PATIENT);
        run.untilDone();

        assertThat(run.gateway.taken).containsAll(run.acceptedUp);
        assertThat(firstOf(run.gateway.taken)).isSorted();
        assertThat(onlyQos2(run.gateway.taken)).doesNotHaveDuplicates();
        assertThat(run.received).containsAll(run.gateway.delivered);
        assertThat(firstOf(run.received)).isSorted();
        assertThat(onlyQos2(run.received)).doesNotHaveDuplicates();
        if (run.losses.isEmpty()) {
            assertThat(run.acceptedUp).hasSize(MESSAGES);
            assertThat(run.gateway.delivered).hasSize(MESSAGES);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Requirement({"C-PUB-10", "C-CS-03", "C-RCV-06"})
    void badNetworkThatCostsConnections_keepsThePromisesAcrossThem(long seed) {
        Run run = new Run(seed, IMPATIENT);
        run.untilDone();

        assertThat(run.acceptedUp).hasSize(MESSAGES);
        assertThat(firstOf(run.gateway.taken)).hasSize(MESSAGES).isSorted();
        assertThat(onlyQos2(run.gateway.taken)).doesNotHaveDuplicates();
        assertThat(firstOf(run.received)).hasSize(MESSAGES).isSorted();
        assertThat(onlyQos2(run.received)).doesNotHaveDuplicates();
    }

    private static List<String> firstOf(List<String> payloads) {
        return List.copyOf(new LinkedHashSet<>(payloads));
    }

    private static List<String> onlyQos2(List<String> payloads) {
        return payloads.stream()
                .filter(payload -> payload.endsWith("EXACTLY_ONCE"))
                .toList();
    }

    private static final class Run implements ClientPort {
        final List<String> acceptedUp = new ArrayList<>();
        final List<String> received = new ArrayList<>();
        final List<LossCause> losses = new ArrayList<>();
        final HonestGateway gateway;

        private final VirtualTime time = new VirtualTime();
        private final TimerWheel wheel = new TimerWheel(STEP, time.nowNanos());
        private final SeededNetwork<Packet> up;
        private final SeededNetwork<Packet> down;
        private final ClientSession session;
        private final boolean returns;
        private boolean hasBegun;
        private boolean hasSubscribed;
        private boolean hasGivenUp;

        Run(long seed, ClientSettings settings) {
            returns = settings.carriesOver();
            up = new SeededNetwork<>(seed, BAD);
            down = new SeededNetwork<>(~seed, BAD);
            gateway = new HonestGateway(packet -> down.send(packet, time.nowNanos()));
            session = new ClientSession(settings, wheel, this);
        }

        void untilDone() {
            connect();
            long endNanos = time.nowNanos() + PATIENCE.toNanos();
            while (!isDone() && time.nowNanos() - endNanos < 0) {
                time.advance(STEP);
                up.deliverDue(time.nowNanos(), packet -> gateway.receive(packet, time.nowNanos()));
                down.deliverDue(time.nowNanos(), packet -> session.receive(packet, time.nowNanos()));
                gateway.tick(time.nowNanos());
                wheel.advance(time.nowNanos());
            }
            assertThat(isDone()).as("it comes to an end").isTrue();
        }

        private boolean isDone() {
            return hasGivenUp || (acceptedUp.size() == MESSAGES && gateway.hasDelivered(MESSAGES));
        }

        private void connect() {
            session.connect(then(this::begin), time.nowNanos());
        }

        private void begin() {
            if (!hasSubscribed) {
                session.subscribe(new Topic.Name("down"), Qos.EXACTLY_ONCE, then(this::deliver), time.nowNanos());
            }
            for (int number = 0; number < MESSAGES && !hasBegun; number++) {
                Qos qos = qosOf(number);
                String payload = payload(number, qos);
                session.publish(
                        new OutgoingMessage(new Topic.Name("up"), Octets.utf8(payload), qos, false),
                        then(() -> acceptedUp.add(payload)),
                        time.nowNanos());
            }
            hasBegun = true;
        }

        private void deliver() {
            hasSubscribed = true;
            for (int number = 0; number < MESSAGES; number++) {
                Qos qos = qosOf(number);
                gateway.deliver("down", qos, payload(number, qos), time.nowNanos());
            }
        }

        private static Qos qosOf(int number) {
            return number % 2 == 0 ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE;
        }

        private static String payload(int number, Qos qos) {
            return "%04d %s".formatted(number, qos);
        }

        private <T> Reply<T> then(Runnable next) {
            return new Reply<>() {
                @Override
                public void accepted(T answer) {
                    next.run();
                }

                @Override
                public void failed(ClientException cause) {
                    hasGivenUp = !returns;
                    if (returns && session.state() == ClientState.DISCONNECTED) {
                        connect();
                    }
                }
            };
        }

        @Override
        public void send(Packet packet) {
            up.send(packet, time.nowNanos());
        }

        @Override
        public void onMessage(IncomingMessage message) {
            received.add(message.payload().toUtf8());
        }

        @Override
        public void onRejection(ReturnCode returnCode) {
            throw new AssertionError(returnCode);
        }

        @Override
        public void onConnectionLost(LossCause cause) {
            losses.add(cause);
            if (returns && session.state() == ClientState.DISCONNECTED) {
                connect();
            }
        }
    }
}
