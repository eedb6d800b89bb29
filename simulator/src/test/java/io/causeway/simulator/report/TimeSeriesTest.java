package io.causeway.simulator.report;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimeSeriesTest {
    private static final List<Sample> RUN = BelievableRun.samples();

    @Test
    void shortRun_isKeptAsItWas() {
        assertThat(series(RUN.size()).samples()).isEqualTo(RUN);
    }

    @Test
    void longRun_isBoundedAndEvenlySpaced() {
        List<Sample> samples = series(100).samples();

        assertThat(samples).hasSizeBetween(50, 100);
        for (int each = 0; each < samples.size(); each++) {
            assertThat(samples.get(each).elapsedMillis()).isEqualTo((each + 1) * 8_000L);
        }
    }

    @Test
    void longRun_losesNoCount() {
        for (int most = 2; most <= RUN.size(); most += 2) {
            List<Sample> samples = series(most).samples();

            assertThat(samples.stream().mapToLong(Sample::sent).sum())
                    .isEqualTo(RUN.stream().mapToLong(Sample::sent).sum());
            assertThat(samples.get(samples.size() - 1).elapsedMillis()).isEqualTo(RUN.size() * 1_000L);
        }
    }

    @Test
    void mergedSamples_haveTheWorseLatencyTheLaterStatesAndAllTroubles() {
        Sample before = RUN.get(310);
        Sample after = RUN.get(360);
        Sample merged = before.merge(after);

        assertThat(merged.acknowledgement().maxMicros())
                .isEqualTo(before.acknowledgement().maxMicros());
        assertThat(merged.acknowledgement().count()).isEqualTo(before.acknowledged() + after.acknowledged());
        assertThat(merged.states()).isEqualTo(after.states());
        assertThat(merged.troubles()).containsEntry(Trouble.CONNECTION_LOST, 133L);
    }

    @Test
    void oddBound_isRefused() {
        assertThatThrownBy(() -> new TimeSeries(3)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TimeSeries series(int most) {
        TimeSeries series = new TimeSeries(most);
        RUN.forEach(series::add);
        return series;
    }
}
