package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.network.UdpSockets;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Span;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FleetRunTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final NetworkConditions SLOW = new NetworkConditions(
            0.01,
            0.01,
            0.01,
            new Delay.Uniform(new Span<>(Duration.ofMillis(1), Duration.ofMillis(30))),
            0,
            Duration.ZERO,
            new Span<>(Duration.ZERO, Duration.ZERO),
            Duration.ofSeconds(5));

    @Test
    void hundredsOfSensorsOverUdp_areAllServed() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (UdpResponder gateway = UdpResponder.start()) {
            Group straight = new GroupBuilder(200)
                    .reports(Duration.ofMillis(200), Qos.AT_LEAST_ONCE)
                    .build("straight");
            Group slow = new GroupBuilder(50)
                    .reports(Duration.ofMillis(500), Qos.AT_LEAST_ONCE)
                    .network(SLOW)
                    .build("slow");
            FleetReport report = run(gateway.address(), SECOND.multipliedBy(3), straight, slow)
                    .run(samples::add);

            assertThat(report.outcome()).isEqualTo(Outcome.UNVERIFIED);
            assertThat(report.groups().get(0).up().promised()).isGreaterThan(2_000);
            assertThat(report.groups().get(0).troubles()).isEmpty();
            assertThat(report.groups().get(1).up().promised()).isGreaterThan(150);
            assertThat(report.cpuSeconds()).isPositive();
            assertThat(samples).hasSizeGreaterThan(3);
        }
    }

    @Test
    void nobodyAtThePort_isSaidBySystemAndReport() throws IOException {
        InetSocketAddress nobody;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
        FleetReport report = run(
                        nobody,
                        SECOND.multipliedBy(60),
                        new GroupBuilder(3).reports(SECOND, Qos.AT_LEAST_ONCE).build("g"))
                .run(sample -> {});

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).startsWith("nobody is at the gateway: ");
        assertThat(report.took()).isLessThan(SECOND.multipliedBy(15));
    }

    @Test
    void stoppedFromAnotherThread_endsInOrder() throws IOException {
        try (UdpResponder gateway = UdpResponder.start()) {
            FleetRun run = run(
                    gateway.address(),
                    SECOND.multipliedBy(600),
                    new GroupBuilder(3).reports(SECOND, Qos.AT_LEAST_ONCE).build("g"));
            FleetReport report = run.run(sample -> run.stop());

            assertThat(report.ended()).isEqualTo("stopped by the user");
            assertThat(report.outcome()).isEqualTo(Outcome.UNVERIFIED);
            assertThat(report.took()).isLessThan(SECOND.multipliedBy(30));
        }
    }

    private static FleetRun run(InetSocketAddress gateway, Duration steady, Group... groups) {
        Phases phases = new Phases(SECOND, steady, SECOND, Duration.ofSeconds(5));
        Scenario scenario = new Scenario("test", "", 1, phases, List.of(groups));
        FleetPlan plan = new FleetPlan(scenario, "the gateway", null, Duration.ofSeconds(5), "run");
        return new FleetRun(plan, UdpSockets.towards(gateway));
    }
}
