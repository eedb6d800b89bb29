package io.causeway.simulator;

import io.causeway.simulator.scenario.Commands;
import io.causeway.simulator.scenario.Connection;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.Sleep;
import io.causeway.simulator.scenario.TopicPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A scenario for a radio or a line, from the command line: sensors that report and get commands, some of them asleep. */
final class RadioFleet implements FleetTrial.ScenarioOptions {
    private static final long SEED = 1;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofMinutes(1);

    /** A slow channel carries this many handshakes at once. */
    private static final int NODES_PER_SECOND = 10;

    private static final TopicPattern REPORTS = new TopicPattern("sim/{run}/{group}/{index}/report");
    private static final TopicPattern COMMANDS = new TopicPattern("sim/{run}/{group}/{index}/command");

    /** Text, so that who subscribes sees what there is; JSON would not fit into every radio's packet. */
    private static final PayloadTemplate COMMAND = new PayloadTemplate(
            PayloadTemplate.Format.TEXT, PayloadTemplate.Content.COUNTER, PayloadTemplate.DEFAULT.octets());

    /** Instead of the end that the user sets to a run. */
    private static final Duration WITHOUT_END = Duration.ofDays(365);

    @Option(
            names = {"--nodes", "--clients"},
            paramLabel = "N",
            description = "How many sensors; 20.")
    private int nodes = 20;

    @ArgGroup(exclusive = false)
    private ReportOptions reports = new ReportOptions();

    @Option(
            names = "--sleepers",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of the sensors, which sleep; 20%%.")
    private double sleepers = 0.2;

    @Option(
            names = "--sleep",
            paramLabel = "TIME",
            converter = ScenarioConverters.WholeSeconds.class,
            description = "And wake once in this time; 30s.")
    private Duration sleep = Duration.ofSeconds(30);

    @Option(
            names = "--commands",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "Each is sent a command so often on average, with --verify; 1m.")
    private Duration commands = Duration.ofMinutes(1);

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "How long all of them are there; until Ctrl-C.")
    private Duration duration = WITHOUT_END;

    @Override
    public Scenario scenario() {
        int asleep = (int) Math.round(nodes * sleepers);
        List<Group> groups = new ArrayList<>();
        if (asleep < nodes || asleep == 0) {
            groups.add(group("nodes", nodes - asleep, null));
        }
        if (asleep > 0) {
            groups.add(group("sleepers", asleep, new Sleep(sleep, 0.1)));
        }
        Phases phases = new Phases(SECOND.multipliedBy(1 + nodes / NODES_PER_SECOND), duration, SECOND, DRAIN);
        return new Scenario("flags", "Sensors on a radio or a line, from the command line.", SEED, phases, groups);
    }

    private Group group(String name, int count, @Nullable Sleep asleep) {
        return new Group(
                name,
                count,
                reports.firmware(),
                Connection.DEFAULT,
                reports.of(nodes, REPORTS, PayloadTemplate.Format.TEXT),
                null,
                asleep,
                new Commands(commands, reports.qos(), COMMANDS, COMMAND),
                null,
                null,
                null,
                NetworkConditions.IDEAL);
    }
}
