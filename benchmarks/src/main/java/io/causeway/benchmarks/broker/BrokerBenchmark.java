package io.causeway.benchmarks.broker;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import static io.causeway.benchmarks.broker.Table.number;

/** Measures MQTT brokers side by side; {@code benchmarks/broker.sh} calls it. */
@Command(
        name = "broker-benchmark",
        mixinStandardHelpOptions = true,
        description = "Measures MQTT brokers side by side.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Everything has arrived.", "1:Something is missing, or a row failed.", "2:Wrong usage."})
public final class BrokerBenchmark implements Callable<Integer> {
    private static final int STARTS = 3;
    private static final List<Integer> QOS = List.of(0, 1, 2);
    private static final int MANY = 100;
    private static final int FEW = 10;
    private static final List<String> HEADINGS =
            List.of("msg/s", "missing", "p50 ms", "p99 ms", "paced p50", "paced p99", "CPU s/M", "RSS MiB", "load %");
    private static final int WARM_UP_CONNECTIONS = 1_000;
    private static final int FLOW_LABEL_WIDTH = 14;
    private static final int COST_LABEL_WIDTH = 44;
    private static final int PERCENT = 100;

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME=HOST:PORT[=COMMAND]",
            description = "A broker: running already, or with the command that starts it.")
    private List<String> brokers = List.of();

    @Option(names = "--seconds", defaultValue = "10", description = "How long a flow is measured; ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--connections", defaultValue = "10000", description = "Idle ones; ${DEFAULT-VALUE}.")
    private int connections;

    @Option(names = "--topics", defaultValue = "100000", description = "Retained ones; ${DEFAULT-VALUE}.")
    private int topics;

    @Option(names = "--rows", defaultValue = "", description = "Only rows whose name contains this text.")
    private String rows = "";

    private final PrintStream out = System.out;
    private List<Contender> contenders = List.of();
    private boolean isSound = true;

    /** Exits with 0 if everything has arrived. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new BrokerBenchmark());
        System.exit(command.setOverwrittenOptionsAllowed(true).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        contenders = brokers.stream().map(Contender::parse).toList();
        try (LoadLoop loop = new LoadLoop()) {
            out.println("load average " + loadAverage());
            printCosts(loop);
            printFlows(loop);
            out.println("load average " + loadAverage());
        } finally {
            for (Contender contender : contenders) {
                contender.stop();
            }
        }
        return isSound ? 0 : 1;
    }

    /** What may be measured only on a broker that has just started. */
    private void printCosts(LoadLoop loop) throws InterruptedException {
        Table table = new Table(out, COST_LABEL_WIDTH);
        table.printHead(List.of(), names());
        printCost(table, List.of("start to first CONNACK, s"), this::startUp);
        printCost(
                table,
                List.of(
                        "connections/s, just started",
                        "connections/s, again",
                        "CPU us/connection, again",
                        "resident KiB/idle connection"),
                contender -> {
                    contender.restart();
                    new ConnectionLoad(loop, WARM_UP_CONNECTIONS).run(contender); // this process gets warm
                    contender.restart();
                    var figures = new ConnectionLoad(loop, connections).run(contender);
                    return List.of(
                            number(figures.firstPerSecond(), 0),
                            number(figures.secondPerSecond(), 0),
                            number(figures.cpuMicros(), 0),
                            number(figures.kibPerConnection(), 1));
                });
        printCost(
                table,
                List.of("retained stored/s", "retained octets/topic", "retained delivered/s", "retained missing"),
                contender -> {
                    contender.restart();
                    var figures = new RetainedLoad(loop, topics).run(contender);
                    isSound &= figures.missing() == 0;
                    return List.of(
                            number(figures.storedPerSecond(), 0),
                            number(figures.octetsPerTopic(), 0),
                            number(figures.deliveredPerSecond(), 0),
                            Long.toString(figures.missing()));
                });
        out.println();
    }

    /** One measurement that gives several rows. */
    private void printCost(Table table, List<String> labels, Measurement measurement) throws InterruptedException {
        if (labels.stream().noneMatch(label -> label.contains(rows))) {
            return;
        }
        List<List<String>> figures = measureAll(measurement, labels.size());
        for (int row = 0; row < labels.size(); row++) {
            int index = row;
            table.printRow(
                    labels.get(row),
                    figures.stream().map(all -> List.of(all.get(index))).toList());
        }
    }

    private List<String> startUp(Contender contender) throws LoadFailure, InterruptedException {
        double[] starts = new double[STARTS];
        for (int start = 0; start < STARTS; start++) {
            contender.stop();
            starts[start] = contender.start();
        }
        Arrays.sort(starts);
        return List.of(number(starts[STARTS / 2], 2));
    }

    private void printFlows(LoadLoop loop) throws InterruptedException {
        List<Flow> flows = Stream.of(new Flow(1, 1, 0), new Flow(MANY, 1, 0), new Flow(1, MANY, 0))
                .flatMap(flow -> QOS.stream().map(qos -> new Flow(flow.publishers(), flow.subscribers(), qos)))
                .filter(flow -> flow.title().contains(rows))
                .toList();
        if (flows.isEmpty()) {
            return;
        }
        FlowLoad load = new FlowLoad(loop, Duration.ofSeconds(seconds));
        measureAll(contender -> warmUp(load, contender), 1);
        Table table = new Table(out, FLOW_LABEL_WIDTH);
        table.printHead(HEADINGS, names());
        for (Flow flow : flows) {
            table.printRow(flow.title(), measureAll(contender -> cells(load.run(flow, contender)), HEADINGS.size()));
        }
    }

    /** So that neither a broker on a virtual machine nor this process is measured while it is being compiled. */
    private static List<String> warmUp(FlowLoad load, Contender contender) throws LoadFailure, InterruptedException {
        contender.restart();
        for (int qos : QOS) {
            load.run(new Flow(FEW, FEW, qos), contender);
        }
        return List.of();
    }

    private List<String> cells(FlowLoad.Figures figures) {
        isSound &= figures.missing() == 0;
        return List.of(
                number(figures.copiesPerSecond(), 0),
                Long.toString(figures.missing()),
                number(figures.full().p50Millis(), 2),
                number(figures.full().p99Millis(), 2),
                number(figures.paced().p50Millis(), 2),
                number(figures.paced().p99Millis(), 2),
                number(figures.cpuSecondsPerMillion(), 1),
                number(figures.residentMib(), 0),
                number(figures.loadShare() * PERCENT, 0));
    }

    /** One broker after the other, so that each has the machine to itself; one that fails does not end the others' rows. */
    private List<List<String>> measureAll(Measurement measurement, int figures) throws InterruptedException {
        List<List<String>> all = new ArrayList<>();
        for (Contender contender : contenders) {
            try {
                all.add(measurement.of(contender));
            } catch (LoadFailure e) {
                isSound = false;
                System.err.println(contender.name() + ": " + e.getMessage());
                all.add(Collections.nCopies(figures, "failed"));
            }
        }
        return all;
    }

    private List<String> names() {
        return contenders.stream().map(Contender::name).toList();
    }

    /** Of the last minute: how quiet the machine was. */
    private static String loadAverage() {
        double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return number(average, 2) + " on " + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /** Gives the cells of one broker. */
    private interface Measurement {
        List<String> of(Contender contender) throws LoadFailure, InterruptedException;
    }
}
