package io.causeway.simulator.report;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.report.Sample.Phase;
import io.causeway.simulator.scenario.Commands;
import io.causeway.simulator.scenario.Connection;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.Firmware;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Pace;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Report;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Sleep;
import io.causeway.simulator.scenario.Span;
import io.causeway.simulator.scenario.TopicPattern;
import io.causeway.simulator.truth.Finding;
import io.causeway.simulator.truth.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Ten minutes of 10,000 sensors, of which half lose the network in the middle: what reports are tried with. */
final class BelievableRun {
    private static final int FAST = 6_000;
    private static final int SLEEPERS = 4_000;
    private static final int RAMP_UP_END = 60;
    private static final int OUTAGE = 300;
    private static final int OUTAGE_END = 345;
    private static final int STEADY_END = 600;
    private static final int DRAIN_END = 612;
    private static final int END = 640;

    private static final PayloadTemplate JSON =
            new PayloadTemplate(PayloadTemplate.Format.JSON, PayloadTemplate.Content.RANDOM_WALK, new Span<>(48, 96));

    private BelievableRun() {}

    static Scenario scenario() {
        return scenario("factory and street");
    }

    private static Scenario scenario(String name) {
        NetworkConditions lossy = new NetworkConditions(
                0.05,
                0.01,
                0,
                new Delay.LongTail(Duration.ofMillis(5), Duration.ofMillis(40)),
                250_000,
                Duration.ofMinutes(10),
                new Span<>(Duration.ofSeconds(30), Duration.ofSeconds(60)),
                Duration.ZERO);
        Group fast = new Group(
                "machines",
                FAST,
                Firmware.ZEPHYR,
                Connection.DEFAULT,
                new Report(
                        new Pace.Every(Duration.ofSeconds(1), 0.1),
                        Qos.AT_LEAST_ONCE,
                        false,
                        new TopicPattern("sim/{run}/{group}/{client}"),
                        JSON),
                null,
                null,
                null,
                null,
                null,
                null,
                lossy);
        Group sleepers = new Group(
                "meters",
                SLEEPERS,
                Firmware.STANDARD,
                Connection.DEFAULT,
                new Report(
                        new Pace.Every(Duration.ofSeconds(30), 0.2),
                        Qos.EXACTLY_ONCE,
                        true,
                        new TopicPattern("sim/{run}/meters/{index}"),
                        PayloadTemplate.DEFAULT),
                null,
                new Sleep(Duration.ofSeconds(30), 0.1),
                new Commands(
                        Duration.ofMinutes(5),
                        Qos.AT_LEAST_ONCE,
                        new TopicPattern("sim/{run}/{client}/command"),
                        PayloadTemplate.DEFAULT),
                null,
                null,
                null,
                NetworkConditions.IDEAL);
        Phases phases = new Phases(
                Duration.ofSeconds(RAMP_UP_END),
                Duration.ofSeconds(STEADY_END - RAMP_UP_END),
                Duration.ofSeconds(END - DRAIN_END),
                Duration.ofSeconds(30));
        return new Scenario(
                name,
                "Machines that report every second, and meters that sleep. In the middle the machines lose their network.",
                42,
                phases,
                List.of(fast, sleepers));
    }

    static FleetReport kept() {
        return report(scenario(), Outcome.KEPT, List.of(), 0);
    }

    static FleetReport broken() {
        return report(
                scenario(),
                Outcome.BROKEN,
                List.of(
                        new Finding(Finding.Kind.MISSING, "machines", "r1k7-machines-4711", "3 messages #12, #13, #77"),
                        new Finding(Finding.Kind.OUT_OF_ORDER, "machines", "r1k7-machines-4711", "1 message #78"),
                        new Finding(Finding.Kind.DUPLICATED, "meters", "r1k7-meters-0042", "2 more than once")),
                3);
    }

    static FleetReport broken(List<Finding> findings) {
        return report(scenario(), Outcome.BROKEN, findings, findings.size());
    }

    /** Of a gateway that was never there; without verification. */
    static FleetReport aborted() {
        Map<Trouble, Long> unanswered = Map.of(Trouble.CONNECT_UNANSWERED, 10_000L);
        return new FleetReport(
                scenario(),
                "udp://gateway.example:1883",
                "",
                "r1k7",
                Instant.parse("2026-03-01T08:30:00Z"),
                Duration.ZERO,
                Outcome.ABORTED,
                "nobody answers at gateway.example:1883",
                List.of(),
                List.of(new GroupReport("machines", FAST, FAST, Tally.NOTHING, Tally.NOTHING, unanswered)),
                List.of(),
                Distribution.NONE,
                Distribution.NONE,
                Distribution.NONE,
                0,
                0.3);
    }

    /** With names that come from elsewhere. */
    static FleetReport broken(String scenario, String client) {
        List<Finding> findings = List.of(new Finding(Finding.Kind.MISSING, "machines", client, "1 message #3"));
        return report(scenario(scenario), Outcome.BROKEN, findings, 1);
    }

    private static FleetReport report(Scenario scenario, Outcome outcome, List<Finding> findings, long missing) {
        List<Sample> samples = samples();
        Sample all = samples.stream().reduce(Sample::merge).orElseThrow();
        long meters = all.sent() / 40;
        Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
        troubles.put(Trouble.CONNECT_UNANSWERED, 812L);
        troubles.put(Trouble.CONNECTION_LOST, 5_988L);
        troubles.put(Trouble.PUBLISH_GIVEN_UP, 6_113L);
        Tally up = new Tally(
                all.sent() - meters,
                all.acknowledged() - meters,
                0,
                all.arrived() - meters - missing,
                missing,
                1_204,
                findings.isEmpty() ? 0 : 1,
                0,
                0,
                2_311);
        return new FleetReport(
                scenario,
                "udp://gateway.example:1883",
                "mqtt://broker.example:1883",
                "r1k7",
                Instant.parse("2026-03-01T08:30:00Z"),
                Duration.ofSeconds(END),
                outcome,
                "",
                findings,
                List.of(
                        new GroupReport("machines", FAST, 0, up, Tally.NOTHING, troubles),
                        new GroupReport(
                                "meters",
                                SLEEPERS,
                                0,
                                new Tally(meters, meters, 0, meters, 0, findings.isEmpty() ? 0 : 2, 0, 0, 0, 0),
                                new Tally(7_902, 7_899, 3, 7_899, 0, 12, 0, 0, 0, 0),
                                Map.of(Trouble.WAKE_UNANSWERED, 3L))),
                samples,
                distribution(all.acknowledged(), 9, 0.9),
                distribution(all.arrived(), 11, 0.8),
                distribution(7_902, 15_000, 0.6),
                0,
                212.4);
    }

    static List<Sample> samples() {
        SplittableRandom random = new SplittableRandom(1);
        List<Sample> samples = new ArrayList<>();
        for (int second = 1; second <= END; second++) {
            samples.add(sample(second, random));
        }
        return samples;
    }

    private static Sample sample(int second, SplittableRandom random) {
        boolean isOut = second > OUTAGE && second <= OUTAGE_END;
        int present = (int) (10_000 * presence(second));
        int connecting = second <= RAMP_UP_END ? Math.min(present, 160) : Math.max(0, 900 - 30 * afterOutage(second));
        int disconnected = isOut ? Math.min(FAST, (second - OUTAGE) * 300) : 0;
        int asleep = present * 36 / 100;
        Map<SensorState, Integer> states = new EnumMap<>(SensorState.class);
        states.put(SensorState.OFF, 10_000 - present);
        states.put(SensorState.CONNECTING, connecting);
        states.put(SensorState.ASLEEP, asleep);
        states.put(SensorState.AWAKE, present * 4 / 100);
        states.put(SensorState.DISCONNECTED, disconnected);
        states.put(SensorState.ACTIVE, Math.max(0, present * 60 / 100 - connecting - disconnected));

        boolean isPublishing = second <= STEADY_END;
        long due = isPublishing ? present * 6 / 10 + present / 75 : 0;
        long sent = isOut ? due / 8 : due + random.nextInt(90);
        long acknowledged = isOut ? present / 75 : sent - random.nextInt(20);
        double slowness = isOut ? 400 : 1 + 30.0 / (1 + afterOutage(second));
        Map<Trouble, Long> troubles = isOut ? Map.of(Trouble.CONNECTION_LOST, 133L) : Map.of();
        return new Sample(
                second * 1_000L,
                phase(second),
                states,
                isPublishing ? sent : 0,
                isPublishing ? acknowledged : 0,
                isPublishing ? acknowledged : 0,
                second > RAMP_UP_END && isPublishing ? 14 : 0,
                second > RAMP_UP_END && isPublishing ? 13 : 0,
                isPublishing ? percentiles(acknowledged, slowness * (8_000 + random.nextInt(900))) : Percentiles.NONE,
                isPublishing ? percentiles(acknowledged, slowness * (9_000 + random.nextInt(900))) : Percentiles.NONE,
                troubles,
                isPublishing ? random.nextInt(12) : 0);
    }

    private static Phase phase(int second) {
        if (second <= RAMP_UP_END) {
            return Phase.RAMP_UP;
        }
        if (second <= STEADY_END) {
            return Phase.STEADY;
        }
        return second <= DRAIN_END ? Phase.DRAIN : Phase.RAMP_DOWN;
    }

    private static double presence(int second) {
        if (second < RAMP_UP_END) {
            return second / (double) RAMP_UP_END;
        }
        return second <= DRAIN_END ? 1 : (END - second) / (double) (END - DRAIN_END);
    }

    private static int afterOutage(int second) {
        return second > OUTAGE_END ? second - OUTAGE_END : Integer.MAX_VALUE / 100;
    }

    private static Percentiles percentiles(long count, double medianMicros) {
        return new Percentiles(
                count,
                (long) medianMicros,
                (long) (medianMicros * 2.2),
                (long) (medianMicros * 6),
                (long) (medianMicros * 11),
                (long) (medianMicros * 16));
    }

    /** Log-normal, as latencies are wont to be. */
    private static Distribution distribution(long count, double medianMillis, double deviation) {
        SplittableRandom random = new SplittableRandom(2);
        LatencyRecorder recorder = new LatencyRecorder();
        for (int each = 0; each < 50_000; each++) {
            double gaussian = random.nextGaussian();
            recorder.record((long) (medianMillis * 1e6 * Math.exp(deviation * gaussian)));
        }
        Distribution distribution = recorder.distribution();
        Percentiles of = distribution.percentiles();
        return new Distribution(
                new Percentiles(count, of.p50Micros(), of.p90Micros(), of.p99Micros(), of.p999Micros(), of.maxMicros()),
                distribution.steps());
    }
}
