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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Seeds with which sensors lose every repetition of a request, or every answer to it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyRepetitionLost_isNotTheGatewaysFault(long seed) throws IOException {
        FleetReport report = VirtualRun.of(commandsOver(losing(0.65), seed)).toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.groups().get(0).down().excused()).isPositive();
        assertThat(report.groups().get(0).down().promised()).isGreaterThan(100);
    }

    @Test
    void gatewayThatDropsCommands_isFoundInABadNetworkToo() throws IOException {
        AtomicInteger count = new AtomicInteger();
        FleetReport report = VirtualRun.of(
                        commandsOver(losing(0.1), 1),
                        gateway -> gateway.downward =
                                payload -> count.incrementAndGet() % 5 == 0 ? List.of() : List.of(payload))
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.groups()).allMatch(group -> group.down().missing() > 0);
    }

    private static Scenario commandsOver(NetworkConditions network, long seed) {
        return VirtualRun.scenario(
                seed,
                Duration.ofMinutes(3),
                new GroupBuilder(30)
                        .commands(Duration.ofSeconds(20), Qos.AT_LEAST_ONCE)
                        .network(network)
                        .build("active"),
                new GroupBuilder(30)
                        .commands(Duration.ofSeconds(20), Qos.AT_LEAST_ONCE)
                        .sleeps(Duration.ofSeconds(30))
                        .network(network)
                        .build("asleep"));
    }

    private static NetworkConditions losing(double loss) {
        return new NetworkConditions(
                loss,
                0,
                0,
                new Delay.Fixed(Duration.ofMillis(1)),
                0,
                Duration.ZERO,
                new Span<>(Duration.ZERO, Duration.ZERO),
                Duration.ZERO);
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
