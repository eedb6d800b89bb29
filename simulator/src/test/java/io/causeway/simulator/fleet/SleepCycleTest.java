package io.causeway.simulator.fleet;

import io.causeway.simulator.scenario.Sleep;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SleepCycleTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final SleepCycle cycle =
            new SleepCycle(new Sleep(Duration.ofMinutes(1), 0), new SplittableRandom(1), START);

    @Test
    void secondWakeUpInVain_isTheEndOfTheConnection() {
        assertThat(cycle.onMissed()).isFalse();
        assertThat(cycle.onMissed()).isTrue();
    }

    @Test
    void returnToActiveInBetween_beginsAnew() {
        cycle.onMissed();
        cycle.onActive();

        assertThat(cycle.onMissed()).isFalse();
    }

    @Test
    void fetchWithALossInIt_mayNotHaveBroughtAll() {
        cycle.wake(START + MINUTE);
        cycle.onFetched(START + MINUTE + 1, START + MINUTE + 2);
        assertThat(cycle.fetchedNanos()).isEqualTo(START);
        assertThat(cycle.takeFresh()).isTrue();

        cycle.wake(START + 2 * MINUTE);
        cycle.onFetched(START + 2 * MINUTE, START + 2 * MINUTE + 2);
        assertThat(cycle.fetchedNanos()).isEqualTo(START + 2 * MINUTE + 2);
    }
}
