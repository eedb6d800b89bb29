package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HostileNetworkTest {
    private static final NetworkConditions BAD = new NetworkConditions(
            0.05,
            0.02,
            0.02,
            new Delay.LongTail(Duration.ofMillis(20), Duration.ofMillis(80)),
            50_000,
            Duration.ofMinutes(3),
            new Span<>(Duration.ofSeconds(5), Duration.ofSeconds(20)),
            Duration.ofMinutes(2));

    @Test
    void honestGateway_isNotBlamedForTheNetwork() throws IOException {
        FleetReport report = VirtualRun.of(scenario(1, Duration.ofMinutes(10))).toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.groups().get(0).up().promised()).isGreaterThan(1_000);
        assertThat(report.groups().get(0).down().promised()).isGreaterThan(300);
        assertThat(report.groups().get(0).troubles()).containsKey(Trouble.DISCONNECTED_BY_GATEWAY);
    }

    @Test
    void sameSeed_isTheSameRunOctetForOctet() throws IOException {
        assertThat(log(7)).isEqualTo(log(7)).hasSizeGreaterThan(1_000);
    }

    @Test
    void otherSeed_isAnotherRun() throws IOException {
        assertThat(log(8)).isNotEqualTo(log(7));
    }

    private static List<String> log(long seed) throws IOException {
        VirtualRun run = VirtualRun.of(scenario(seed, Duration.ofMinutes(2)), gateway -> gateway.isLogging = true);
        run.toTheEnd();
        return run.gateway.log;
    }

    private static Scenario scenario(long seed, Duration steady) {
        return VirtualRun.scenario(
                seed,
                steady,
                new GroupBuilder(10)
                        .reports(Duration.ofSeconds(3), Qos.EXACTLY_ONCE)
                        .commands(Duration.ofSeconds(10), Qos.EXACTLY_ONCE)
                        .roams(Duration.ofMinutes(2))
                        .brownOuts(Duration.ofMinutes(3))
                        .network(BAD)
                        .build("active"),
                new GroupBuilder(10)
                        .reports(Duration.ofSeconds(20), Qos.AT_LEAST_ONCE)
                        .commands(Duration.ofSeconds(20), Qos.AT_LEAST_ONCE)
                        .sleeps(Duration.ofSeconds(30))
                        .network(BAD)
                        .build("asleep"));
    }
}
