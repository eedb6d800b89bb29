package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.Firmware;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Span;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class FirmwareRunTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource
    void honestGateway_isNotBlamedForAnyFirmware(Firmware firmware) throws IOException {
        FleetReport report = VirtualRun.of(VirtualRun.scenario(
                        1,
                        Duration.ofMinutes(10),
                        group(firmware, Qos.AT_LEAST_ONCE).build("qos1"),
                        group(firmware, Qos.EXACTLY_ONCE).build("qos2"),
                        group(firmware, Qos.AT_LEAST_ONCE)
                                .sleeps(Duration.ofSeconds(30))
                                .build("asleep")))
                .toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        for (var group : report.groups()) {
            assertThat(group.up().promised()).as(group.name()).isGreaterThan(200);
        }
        assertThat(report.groups().get(0).down().promised()).isPositive();
    }

    @Test
    void repetitionRefusedBeforeTheBrokerAccepts_isNobodysFault() throws IOException {
        NetworkConditions lossy = new NetworkConditions(
                0.1,
                0,
                0,
                new Delay.Fixed(Duration.ofMillis(1)),
                0,
                Duration.ZERO,
                new Span<>(Duration.ZERO, Duration.ZERO),
                Duration.ZERO);
        FleetReport report = VirtualRun.of(
                        VirtualRun.scenario(
                                1,
                                Duration.ofMinutes(5),
                                new GroupBuilder(10)
                                        .firmware(Firmware.EMCUTE)
                                        .commands(TEN_SECONDS, Qos.AT_LEAST_ONCE)
                                        .network(lossy)
                                        .build("g")),
                        gateway -> gateway.acceptance = Duration.ofSeconds(5))
                .toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.groups().get(0).down().excused()).isPositive();
    }

    private static GroupBuilder group(Firmware firmware, Qos qos) {
        return new GroupBuilder(5)
                .firmware(firmware)
                .will()
                .reports(TEN_SECONDS, qos)
                .commands(TEN_SECONDS, qos)
                .roams(Duration.ofMinutes(2))
                .brownOuts(Duration.ofMinutes(4));
    }
}
