package io.causeway.simulator;

import io.causeway.codec.v12.Qos;
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
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A scenario of one group, from the command line. */
final class SimpleFleet implements FleetTrial.ScenarioOptions {
    private static final long SEED = 1;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofMinutes(1);
    private static final long MOST_PER_SENSOR = 1_000;
    private static final TopicPattern REPORTS = new TopicPattern("sim/{run}/{index}/report");
    private static final TopicPattern COMMANDS = new TopicPattern("sim/{run}/{index}/command");

    @Option(names = "--clients", paramLabel = "N", description = "How many sensors; 100.")
    private int clients = 100;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "From one report of a sensor to its next, give or take a tenth; 10s.")
    private @Nullable Duration every;

    @Option(names = "--rate", paramLabel = "N", description = "Instead: reports per second of all sensors together.")
    private @Nullable Integer rate;

    @Option(
            names = "--qos",
            paramLabel = "0|1|2",
            converter = ScenarioConverters.OfReports.class,
            description = "Of reports and commands; 1.")
    private Qos qos = Qos.AT_LEAST_ONCE;

    @Option(
            names = "--payload",
            paramLabel = "OCTETS",
            converter = ScenarioConverters.Octets.class,
            description = "Size of a report: 64, or 20..200; 32.")
    private Span<Integer> payload = PayloadTemplate.DEFAULT.octets();

    @Option(
            names = "--sleep",
            paramLabel = "TIME",
            converter = ScenarioConverters.WholeSeconds.class,
            description = "They sleep, and wake once in this time.")
    private @Nullable Duration sleep;

    @Option(
            names = "--commands",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "Each is sent a command so often on average, with --verify.")
    private @Nullable Duration commands;

    @Option(
            names = "--firmware",
            paramLabel = "WORD",
            converter = ScenarioConverters.Habits.class,
            description = "Whose habits they have: standard, emcute, asymcute, zephyr, paho, wolfmqtt, arduino.")
    private Firmware firmware = Firmware.STANDARD;

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of datagrams in each direction: 5%%.")
    private double loss;

    @Option(
            names = "--duplication",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of datagrams in each direction: 1%%.")
    private double duplication;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = ScenarioConverters.OnTheWay.class,
            description = "Of datagrams in each direction: 80ms, 20ms..80ms, 80ms+-20ms or 80ms+200ms.")
    private Delay delay = Delay.NONE;

    @Option(
            names = "--ramp-up",
            paramLabel = "TIME",
            converter = ScenarioConverters.TimeOrNone.class,
            description = "Over which they appear; 5s.")
    private Duration rampUp = Duration.ofSeconds(5);

    @Option(names = "--seconds", paramLabel = "S", description = "How long all of them are there; 60.")
    private int seconds = 60;

    @Override
    public Scenario scenario() {
        Phases phases = new Phases(rampUp, Duration.ofSeconds(seconds), SECOND, DRAIN);
        return new Scenario("flags", "A fleet from the command line.", SEED, phases, List.of(group()));
    }

    private Group group() {
        PayloadTemplate template =
                new PayloadTemplate(PayloadTemplate.Format.OCTETS, PayloadTemplate.Content.COUNTER, payload);
        return new Group(
                "sensors",
                clients,
                firmware,
                Connection.DEFAULT,
                new Report(new Pace.Every(interval(), 0.1), qos, false, REPORTS, template),
                null,
                sleep == null ? null : new Sleep(sleep, 0),
                commands == null ? null : new Commands(commands, qos, COMMANDS, PayloadTemplate.DEFAULT),
                null,
                null,
                null,
                network());
    }

    private Duration interval() {
        if (rate == null) {
            return every == null ? Duration.ofSeconds(10) : every;
        }
        if (every != null) {
            throw new IllegalArgumentException("--rate and --every exclude each other");
        }
        if (rate < 1 || rate > clients * MOST_PER_SENSOR) {
            throw new IllegalArgumentException("--rate is 1 or more, and no more than 1,000 per sensor");
        }
        return SECOND.multipliedBy(clients).dividedBy(rate);
    }

    private NetworkConditions network() {
        NetworkConditions ideal = NetworkConditions.IDEAL;
        return new NetworkConditions(
                loss,
                duplication,
                0,
                delay,
                ideal.bitsPerSecond(),
                ideal.outageEvery(),
                ideal.outage(),
                ideal.natRebinding());
    }
}
