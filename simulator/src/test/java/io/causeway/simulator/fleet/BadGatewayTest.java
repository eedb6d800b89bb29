package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BadGatewayTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Scenario TEN_MINUTES = VirtualRun.scenario(
            1,
            Duration.ofMinutes(10),
            new GroupBuilder(10)
                    .reports(Duration.ofSeconds(5), Qos.AT_LEAST_ONCE)
                    .commands(Duration.ofSeconds(20), Qos.AT_LEAST_ONCE)
                    .build("g"));

    private static final Scenario SLEEPERS = VirtualRun.scenario(
            1,
            Duration.ofMinutes(6),
            new GroupBuilder(10)
                    .sleeps(MINUTE)
                    .retries(Duration.ofSeconds(10))
                    .commands(Duration.ofSeconds(20), Qos.AT_LEAST_ONCE)
                    .build("g"));

    @Test
    void nobodyAtThePort_isToldAfterSeconds() throws IOException {
        FleetReport report =
                VirtualRun.of(TEN_MINUTES, gateway -> gateway.isAbsent = true).toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("nobody is at udp://localhost: Connection refused");
        assertThat(report.took()).isLessThan(Duration.ofSeconds(15));
        assertThat(report.groups().get(0).troubles()).containsKey(Trouble.SOCKET);
    }

    @Test
    void silence_isToldWhenPatienceIsOver() throws IOException {
        FleetReport report =
                VirtualRun.of(TEN_MINUTES, gateway -> gateway.isDead = true).toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("no answer from udp://localhost within 30 s");
        assertThat(report.took()).isLessThan(MINUTE);
    }

    @Test
    void silenceInARunShorterThanPatience_isNoVerdictEither() throws IOException {
        Scenario short10 = VirtualRun.scenario(
                1,
                Duration.ofSeconds(10),
                new GroupBuilder(1).reports(MINUTE, Qos.AT_LEAST_ONCE).build("g"));
        VirtualRun run =
                VirtualRun.of(short10, gateway -> gateway.isDead = true).pass(Duration.ofSeconds(6));
        run.stop();
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).startsWith("no answer from udp://localhost within ");
    }

    @Test
    void nonsense_isCountedAndEndsTheRun() throws IOException {
        FleetReport report =
                VirtualRun.of(TEN_MINUTES, gateway -> gateway.isMad = true).toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("what udp://localhost answers is no MQTT-SN");
        assertThat(report.groups().get(0).troubles()).containsKey(Trouble.NONSENSE);
    }

    @Test
    void refusesEverybody_endsTheRun() throws IOException {
        FleetReport report = VirtualRun.of(TEN_MINUTES, gateway -> gateway.isWelcome = clientId -> false)
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("udp://localhost refused every CONNECT");
    }

    @Test
    void refusesHalf_servesTheOthersAndIsNotStormed() throws IOException {
        FleetReport report = VirtualRun.of(
                        TEN_MINUTES, gateway -> gateway.isWelcome = clientId -> clientId.hashCode() % 2 == 0)
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.groups().get(0).up().promised()).isBetween(500L, 700L);
        assertThat(report.groups().get(0).neverConnected()).isBetween(1, 9);
        assertThat(report.groups().get(0).troubles().get(Trouble.CONNECT_REFUSED))
                .isBetween(50L, 200L);
    }

    @Test
    void diesForGood_runEndsInTimeAndSaysSo() throws IOException {
        VirtualRun run = VirtualRun.of(TEN_MINUTES).pass(Duration.ofMinutes(5));
        run.gateway.isDead = true;
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("udp://localhost was gone at the end");
        assertThat(report.took()).isLessThan(Duration.ofMinutes(11));
        assertThat(report.groups().get(0).troubles())
                .containsEntry(Trouble.CONNECTION_LOST, 10L)
                .containsKey(Trouble.CONNECT_UNANSWERED);
    }

    @Test
    void diesForGoodWhileItsSensorsSleep_runSaysSo() throws IOException {
        VirtualRun run = VirtualRun.of(SLEEPERS).pass(Duration.ofMinutes(5));
        run.gateway.isDead = true;
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("udp://localhost was gone at the end");
    }

    @Test
    void acknowledgesNothing_isNoVerdict() throws IOException {
        FleetReport report = VirtualRun.of(
                        TEN_MINUTES, gateway -> gateway.isIgnored = packet -> packet instanceof Publish)
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("udp://localhost acknowledged nothing");
    }

    @Test
    void speaksToSleepers_isNotHeard() throws IOException {
        Scenario sleepers = VirtualRun.scenario(
                1,
                Duration.ofMinutes(6),
                new GroupBuilder(10)
                        .sleeps(MINUTE)
                        .commands(Duration.ofSeconds(2), Qos.AT_LEAST_ONCE)
                        .build("g"));
        FleetReport report =
                VirtualRun.of(sleepers, gateway -> gateway.ignoresSleep = true).toTheEnd();

        assertThat(report.groups().get(0).troubles()).containsKey(Trouble.SPOKE_TO_SLEEPER);
        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void keepsOutWhomItHasCommandsFor_isBroken() throws IOException {
        Scenario roamers = VirtualRun.scenario(
                1,
                Duration.ofMinutes(10),
                new GroupBuilder(10)
                        .commands(Duration.ofSeconds(20), Qos.AT_LEAST_ONCE)
                        .roams(MINUTE)
                        .build("g"));
        VirtualRun run = VirtualRun.of(roamers).pass(Duration.ofMinutes(5));
        run.gateway.isWelcome = clientId -> clientId.hashCode() % 2 == 0;
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.groups().get(0).down().missing()).isPositive();
    }

    @Test
    void networkThatIsOutAtTheEnd_isNotTheGateway() throws IOException {
        NetworkConditions outages = new NetworkConditions(
                0,
                0,
                0,
                new Delay.Fixed(Duration.ofMillis(1)),
                0,
                Duration.ofSeconds(10),
                new Span<>(Duration.ofMinutes(10), Duration.ofMinutes(20)),
                Duration.ZERO);
        Scenario cutOff = VirtualRun.scenario(
                1,
                Duration.ofMinutes(5),
                new GroupBuilder(10)
                        .reports(Duration.ofSeconds(5), Qos.AT_LEAST_ONCE)
                        .commands(Duration.ofSeconds(5), Qos.AT_LEAST_ONCE)
                        .network(outages)
                        .build("g"));
        FleetReport report = VirtualRun.of(cutOff).toTheEnd();

        assertThat(report.ended()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
    }

    @Test
    void dyingInTheMiddleAndReturningWithItsMemory_keepsItsPromises() throws IOException {
        VirtualRun run = VirtualRun.of(TEN_MINUTES).pass(Duration.ofMinutes(3));
        run.gateway.isDead = true;
        run.pass(MINUTE);
        run.gateway.isDead = false;
        FleetReport report = run.toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.groups().get(0).troubles()).containsEntry(Trouble.CONNECTION_LOST, 10L);
    }

    @Test
    void restartingWithoutMemory_makesSensorsConnectAgain() throws IOException {
        VirtualRun run = VirtualRun.of(TEN_MINUTES).pass(Duration.ofMinutes(5));
        run.gateway.forgetAll();
        FleetReport report = run.toTheEnd();

        assertThat(report.groups().get(0).troubles()).containsEntry(Trouble.DISCONNECTED_BY_GATEWAY, 10L);
        assertThat(report.groups().get(0).up().missing()).isZero();
    }

    @Test
    void brokerThatIsGoneAtTheEnd_makesNoVerdict() throws IOException {
        VirtualRun run = VirtualRun.of(TEN_MINUTES).pass(Duration.ofMinutes(5));
        run.gateway.brokerTrouble = "connection refused";
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("the broker was gone at the end: connection refused");
    }

    @Test
    void brokerThatHasDroppedMessagesItself_makesNoVerdictOnWhatIsMissing() throws IOException {
        VirtualRun run = VirtualRun.of(TEN_MINUTES, gateway -> gateway.upward = payload -> List.of());
        run.gateway.brokerDoubt = "the broker has dropped some";
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("the broker has dropped some");
    }

    @Test
    void brokerThatTellsOfItsLossesLate_makesNoVerdictOnWhatIsMissing() throws IOException {
        VirtualRun run = VirtualRun.of(TEN_MINUTES, gateway -> {
                    gateway.upward = payload -> List.of();
                    gateway.tellsLosses = true;
                })
                .pass(Duration.ofMinutes(10).plusSeconds(45));
        run.gateway.brokerDoubt = "the broker has dropped some";
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(report.ended()).isEqualTo("the broker has dropped some");
    }

    @Test
    void brokerThatNeverTellsOfItsLosses_isNotWaitedFor() throws IOException {
        FleetReport untold = VirtualRun.of(TEN_MINUTES, gateway -> gateway.upward = payload -> List.of())
                .toTheEnd();
        FleetReport told = VirtualRun.of(TEN_MINUTES, gateway -> {
                    gateway.upward = payload -> List.of();
                    gateway.tellsLosses = true;
                })
                .toTheEnd();

        assertThat(untold.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(told.took().minus(untold.took())).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    }

    @Test
    void nobodyIsThereToSayGoodbyeTo_rampDownIsNotWaitedFor() throws IOException {
        Scenario slowToLeave = VirtualRun.scenario(
                1,
                new Phases(Duration.ofSeconds(5), MINUTE, Duration.ofHours(1), MINUTE),
                new GroupBuilder(10)
                        .reports(Duration.ofSeconds(5), Qos.AT_LEAST_ONCE)
                        .build("g"));
        FleetReport absent =
                VirtualRun.of(slowToLeave, gateway -> gateway.isAbsent = true).toTheEnd();
        VirtualRun run = VirtualRun.of(slowToLeave).pass(Duration.ofSeconds(30));
        run.gateway.isDead = true;
        FleetReport died = run.toTheEnd();

        assertThat(absent.took()).isLessThan(MINUTE.multipliedBy(5));
        assertThat(died.ended()).isEqualTo("udp://localhost was gone at the end");
        assertThat(died.took()).isLessThan(MINUTE.multipliedBy(5));
    }

    @Test
    void tooFewSockets_isSaidAtOnce() {
        assertThatThrownBy(() -> VirtualRun.of(TEN_MINUTES, gateway -> gateway.ports = 3))
                .isInstanceOf(IOException.class)
                .hasMessage("only 3 of 10 sockets: Too many open files; other programs have the rest "
                        + "of the ports or file descriptors");
    }
}
