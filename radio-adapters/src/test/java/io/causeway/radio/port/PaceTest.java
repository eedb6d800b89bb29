package io.causeway.radio.port;

import io.causeway.testkit.VirtualTime;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {
    private final VirtualTime time = new VirtualTime();

    private Duration pause(Pace pace) {
        return Duration.ofNanos(pace.waitNanos(time.nowNanos()));
    }

    @Test
    void octets_keepTheLineBusyForTenBitsEach() {
        Pace pace = new Pace(1_000, Duration.ZERO, time.nowNanos());
        assertThat(pause(pace)).isZero();

        pace.wrote(5, time.nowNanos());
        assertThat(pause(pace)).isEqualTo(Duration.ofMillis(50));

        time.advance(Duration.ofMillis(20));
        assertThat(pause(pace)).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void threadThatWakesUpLate_doesNotSlowTheLineDown() {
        Pace pace = new Pace(1_000, Duration.ZERO, time.nowNanos());
        pace.wrote(1, time.nowNanos());
        time.advance(Duration.ofMillis(12));
        pace.wrote(1, time.nowNanos());

        assertThat(pause(pace)).isEqualTo(Duration.ofMillis(8));
    }

    @Test
    void lineThatWasIdle_savesNothingUp() {
        Pace pace = new Pace(1_000, Duration.ZERO, time.nowNanos());
        time.advance(Duration.ofSeconds(1));
        pace.wrote(1, time.nowNanos());

        assertThat(pause(pace)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void gap_isLeftBehindEachWrite() {
        Pace pace = new Pace(1_000, Duration.ofMillis(5), time.nowNanos());
        pace.wrote(1, time.nowNanos());

        assertThat(pause(pace)).isEqualTo(Duration.ofMillis(15));
    }

    @Test
    void attempts_getRarerUpToALimitAndAreNeverInStep() {
        Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5), new Random(7));
        for (int millis : new int[] {250, 500, 1_000, 2_000, 4_000, 5_000, 5_000}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(millis * 3 / 4), Duration.ofMillis(millis));
        }

        backoff.reset();
        assertThat(backoff.next()).isBetween(Duration.ofMillis(187), Duration.ofMillis(250));
    }
}
