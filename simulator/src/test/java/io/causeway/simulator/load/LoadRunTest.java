package io.causeway.simulator.load;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.verify.BrokerTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LoadRunTest {
    private static final long THIS_PROCESS = ProcessHandle.current().pid();

    @ParameterizedTest
    @EnumSource(
            value = Qos.class,
            names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void closedLoop_hasAllThatWasAcknowledged(Qos qos) throws IOException {
        LoadReport report = run(qos, LoadPlan.CLOSED_LOOP);

        assertThat(report.messages().promised()).isGreaterThan(10);
        assertThat(report.messages().arrived()).isEqualTo(report.messages().sent());
        assertThat(report.messages().missing()).isZero();
        assertThat(report.messages().outOfOrder()).isZero();
        assertThat(report.acknowledgement().p50Micros()).isPositive();
        assertThat(report.endToEnd().p50Micros()).isPositive();
        assertThat(report.resources().residentOctets()).isPositive();
        assertThat(report.resources().fleetCpuSeconds()).isPositive();
        assertThat(report.setupSeconds()).isBetween(0.0, 2.0);
        assertThat(report.foreign()).isZero();
        assertThat(report.troubles()).isEmpty();
        assertThat(report.isSound()).isTrue();
    }

    @Test
    void openLoop_keepsItsRate() throws IOException {
        LoadReport report = run(Qos.AT_MOST_ONCE, 1_000);

        assertThat(report.rates().sent()).isBetween(700.0, 1_300.0);
        assertThat(report.messages().promised()).isZero();
        assertThat(report.isSound()).isTrue();
    }

    @Test
    void nobodyAtTheBroker_cannotRun() throws IOException {
        LoadPlan plan;
        try (EchoSystem gone = EchoSystem.start()) {
            plan = plan(gone, Qos.AT_LEAST_ONCE, LoadPlan.CLOSED_LOOP);
        }

        assertThatIOException()
                .isThrownBy(() -> LoadRun.run(plan, "x"))
                .withMessageContaining("cannot verify at the broker");
    }

    @Test
    void nobodyAtTheGateway_cannotRun() throws IOException {
        InetSocketAddress nobody;
        try (EchoSystem gone = EchoSystem.start()) {
            nobody = gone.gatewayAddress();
        }
        try (EchoSystem system = EchoSystem.start()) {
            LoadPlan plan = new LoadPlan(
                    nobody,
                    "udp://nobody",
                    broker(system),
                    1,
                    Qos.AT_LEAST_ONCE,
                    LoadPlan.CLOSED_LOOP,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    16,
                    Duration.ofMillis(20),
                    List.of());

            assertThatIOException()
                    .isThrownBy(() -> LoadRun.run(plan, "x"))
                    .withMessageContaining("nobody is at udp://nobody");
        }
    }

    @Test
    void watchedProcessGone_cannotRun() throws IOException {
        try (EchoSystem system = EchoSystem.start()) {
            LoadPlan plan = plan(system, Qos.AT_LEAST_ONCE, LoadPlan.CLOSED_LOOP, Long.MAX_VALUE);

            assertThatIOException()
                    .isThrownBy(() -> LoadRun.run(plan, "x"))
                    .withMessage("there is no process " + Long.MAX_VALUE);
        }
    }

    @Test
    void impossiblePlan_cannotBeMade() throws IOException {
        try (EchoSystem system = EchoSystem.start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan(system, Qos.AT_MOST_ONCE, LoadPlan.CLOSED_LOOP))
                    .withMessageContaining("needs a rate");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan(system, Qos.MINUS_ONE, LoadPlan.CLOSED_LOOP))
                    .withMessageContaining("QoS is 0, 1 or 2");
        }
    }

    private static LoadReport run(Qos qos, int messagesPerSecond) throws IOException {
        try (EchoSystem system = EchoSystem.start()) {
            return LoadRun.run(plan(system, qos, messagesPerSecond), "x");
        }
    }

    private static LoadPlan plan(EchoSystem system, Qos qos, int messagesPerSecond) {
        return plan(system, qos, messagesPerSecond, THIS_PROCESS);
    }

    private static LoadPlan plan(EchoSystem system, Qos qos, int messagesPerSecond, long pid) {
        return new LoadPlan(
                system.gatewayAddress(),
                "udp://echo",
                broker(system),
                3,
                qos,
                messagesPerSecond,
                Duration.ZERO,
                Duration.ofSeconds(1),
                64,
                Duration.ofSeconds(1),
                List.of(pid));
    }

    private static BrokerTarget broker(EchoSystem system) {
        return new BrokerTarget(system.brokerUri(), "", "", null);
    }
}
