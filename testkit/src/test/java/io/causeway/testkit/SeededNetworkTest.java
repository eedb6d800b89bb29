package io.causeway.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

class SeededNetworkTest {
    private static final int MESSAGES = 10_000;
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMillis(50);
    private static final List<Integer> AS_SENT =
            IntStream.range(0, MESSAGES).boxed().toList();

    private final VirtualTime time = new VirtualTime();

    @Test
    void perfect_deliversAtOnceAndInOrder() {
        assertThat(received(1, LinkQuality.PERFECT)).isEqualTo(AS_SENT);
    }

    @Test
    void sameSeed_doesTheSame() {
        LinkQuality hostile = new LinkQuality(0.2, 0.2, 0.2, SHORT, LONG);

        List<Integer> once = received(7, hostile);

        assertThat(received(7, hostile)).isEqualTo(once);
        assertThat(received(8, hostile)).isNotEqualTo(once);
    }

    @Test
    void loss_takesItsShareAndKeepsTheOrder() {
        List<Integer> received = received(1, new LinkQuality(0.3, 0, 0, SHORT, LONG));

        assertThat(received).isSorted().doesNotHaveDuplicates();
        assertThat(received.size()).isCloseTo((int) (MESSAGES * 0.7), withinPercentage(5));
    }

    @Test
    void duplication_addsItsShareAndLosesNothing() {
        List<Integer> received = received(1, new LinkQuality(0, 0.3, 0, SHORT, LONG));

        assertThat(received).isSorted();
        assertThat(new HashSet<>(received)).hasSize(MESSAGES);
        assertThat(received.size()).isCloseTo((int) (MESSAGES * 1.3), withinPercentage(5));
    }

    @Test
    void reordering_deliversAllInAnotherOrder() {
        List<Integer> received = received(1, new LinkQuality(0, 0, 0.3, SHORT, LONG));

        assertThat(received).isNotEqualTo(AS_SENT).containsExactlyInAnyOrderElementsOf(AS_SENT);
    }

    @Test
    void delay_isWithinItsRange() {
        SeededNetwork<String> network = new SeededNetwork<>(1, new LinkQuality(0, 0, 1, SHORT, LONG));
        assertThat(network.nextDueNanos()).isEmpty();
        network.send("message", time.nowNanos());

        OptionalLong dueNanos = network.nextDueNanos();

        assertThat(dueNanos).isPresent();
        assertThat(dueNanos.getAsLong() - time.nowNanos()).isBetween(SHORT.toNanos(), LONG.toNanos());
        network.deliverDue(dueNanos.getAsLong() - 1, message -> {
            throw new AssertionError(message + " is early");
        });
        List<String> received = new ArrayList<>();
        network.deliverDue(dueNanos.getAsLong(), received::add);
        assertThat(received).containsExactly("message");
        assertThat(network.nextDueNanos()).isEmpty();
    }

    @Test
    void receiverSendsWithoutDelay_isDeliveredInTheSameCall() {
        SeededNetwork<Integer> network = new SeededNetwork<>(1, LinkQuality.PERFECT);
        List<Integer> received = new ArrayList<>();
        network.send(3, time.nowNanos());

        network.deliverDue(time.nowNanos(), countdown -> {
            received.add(countdown);
            if (countdown > 0) {
                network.send(countdown - 1, time.nowNanos());
            }
        });

        assertThat(received).containsExactly(3, 2, 1, 0);
    }

    @Test
    void qualityChanges_countsForWhatIsSentAfterwards() {
        SeededNetwork<String> network = new SeededNetwork<>(1, new LinkQuality(1, 0, 0, SHORT, LONG));
        network.send("lost", time.nowNanos());
        network.become(LinkQuality.PERFECT);
        network.send("arrives", time.nowNanos());

        List<String> received = new ArrayList<>();
        network.deliverDue(time.nowNanos(), received::add);

        assertThat(received).containsExactly("arrives");
    }

    @Test
    void impossibleQuality_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkQuality(1.1, 0, 0, SHORT, LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkQuality(0, -0.1, 0, SHORT, LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkQuality(0, 0, Double.NaN, SHORT, LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkQuality(0, 0, 0, LONG, SHORT));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkQuality(0, 0, 0, SHORT.negated(), LONG));
    }

    /** What arrives of {@link #AS_SENT}, sent one per millisecond. */
    private List<Integer> received(long seed, LinkQuality quality) {
        SeededNetwork<Integer> network = new SeededNetwork<>(seed, quality);
        List<Integer> received = new ArrayList<>();
        for (int message : AS_SENT) {
            network.send(message, time.nowNanos());
            network.deliverDue(time.nowNanos(), received::add);
            time.advance(Duration.ofMillis(1));
        }
        network.deliverDue(time.nowNanos() + LONG.toNanos(), received::add);
        return received;
    }
}
