package io.causeway.simulator.truth;

import io.causeway.codec.v12.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sender with one message under way, a network that keeps some of what was given up for later, and a gateway: what the
 * stream says of it is what the definition says, word by word, over all that happened.
 */
class MessageStreamModelTest {
    private static final int MESSAGES = 5 * Page.MESSAGES + 17;
    private static final long TURN = 10;

    private final MessageStream stream = new MessageStream(
            0, new Channel("group", "client", Direction.UP, "topic", Qos.EXACTLY_ONCE), Duration.ofSeconds(1));
    private final List<Event> events = new ArrayList<>();
    private final Set<Integer> promised = new HashSet<>();
    private final List<Integer> arrivals = new ArrayList<>();

    /** @param millis when; those of the same millisecond in the order of their making */
    private record Event(long millis, Runnable effect) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void honestGateway_isBlamedForNothing(long seed) {
        run(new Random(seed), 0);

        assertThat(stream.missing()).isEmpty();
        assertThat(stream.disordered().count()).isZero();
        assertThat(stream.repeated().count()).isZero();
        assertThat(stream.tally()).isEqualTo(definition());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void gatewayWithFaults_isBlamedForEach(long seed) {
        run(new Random(seed), 0.003);

        assertThat(stream.tally()).isEqualTo(definition());
        assertThat(stream.tally().missing()).isPositive();
        assertThat(stream.tally().outOfOrder()).isPositive();
        assertThat(stream.tally().duplicates()).isPositive();
        assertThat(stream.missing().boxed())
                .containsExactlyElementsOf(promised.stream()
                        .filter(sequence -> !arrivals.contains(sequence))
                        .sorted()
                        .toList());
    }

    private void run(Random random, double faults) {
        long inOrderMillis = 0;
        for (int sequence = 0; sequence < MESSAGES; sequence++) {
            int number = sequence;
            long sentMillis = sequence * TURN;
            at(sentMillis, () -> assertThat(stream.next()).isEqualTo(number));
            if (random.nextDouble() < 0.01) { // given up
                at(
                        Math.max(inOrderMillis, sentMillis) + random.nextInt(1_000),
                        random.nextBoolean() ? () -> arrive(number) : () -> {});
                continue;
            }
            at(sentMillis + random.nextLong(TURN), () -> promise(number));
            inOrderMillis = Math.max(inOrderMillis, sentMillis + random.nextInt(100));
            boolean isSwapped = random.nextDouble() < faults;
            if (random.nextDouble() >= faults) {
                at(isSwapped ? inOrderMillis + 300 : inOrderMillis, () -> arrive(number));
            }
            if (random.nextDouble() < faults) {
                at(inOrderMillis + random.nextInt(100_000), () -> arrive(number));
            }
        }
        events.sort(Comparator.comparingLong(Event::millis));
        events.forEach(event -> event.effect().run());
    }

    private void at(long millis, Runnable effect) {
        events.add(new Event(millis, effect));
    }

    private void promise(int sequence) {
        promised.add(sequence);
        stream.onPromised(sequence);
    }

    private void arrive(int sequence) {
        assertThat(stream.onArrived(sequence, false, 0)).isEqualTo(!arrivals.contains(sequence));
        arrivals.add(sequence);
    }

    private Tally definition() {
        List<Integer> first = arrivals.stream().distinct().toList();
        int highest = -1;
        long outOfOrder = 0;
        for (int sequence : first) {
            if (sequence < highest && promised.contains(sequence)) {
                outOfOrder++;
            }
            highest = Math.max(highest, sequence);
        }
        long missing = promised.stream()
                .filter(sequence -> !arrivals.contains(sequence))
                .count();
        return new Tally(
                MESSAGES,
                promised.size(),
                0,
                first.size(),
                missing,
                arrivals.size() - first.size(),
                outOfOrder,
                0,
                0,
                0);
    }
}
