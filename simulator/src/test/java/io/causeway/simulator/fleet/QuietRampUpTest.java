package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.report.SensorState;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuietRampUpTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final NetworkConditions SLOW = new NetworkConditions(
            0,
            0,
            0,
            new Delay.Fixed(Duration.ofMillis(200)),
            0,
            Duration.ZERO,
            new Span<>(Duration.ZERO, Duration.ZERO),
            Duration.ZERO);

    @Test
    void quietRampUp_connectsAFewAtATimeAndPublishesNothing() throws IOException {
        Phases phases = new Phases(Duration.ZERO, SECOND.multipliedBy(10), SECOND, SECOND.multipliedBy(10), true);
        VirtualRun run = VirtualRun.of(VirtualRun.scenario(
                1,
                phases,
                new GroupBuilder(500)
                        .reportsInClosedLoop(Duration.ZERO, Qos.AT_LEAST_ONCE)
                        .network(SLOW)
                        .build("g")));

        assertThat(run.toTheEnd().outcome()).isEqualTo(Outcome.KEPT);

        List<Sample> rampUp = inPhase(Sample.Phase.RAMP_UP, run);
        assertThat(rampUp).hasSizeBetween(3, 4); // 500 sensors, 64 in each 400 ms
        assertThat(rampUp).allSatisfy(sample -> {
            assertThat(sample.sent()).isZero();
            assertThat(sample.states().getOrDefault(SensorState.CONNECTING, 0)).isLessThanOrEqualTo(64);
        });
        assertThat(inPhase(Sample.Phase.STEADY, run)).allSatisfy(sample -> {
            assertThat(sample.states()).containsEntry(SensorState.ACTIVE, 500);
            assertThat(sample.sent()).isPositive();
        });
    }

    private static List<Sample> inPhase(Sample.Phase phase, VirtualRun run) {
        return run.samples.stream().filter(sample -> sample.phase() == phase).toList();
    }
}
