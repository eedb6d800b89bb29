package io.causeway.simulator;

import io.causeway.settings.ConfigException;
import io.causeway.settings.SettingsFile;
import io.causeway.simulator.fleet.FleetPlan;
import io.causeway.simulator.fleet.FleetRun;
import io.causeway.simulator.network.MediumSource;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.GroupReport;
import io.causeway.simulator.report.HtmlReport;
import io.causeway.simulator.report.JsonReport;
import io.causeway.simulator.report.LiveView;
import io.causeway.simulator.report.TextReport;
import io.causeway.simulator.scenario.Beacon;
import io.causeway.simulator.scenario.Hurry;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.scenario.ScenarioReader;
import io.causeway.simulator.scenario.ShippedScenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands that let a fleet loose on a gateway have in common: which fleet, and what is reported of it. */
final class FleetTrial {
    private static final int KEPT = 0;
    private static final int BROKEN = 1;
    private static final int ABORTED = 3;

    /** Of the list of scenarios. */
    private static final int NAME_COLUMNS = 14;

    private static final int ABOUT_COLUMNS = 66;
    private static final long NAME_MASK = 0xF_FFFF;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A scenario.")
    private @Nullable Path file;

    @Option(names = "--scenario", paramLabel = "NAME", description = "One that is shipped; see --list.")
    private @Nullable String shipped;

    @ArgGroup(exclusive = false)
    private @Nullable BrokerOptions broker;

    @Option(names = "--hurry", paramLabel = "N", description = "Everything in the scenario N times as fast; 1.")
    private int hurry = 1;

    @Option(names = "--scale", paramLabel = "F", description = "So many times the sensors of the scenario; 1.")
    private double scale = 1;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of that of the scenario.")
    private @Nullable Long seed;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "What client ids and topics of this run begin with, 1 to 8 letters and digits; made up "
                    + "otherwise.")
    private String run = Long.toString(System.nanoTime() & NAME_MASK, Character.MAX_RADIX);

    @Option(
            names = "--late",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "What is longer on its way counts as late; 30s.")
    private Duration late = Duration.ofSeconds(30);

    @Option(names = "--report", paramLabel = "FILE.html", description = "Write a page with charts.")
    private @Nullable Path htmlFile;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all of it for programs.")
    private @Nullable Path jsonFile;

    @Option(names = "--list", description = "List the scenarios that are shipped.")
    private boolean isToList;

    @Option(names = "--template", description = "Print a commented scenario with every key, to start from.")
    private boolean isToPrintTemplate;

    /**
     * Does what the options say.
     *
     * @param interrupts takes what is to be done whenever the user wants the command to end, on any thread
     * @param target     for a fleet; throws an {@link IllegalArgumentException} for what is wrong on the command line
     * @param given      the options for a fleet without a scenario, if there are any; null if not
     * @param otherwise  what stands for them then
     * @return the exit code
     */
    int call(
            Consumer<Runnable> interrupts,
            Function<Scenario, Target> target,
            @Nullable ScenarioOptions given,
            ScenarioOptions otherwise)
            throws ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        if (isToPrintTemplate) {
            out.print(ShippedScenarios.template());
            out.flush();
            return KEPT;
        }
        if (isToList) {
            out.print(listOfShipped());
            out.flush();
            return KEPT;
        }
        try {
            Scenario scenario = adapted(scenario(given, otherwise));
            Target tried = target.apply(scenario);
            return run(interrupts, plan(scenario, tried), tried);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int run(Consumer<Runnable> interrupts, FleetPlan plan, Target target) {
        List<String> shortages = target.shortages(plan.scenario().sensors());
        if (!shortages.isEmpty()) {
            shortages.forEach(this::complain);
            return ABORTED;
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            FleetReport report = run(interrupts, plan, target.medium(), out);
            write(report, out);
            return codeOf(report);
        } catch (IOException e) {
            complain(e.getMessage() == null ? e.toString() : e.getMessage());
            return ABORTED;
        } catch (RuntimeException bug) { // of the simulator: no verdict on the gateway
            complain("the simulator failed");
            bug.printStackTrace(spec.commandLine().getErr());
            return ABORTED;
        }
    }

    private static FleetReport run(Consumer<Runnable> interrupts, FleetPlan plan, MediumSource medium, PrintWriter out)
            throws IOException {
        FleetRun fleet = new FleetRun(plan, medium);
        boolean isTerminal = Help.Ansi.AUTO.enabled();
        try (LiveView view = new LiveView(out, isTerminal, plan.scenario(), plan.broker() != null)) {
            interrupts.accept(new Interruption(fleet, view));
            return fleet.run(view);
        }
    }

    private void write(FleetReport report, PrintWriter out) throws IOException {
        TextReport.write(report, out);
        out.flush();
        hintAtUnknownTopics(report);
        if (jsonFile != null) {
            JsonReport.write(report, jsonFile);
        }
        if (htmlFile != null) {
            HtmlReport.write(report, htmlFile);
        }
    }

    /** Nobody answers a beacon: a gateway that does not know its topic id shows in nothing else. */
    private void hintAtUnknownTopics(FleetReport report) {
        for (int i = 0; i < report.groups().size(); i++) {
            Beacon beacon = report.scenario().groups().get(i).beacon();
            GroupReport group = report.groups().get(i);
            boolean isInVain = group.up().sent() > 0 && group.up().arrived() == 0;
            if (beacon != null && broker != null && isInVain) {
                complain("nothing of '%s' arrived: does the gateway have the predefined topic %d with the name %s?"
                        .formatted(group.name(), beacon.topicId(), beacon.topic()));
            }
        }
    }

    private static int codeOf(FleetReport report) {
        return switch (report.outcome()) {
            case KEPT, UNVERIFIED -> KEPT;
            case BROKEN -> BROKEN;
            case ABORTED -> ABORTED;
        };
    }

    private static TextTable listOfShipped() throws ConfigException {
        TextTable list = TextTable.forColumns(
                Help.defaultColorScheme(Help.Ansi.OFF),
                new Column(NAME_COLUMNS, 0, Column.Overflow.SPAN),
                new Column(ABOUT_COLUMNS, 0, Column.Overflow.WRAP));
        for (String name : ShippedScenarios.NAMES) {
            list.addRowValues(
                    name, ScenarioReader.read(ShippedScenarios.file(name)).about());
        }
        return list;
    }

    private FleetPlan plan(Scenario scenario, Target target) {
        if (!run.matches("[A-Za-z0-9]{1,8}")) {
            throw new IllegalArgumentException("--run has 1 to 8 letters and digits");
        }
        requireDirectoryOf(htmlFile);
        requireDirectoryOf(jsonFile);
        return new FleetPlan(scenario, target.name(), broker == null ? null : broker.target(), late, run);
    }

    private Scenario scenario(@Nullable ScenarioOptions given, ScenarioOptions otherwise) throws ConfigException {
        long sources = Stream.of(file, shipped, given).filter(Objects::nonNull).count();
        if (sources > 1) {
            throw new IllegalArgumentException(
                    "either FILE, --scenario, or the options for a fleet without a scenario");
        }
        if (file != null) {
            return ScenarioReader.read(SettingsFile.at(file));
        }
        if (shipped != null) {
            return ScenarioReader.read(ShippedScenarios.file(shipped));
        }
        return (given == null ? otherwise : given).scenario();
    }

    private Scenario adapted(Scenario scenario) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("--scale is more than 0");
        }
        Scenario seeded = seed == null ? scenario : scenario.withSeed(seed);
        return new Hurry(hurry).of(seeded.scaled(scale));
    }

    /** After hours, a report should not fail for that. */
    private static void requireDirectoryOf(@Nullable Path report) {
        if (report != null && !Files.isWritable(report.toAbsolutePath().resolveSibling("."))) {
            throw new IllegalArgumentException("nothing can be written beside " + report);
        }
    }

    private void complain(String problem) {
        spec.commandLine().getErr().println("causeway: " + problem);
    }

    /** What the user's wish to end does: first it is granted in order, then at once. */
    private static final class Interruption implements Runnable {
        private final FleetRun fleet;
        private final LiveView view;
        private boolean isSecond;

        Interruption(FleetRun fleet, LiveView view) {
            this.fleet = fleet;
            this.view = view;
        }

        @Override
        public synchronized void run() {
            if (isSecond) {
                view.close();
                Runtime.getRuntime().halt(ABORTED);
            }
            isSecond = true;
            fleet.stop();
        }
    }

    /** The options that make up a scenario. */
    interface ScenarioOptions {
        /** @throws IllegalArgumentException if there is no such scenario, with a message for the user */
        Scenario scenario();
    }

    /**
     * What is tried, over what.
     *
     * @param name as the user named it
     * @param hasSocketEach whether each sensor takes a socket of this machine
     */
    record Target(String name, MediumSource medium, boolean hasSocketEach) {
        List<String> shortages(int sensors) {
            return hasSocketEach ? Limits.ofThisMachine().shortages(sensors) : List.of();
        }
    }
}
