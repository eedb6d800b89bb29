package io.causeway.simulator;

import io.causeway.simulator.scenario.Commands;
import io.causeway.simulator.scenario.Connection;
import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Sleep;
import io.causeway.simulator.scenario.TopicPattern;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A scenario of one group, from the command line. */
final class SimpleFleet implements FleetTrial.ScenarioOptions {
    private static final long SEED = 1;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofMinutes(1);
    private static final TopicPattern REPORTS = new TopicPattern("sim/{run}/{index}/report");
    private static final TopicPattern COMMANDS = new TopicPattern("sim/{run}/{index}/command");

    @Option(names = "--clients", paramLabel = "N", description = "How many sensors; 100.")
    private int clients = 100;

    @ArgGroup(exclusive = false)
    private ReportOptions reports = new ReportOptions();

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
            names = "--loss",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of datagrams in each direction, like 5%%; 0%%.")
    private double loss;

    @Option(
            names = "--duplication",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of datagrams in each direction, like 1%%; 0%%.")
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
        return new Group(
                "sensors",
                clients,
                reports.firmware(),
                Connection.DEFAULT,
                reports.of(clients, REPORTS, PayloadTemplate.Format.OCTETS),
                null,
                sleep == null ? null : new Sleep(sleep, 0),
                commands == null ? null : new Commands(commands, reports.qos(), COMMANDS, PayloadTemplate.DEFAULT),
                null,
                null,
                null,
                network());
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
