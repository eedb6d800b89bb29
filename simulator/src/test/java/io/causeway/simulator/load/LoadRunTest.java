package io.causeway.simulator.load;

import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
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
        LoadReport report = run(qos, LoadPlan.CLOSED_LOOP, publish -> false);

        assertThat(report.of(Count.ACKNOWLEDGED)).isGreaterThan(10);
        assertThat(report.of(Count.ARRIVED)).isEqualTo(report.of(Count.SENT));
        assertThat(report.of(Count.MISSING)).isZero();
        assertThat(report.of(Count.OUT_OF_ORDER)).isZero();
        assertThat(report.acknowledgement().p50Micros()).isPositive();
        assertThat(report.endToEnd().p50Micros()).isPositive();
        assertThat(report.resources().residentOctets()).isPositive();
        assertThat(report.isSound()).isTrue();
    }

    @Test
    void openLoop_keepsItsRate() throws IOException {
        LoadReport report = run(Qos.AT_MOST_ONCE, 1_000, publish -> false);

        assertThat(report.rates().sent()).isBetween(700.0, 1_300.0);
        assertThat(report.of(Count.ACKNOWLEDGED)).isZero();
        assertThat(report.isSound()).isTrue();
    }

    @Test
    void acknowledgedAndKeptBack_isMissing() throws IOException {
        LoadReport report = run(Qos.AT_LEAST_ONCE, 200, publish -> publish.msgId() == 5);

        assertThat(report.of(Count.MISSING)).isEqualTo(report.plan().clients());
        assertThat(report.isSound()).isFalse();
    }

    @Test
    void nobodyAtTheBroker_cannotRun() throws IOException {
        LoadPlan plan;
        try (EchoSystem gone = EchoSystem.start(publish -> false)) {
            plan = plan(gone, Qos.AT_LEAST_ONCE, LoadPlan.CLOSED_LOOP);
        }

        assertThatIOException()
                .isThrownBy(() -> LoadRun.run(plan, "load-x"))
                .withMessageContaining("cannot subscribe at the broker");
    }

    @Test
    void nobodyAtTheGateway_cannotRun() throws IOException {
        InetSocketAddress nobody;
        try (EchoSystem gone = EchoSystem.start(publish -> false)) {
            nobody = gone.gatewayAddress();
        }
        try (EchoSystem system = EchoSystem.start(publish -> false)) {
            LoadPlan plan = new LoadPlan(
                    nobody,
                    system.brokerAddress(),
                    1,
                    Qos.AT_LEAST_ONCE,
                    LoadPlan.CLOSED_LOOP,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    16,
                    Duration.ofMillis(20),
                    List.of());

            assertThatIOException()
                    .isThrownBy(() -> LoadRun.run(plan, "load-x"))
                    .withMessageContaining("no client could connect to the gateway");
        }
    }

    @Test
    void watchedProcessGone_cannotRun() throws IOException {
        try (EchoSystem system = EchoSystem.start(publish -> false)) {
            LoadPlan plan = plan(system, Qos.AT_LEAST_ONCE, LoadPlan.CLOSED_LOOP, Long.MAX_VALUE);

            assertThatIOException()
                    .isThrownBy(() -> LoadRun.run(plan, "load-x"))
                    .withMessage("there is no process " + Long.MAX_VALUE);
        }
    }

    @Test
    void impossiblePlan_cannotBeMade() throws IOException {
        try (EchoSystem system = EchoSystem.start(publish -> false)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan(system, Qos.AT_MOST_ONCE, LoadPlan.CLOSED_LOOP))
                    .withMessageContaining("needs a rate");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan(system, Qos.MINUS_ONE, LoadPlan.CLOSED_LOOP))
                    .withMessageContaining("QoS is 0, 1 or 2");
        }
    }

    private static LoadReport run(Qos qos, int messagesPerSecond, Predicate<Publish> isKeptBack) throws IOException {
        try (EchoSystem system = EchoSystem.start(isKeptBack)) {
            return LoadRun.run(plan(system, qos, messagesPerSecond), "load-x");
        }
    }

    private static LoadPlan plan(EchoSystem system, Qos qos, int messagesPerSecond) {
        return plan(system, qos, messagesPerSecond, THIS_PROCESS);
    }

    private static LoadPlan plan(EchoSystem system, Qos qos, int messagesPerSecond, long pid) {
        return new LoadPlan(
                system.gatewayAddress(),
                system.brokerAddress(),
                3,
                qos,
                messagesPerSecond,
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                64,
                Duration.ofSeconds(1),
                List.of(pid));
    }
}
