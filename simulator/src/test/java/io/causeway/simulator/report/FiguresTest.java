package io.causeway.simulator.report;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0, 0 us", "999, 999 us", "1250, 1.25 ms", "20000, 20 ms", "381000, 381 ms", "31400000, 31.4 s"})
    void latency_hasAUnitThatSuits(long micros, String text) {
        assertThat(Figures.latency(micros)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0 s", "PT0.000000001S, 1 us", "PT2.5S, 2.5 s", "PT15M, 15 min", "PT1H30M5S, 1 h 30 min 5 s"})
    void time_leavesOutWhatIsNothing(Duration time, String text) {
        assertThat(Figures.time(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0:00", "PT2M5.9S, 2:05", "PT59M59S, 59:59", "PT26H2M5S, 26:02:05"})
    void clock_isThatOfARun(Duration time, String text) {
        assertThat(Figures.clock(time)).isEqualTo(text);
    }

    @Test
    void briefCount_isExactBelowAMillionAndNeverMoreThanTheCount() {
        assertThat(Figures.briefCount(999_999)).isEqualTo("999,999");
        assertThat(Figures.briefCount(5_999_999)).isEqualTo("5.99M");
        assertThat(Figures.briefCount(1_000_000)).isEqualTo("1.00M");
    }

    @Test
    void share_hasNoZerosAtItsEnd() {
        assertThat(Figures.share(0.05)).isEqualTo("5 %");
        assertThat(Figures.share(0.0025)).isEqualTo("0.25 %");
        assertThat(Figures.share(0.1)).isEqualTo("10 %");
    }
}
