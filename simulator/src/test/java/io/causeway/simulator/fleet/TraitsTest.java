package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.report.GroupReport;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.report.SensorState;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TraitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void reportsInARhythm_areSentAsOftenAsIsDue() throws IOException {
        GroupReport group = kept(
                MINUTE, new GroupBuilder(10).reports(SECOND, Qos.AT_MOST_ONCE).build("g"));

        assertThat(group.up().sent()).isBetween(600L, 660L);
        assertThat(group.up().arrived()).isEqualTo(group.up().sent());
    }

    @Test
    void reportsInAClosedLoop_followTheirAcknowledgements() throws IOException {
        GroupReport group = kept(
                SECOND.multipliedBy(10),
                new GroupBuilder(1)
                        .reportsInClosedLoop(Duration.ofMillis(100), Qos.AT_LEAST_ONCE)
                        .build("g"));

        assertThat(group.up().sent()).isBetween(90L, 150L);
    }

    @Test
    void alarms_comeInBurstsBesideReports() throws IOException {
        GroupReport group = kept(
                MINUTE,
                new GroupBuilder(10)
                        .reports(MINUTE, Qos.AT_LEAST_ONCE)
                        .alarms(Duration.ofSeconds(20), Qos.EXACTLY_ONCE)
                        .build("g"));

        assertThat(group.up().sent()).isGreaterThan(50);
    }

    @Test
    void sleepers_fetchCommandsAndPublishWhenTheyWake() throws IOException {
        VirtualRun run = VirtualRun.of(VirtualRun.scenario(
                1,
                Duration.ofMinutes(10),
                new GroupBuilder(20)
                        .reports(Duration.ofSeconds(90), Qos.AT_LEAST_ONCE)
                        .alarms(Duration.ofMinutes(4), Qos.AT_LEAST_ONCE)
                        .commands(Duration.ofSeconds(45), Qos.EXACTLY_ONCE)
                        .sleeps(MINUTE)
                        .build("g")));
        FleetReport report = run.toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        GroupReport group = report.groups().get(0);
        assertThat(group.troubles()).isEmpty();
        assertThat(group.up().sent()).isGreaterThan(100);
        assertThat(group.down().promised()).isGreaterThan(200);
        Sample inBetween = run.samples.get(300);
        assertThat(inBetween.states().getOrDefault(SensorState.ASLEEP, 0)).isGreaterThan(15);
        assertThat(report.commands().percentiles().p50Micros()).isGreaterThan(10_000_000);
    }

    @Test
    void reportsThatASleeperKept_areLateFromItsWakingOn() throws IOException {
        NetworkConditions slow = new NetworkConditions(
                0,
                0,
                0,
                new Delay.Fixed(Duration.ofMillis(200)),
                0,
                Duration.ZERO,
                new Span<>(Duration.ZERO, Duration.ZERO),
                Duration.ZERO);
        FleetReport report = VirtualRun.of(VirtualRun.scenario(
                        1,
                        Duration.ofMinutes(5),
                        new GroupBuilder(1)
                                .reports(Duration.ofSeconds(10), Qos.AT_LEAST_ONCE)
                                .sleeps(MINUTE)
                                .network(slow)
                                .build("g")))
                .toTheEnd();

        assertThat(report.acknowledgement().percentiles().count()).isGreaterThan(20);
        assertThat(report.acknowledgement().percentiles().maxMicros()).isBetween(2_000_000L, 9_000_000L);
    }

    @Test
    void sleepersThatAreLate_getTheirCommandsBeforeTheEnd() throws IOException {
        GroupReport group = kept(
                MINUTE,
                new GroupBuilder(20)
                        .commands(Duration.ofSeconds(10), Qos.AT_LEAST_ONCE)
                        .sleeps(Duration.ofHours(1))
                        .build("g"));

        assertThat(group.down().arrived()).isEqualTo(group.down().sent()).isPositive();
    }

    @Test
    void beacons_needNoConnection() throws IOException {
        VirtualRun run = VirtualRun.of(VirtualRun.scenario(
                1,
                MINUTE,
                new GroupBuilder(10)
                        .beacon(SECOND)
                        .roams(Duration.ofSeconds(10))
                        .build("g")));
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(run.gateway.sessions()).isZero();
        assertThat(report.groups().get(0).up().sent()).isGreaterThan(550);
        assertThat(report.groups().get(0).up().arrived())
                .isEqualTo(report.groups().get(0).up().sent());
        assertThat(run.samples.get(30).states()).containsEntry(SensorState.BEACON, 10);
    }

    @Test
    void roamersWithAKeptSession_missNothing() throws IOException {
        GroupReport group = kept(
                Duration.ofMinutes(5),
                new GroupBuilder(20)
                        .reports(SECOND, Qos.AT_LEAST_ONCE)
                        .commands(Duration.ofSeconds(5), Qos.AT_LEAST_ONCE)
                        .roams(Duration.ofSeconds(20))
                        .build("g"));

        assertThat(group.down().arrived()).isEqualTo(group.down().sent());
        assertThat(group.down().promised()).isGreaterThan(1_000);
    }

    @Test
    void roamersWithACleanSession_areNotPromisedWhatTheyDeleted() throws IOException {
        GroupReport group = kept(
                Duration.ofMinutes(5),
                new GroupBuilder(20)
                        .cleanSession()
                        .commands(SECOND, Qos.AT_LEAST_ONCE)
                        .roams(Duration.ofSeconds(20))
                        .build("g"));

        assertThat(group.down().promised()).isPositive();
    }

    @Test
    void brownOuts_loseNothingOfAKeptSession() throws IOException {
        VirtualRun run = VirtualRun.of(VirtualRun.scenario(
                1,
                Duration.ofMinutes(10),
                new GroupBuilder(20)
                        .reports(SECOND, Qos.EXACTLY_ONCE)
                        .commands(Duration.ofSeconds(5), Qos.EXACTLY_ONCE)
                        .brownOuts(MINUTE)
                        .will()
                        .build("g")));
        FleetReport report = run.toTheEnd();

        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(run.samples).anyMatch(sample -> sample.states().getOrDefault(SensorState.DARK, 0) > 2);
        assertThat(report.groups().get(0).down().arrived()).isGreaterThan(1_500);
    }

    @Test
    void sameSeedWithoutVerification_hasTheSameBrownOuts() throws IOException {
        Scenario scenario = VirtualRun.scenario(
                1,
                MINUTE,
                new GroupBuilder(20)
                        .commands(SECOND, Qos.AT_LEAST_ONCE)
                        .brownOuts(MINUTE)
                        .build("g"));

        assertThat(darkInAMinute(VirtualRun.of(scenario)))
                .isEqualTo(darkInAMinute(VirtualRun.unverified(scenario)))
                .anyMatch(count -> count > 0);
    }

    private static List<Integer> darkInAMinute(VirtualRun run) {
        run.toTheEnd();
        return run.samples.stream()
                .limit(60)
                .map(sample -> sample.states().getOrDefault(SensorState.DARK, 0))
                .toList();
    }

    @Test
    void rhythmThatIsTooFast_leavesReportsOutAndGivesNoneUp() throws IOException {
        FleetReport report = VirtualRun.of(
                        VirtualRun.scenario(
                                1,
                                MINUTE,
                                new GroupBuilder(1)
                                        .reports(Duration.ofMillis(10), Qos.AT_LEAST_ONCE)
                                        .build("g")),
                        gateway -> gateway.isIgnored = packet -> packet instanceof Publish publish && !publish.dup())
                .toTheEnd();

        assertThat(report.groups().get(0).troubles()).containsOnlyKeys(Trouble.REPORT_LEFT_OUT);
    }

    @Test
    void goodbyes_leaveNobodyConnected() throws IOException {
        VirtualRun run = VirtualRun.of(VirtualRun.scenario(
                1,
                MINUTE,
                new GroupBuilder(5).commands(MINUTE, Qos.AT_LEAST_ONCE).build("awake"),
                new GroupBuilder(5)
                        .commands(MINUTE, Qos.AT_LEAST_ONCE)
                        .sleeps(MINUTE)
                        .build("asleep")));
        run.toTheEnd();

        assertThat(run.samples.get(run.samples.size() - 1).states())
                .containsExactly(java.util.Map.entry(SensorState.OFF, 10));
        assertThat(run.gateway.connected()).isZero();
        assertThat(run.gateway.subscriptions()).isZero();
    }

    @Test
    void appearance_isEvenOverTheRampUp() throws IOException {
        VirtualRun run = VirtualRun.of(VirtualRun.scenario(
                1,
                MINUTE,
                new GroupBuilder(50).reports(MINUTE, Qos.AT_LEAST_ONCE).build("a"),
                new GroupBuilder(50).reports(MINUTE, Qos.AT_LEAST_ONCE).build("b")));
        run.pass(Duration.ofSeconds(4));

        List<Integer> off = run.samples.stream()
                .map(sample -> sample.states().getOrDefault(SensorState.OFF, 0))
                .toList();
        assertThat(off).hasSize(3).allSatisfy(count -> assertThat(count).isBetween(35, 80));
    }

    @Test
    void stoppedByHand_endsInOrder() throws IOException {
        VirtualRun run = VirtualRun.of(VirtualRun.scenario(
                1,
                Duration.ofHours(1),
                new GroupBuilder(10).reports(SECOND, Qos.AT_LEAST_ONCE).build("g")));
        run.pass(MINUTE).stop();
        FleetReport report = run.toTheEnd();

        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.ended()).isEqualTo("stopped");
        assertThat(report.took()).isLessThan(Duration.ofSeconds(70));
    }

    private static GroupReport kept(Duration steady, Group group) throws IOException {
        FleetReport report =
                VirtualRun.of(VirtualRun.scenario(1, steady, group)).toTheEnd();
        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(report.groups().get(0).troubles()).doesNotContainKey(Trouble.CONNECTION_LOST);
        return report.groups().get(0);
    }
}
