package io.causeway.simulator.report;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyRecorderTest {
    private final LatencyRecorder recorder = new LatencyRecorder();

    @Test
    void nothingRecorded_isNone() {
        assertThat(recorder.percentiles()).isEqualTo(Percentiles.NONE);
        assertThat(recorder.distribution()).isEqualTo(Distribution.NONE);
    }

    @Test
    void thousandLatencies_haveTheirPercentiles() {
        recordMillis(1, 1_000);
        Percentiles percentiles = recorder.percentiles();

        assertThat(percentiles.count()).isEqualTo(1_000);
        assertThat(percentiles.p50Micros()).isCloseTo(500_000, within(500L));
        assertThat(percentiles.p99Micros()).isCloseTo(990_000, within(1_000L));
        assertThat(percentiles.maxMicros()).isCloseTo(1_000_000, within(1_000L));
    }

    @Test
    void distribution_risesToTheGreatest() {
        recordMillis(1, 1_000);
        List<Distribution.Step> steps = recorder.distribution().steps();

        assertThat(steps).hasSizeBetween(20, 100);
        assertThat(steps).extracting(Distribution.Step::micros).isSorted();
        assertThat(steps.get(steps.size() - 1))
                .isEqualTo(new Distribution.Step(100, recorder.percentiles().maxMicros()));
    }

    @Test
    void latencyOutOfRange_isTakenForTheNearest() {
        recorder.record(-1);
        assertThat(recorder.percentiles().maxMicros()).isZero();

        recorder.record(Duration.ofDays(2).toNanos());
        assertThat(recorder.percentiles().maxMicros())
                .isCloseTo(Duration.ofDays(1).toSeconds() * 1_000_000, within(50_000_000L));
    }

    @Test
    void addedRecorder_countsToo() {
        LatencyRecorder other = new LatencyRecorder();
        other.record(5_000_000);
        recordMillis(1, 2);

        recorder.addAll(other);
        assertThat(recorder.percentiles().count()).isEqualTo(3);
        assertThat(recorder.percentiles().maxMicros()).isCloseTo(5_000, within(5L));

        recorder.reset();
        assertThat(recorder.percentiles()).isEqualTo(Percentiles.NONE);
    }

    private void recordMillis(int from, int to) {
        for (int millis = from; millis <= to; millis++) {
            recorder.record(Duration.ofMillis(millis).toNanos());
        }
    }
}
