package io.causeway.broker.events;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LoadAverageTest {
    private static final long TEN_SECONDS = Duration.ofSeconds(10).toNanos();

    @Test
    void evenLoad_isApproachedTheFasterTheShorterTheTime() {
        LoadAverage oneMinute = new LoadAverage(1);
        LoadAverage fiveMinutes = new LoadAverage(5);

        double afterOne = 0;
        double afterFive = 0;
        for (int i = 0; i < 30; i++) {
            afterOne = oneMinute.update(100, TEN_SECONDS);
            afterFive = fiveMinutes.update(100, TEN_SECONDS);
        }

        assertThat(afterOne).isCloseTo(600, within(5.0)); // 1 - 1/e^5 of it
        assertThat(afterFive).isCloseTo(600 * (1 - Math.exp(-1)), within(1.0));
    }

    @Test
    void silence_letsItFade() {
        LoadAverage average = new LoadAverage(1);
        double busy = average.update(1_000, TEN_SECONDS);

        double later = average.update(0, Duration.ofMinutes(1).toNanos());

        assertThat(later).isCloseTo(busy / Math.E, within(0.01));
    }
}
