package io.causeway.simulator.fleet;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Span;
import io.causeway.simulator.truth.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
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
    void honestGateway_keepsWhatItPromised() throws IOException {
        FleetReport report = VirtualRun.of(reportsAndCommands(Qos.EXACTLY_ONCE)).toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.groups().get(0).up().promised()).isGreaterThan(500);
        assertThat(report.groups().get(0).down().promised()).isGreaterThan(50);
        assertThat(report.groups().get(0).down().arrived())
                .isEqualTo(report.groups().get(0).down().sent());
        assertThat(report.groups().get(0).troubles()).isEmpty();
        assertThat(report.acknowledgement().percentiles().count()).isGreaterThan(500);
    }

    @Test
    void nobodyLooks_isUnverified() throws IOException {
        FleetReport report =
                VirtualRun.unverified(reportsAndCommands(Qos.AT_LEAST_ONCE)).toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.UNVERIFIED);
        assertThat(report.groups().get(0).down().sent()).isZero();
    }

    @Test
    void acknowledgesAndDropsSome_isBroken() throws IOException {
        FleetReport report = VirtualRun.of(
                        reportsAndCommands(Qos.AT_LEAST_ONCE),
                        gateway -> gateway.upward = each(100, payload -> List.of()))
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings()).isNotEmpty().allMatch(found -> found.kind() == Finding.Kind.MISSING);
    }

    @Test
    void dropsCommands_isBroken() throws IOException {
        FleetReport report = VirtualRun.of(
                        reportsAndCommands(Qos.AT_LEAST_ONCE),
                        gateway -> gateway.downward = each(10, payload -> List.of()))
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.groups().get(0).down().missing()).isPositive();
        assertThat(report.groups().get(0).up().missing()).isZero();
    }

    @Test
    void duplicatesAtQos2_isBroken() throws IOException {
        FleetReport report = VirtualRun.of(
                        reportsAndCommands(Qos.EXACTLY_ONCE),
                        gateway -> gateway.upward = each(50, payload -> List.of(payload, payload)))
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings()).isNotEmpty().allMatch(found -> found.kind() == Finding.Kind.DUPLICATED);
    }

    @Test
    void rulesOfTheMediumBroken_isBrokenWhoeverLooks() throws IOException {
        FleetReport report = VirtualRun.unverified(reportsAndCommands(Qos.AT_MOST_ONCE))
                .withComplaints("the gateway sent 2 frames without an id")
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings())
                .containsExactly(new Finding(Finding.Kind.IMPROPER, "", "", "the gateway sent 2 frames without an id"));
    }

    @Test
    void duplicatesAtQos1_isShownAndNotJudged() throws IOException {
        FleetReport report = VirtualRun.of(
                        reportsAndCommands(Qos.AT_LEAST_ONCE),
                        gateway -> gateway.upward = each(50, payload -> List.of(payload, payload)))
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.groups().get(0).up().duplicates()).isPositive();
    }

    @Test
    void deliversOneAfterTheNext_isBroken() throws IOException {
        ArrayDeque<Octets> heldBack = new ArrayDeque<>();
        AtomicInteger count = new AtomicInteger();
        FleetReport report = VirtualRun.of(
                        VirtualRun.scenario(
                                1,
                                MINUTE,
                                new GroupBuilder(1)
                                        .reports(SECOND, Qos.AT_LEAST_ONCE)
                                        .build("g")),
                        gateway -> gateway.upward = payload -> {
                            if (count.incrementAndGet() == 20) {
                                heldBack.add(payload);
                                return List.of();
                            }
                            return heldBack.isEmpty() ? List.of(payload) : List.of(payload, heldBack.remove());
                        })
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings())
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Finding.Kind.OUT_OF_ORDER));
    }

    @Test
    void deliversToTheTopicOfAnotherSensor_isBroken() throws IOException {
        AtomicInteger count = new AtomicInteger();
        FleetReport report = VirtualRun.of(
                        reportsAndCommands(Qos.AT_LEAST_ONCE),
                        gateway -> gateway.upwardTopic =
                                topic -> count.incrementAndGet() % 50 == 0 ? "run/run-g-0/report" : topic)
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings())
                .extracting(Finding::kind)
                .containsOnly(Finding.Kind.MISSING, Finding.Kind.MISDELIVERED);
    }

    @Test
    void deliversHalfOfAPayload_isBroken() throws IOException {
        FleetReport report = VirtualRun.of(
                        reportsAndCommands(Qos.EXACTLY_ONCE),
                        gateway -> gateway.upward = each(100, payload -> List.of(damaged(payload))))
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings())
                .extracting(Finding::kind)
                .containsOnly(Finding.Kind.MISSING, Finding.Kind.CORRUPTED);
    }

    @Test
    void garblesCommands_isBroken() throws IOException {
        FleetReport report = VirtualRun.of(
                        reportsAndCommands(Qos.AT_MOST_ONCE),
                        gateway -> gateway.downward = each(10, payload -> List.of(damaged(payload))))
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings()).isNotEmpty().allMatch(found -> found.kind() == Finding.Kind.CORRUPTED);
    }

    @Test
    void commandOfAnotherSensor_isMisdeliveredAndMissing() throws IOException {
        FleetReport report = VirtualRun.of(
                        VirtualRun.scenario(
                                1,
                                MINUTE,
                                new GroupBuilder(2)
                                        .commands(SECOND, Qos.AT_LEAST_ONCE)
                                        .build("g")),
                        gateway -> gateway.downward = swapped())
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings())
                .extracting(Finding::kind)
                .containsOnly(Finding.Kind.MISSING, Finding.Kind.MISDELIVERED);
    }

    @Test
    void commandThatWasSentBeforeItsSensorSubscribed_isNotPromised() throws IOException {
        FleetReport report = VirtualRun.of(
                        VirtualRun.scenario(
                                1,
                                MINUTE,
                                new GroupBuilder(20)
                                        .commands(SECOND, Qos.AT_LEAST_ONCE)
                                        .network(SLOW)
                                        .build("g")),
                        gateway -> gateway.acceptance = SECOND.multipliedBy(3))
                .toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.groups().get(0).down().promised()).isGreaterThan(500);
    }

    @Test
    void commandThatTheBrokerIsSlowWith_isWaitedFor() throws IOException {
        FleetReport report = VirtualRun.of(
                        reportsAndCommands(Qos.EXACTLY_ONCE), gateway -> gateway.routing = Duration.ofSeconds(10))
                .toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.groups().get(0).down().arrived())
                .isEqualTo(report.groups().get(0).down().sent());
    }

    @Test
    void commandAcceptedAfterTheDrain_isNotPromised() throws IOException {
        Phases slowRampDown = new Phases(SECOND, MINUTE, MINUTE, SECOND.multipliedBy(30));
        VirtualRun run = VirtualRun.of(
                VirtualRun.scenario(
                        1,
                        slowRampDown,
                        new GroupBuilder(20)
                                .commands(SECOND, Qos.AT_LEAST_ONCE)
                                .sleeps(MINUTE)
                                .build("g")),
                gateway -> gateway.routing = SECOND.multipliedBy(35));
        run.gateway.downward = payload -> run.phase() == Sample.Phase.RAMP_DOWN ? List.of() : List.of(payload);
        FleetReport report = run.toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.groups().get(0).down().lost()).isPositive();
        assertThat(report.groups().get(0).down().promised()).isPositive();
    }

    @Test
    void acknowledgedAfterTheDrain_messageMayStillArrive() throws IOException {
        Phases withoutDrain = new Phases(SECOND, MINUTE, Duration.ZERO, Duration.ZERO);
        FleetReport report = VirtualRun.of(
                        VirtualRun.scenario(
                                1,
                                withoutDrain,
                                new GroupBuilder(50)
                                        .reportsInClosedLoop(Duration.ofMillis(1), Qos.AT_LEAST_ONCE)
                                        .network(SLOW)
                                        .build("g")),
                        gateway -> gateway.passage = Duration.ofMillis(900))
                .toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
    }

    @Test
    void sleepersOfWhomSomeAreAlwaysAwake_doNotKeepTheDrainWaiting() throws IOException {
        FleetReport report = VirtualRun.of(VirtualRun.scenario(
                        1,
                        MINUTE,
                        new GroupBuilder(100)
                                .reports(SECOND.multipliedBy(10), Qos.AT_LEAST_ONCE)
                                .sleeps(SECOND.multipliedBy(3))
                                .network(SLOW)
                                .build("g")))
                .toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(80));
    }

    @Test
    void commandsThatNobodyAccepts_doNotKeepTheDrainWaiting() throws IOException {
        FleetReport report = VirtualRun.of(reportsAndCommands(Qos.AT_MOST_ONCE)).toTheEnd();

        assertThat(report.groups().get(0).down().arrived()).isPositive();
        assertThat(report.took()).isLessThan(Duration.ofSeconds(80));
    }

    private static Octets damaged(Octets payload) {
        byte[] octets = payload.toByteArray();
        octets[octets.length - 1] ^= 1;
        return Octets.of(octets);
    }

    /** Each message is the one that was sent before it. */
    private static Function<Octets, List<Octets>> swapped() {
        ArrayDeque<Octets> before = new ArrayDeque<>();
        return payload -> {
            before.add(payload);
            return before.size() > 1 ? List.of(before.remove()) : List.of();
        };
    }

    private static Function<Octets, List<Octets>> each(int nth, Function<Octets, List<Octets>> lie) {
        AtomicInteger count = new AtomicInteger();
        return payload -> count.incrementAndGet() % nth == 0 ? lie.apply(payload) : List.of(payload);
    }

    private static Scenario reportsAndCommands(Qos qos) {
        return VirtualRun.scenario(
                1,
                MINUTE,
                new GroupBuilder(10)
                        .reports(SECOND, qos)
                        .commands(Duration.ofSeconds(5), qos)
                        .build("g"));
    }
}
