package io.causeway.simulator;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.load.LoadPlan;
import io.causeway.simulator.load.LoadReport;
import io.causeway.simulator.load.LoadRun;
import io.causeway.simulator.load.ReportText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code causeway simulate load}: puts load on a gateway and counts at the broker behind it. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        sortOptions = false,
        description = {
            "Publish from many MQTT-SN clients and count at the MQTT broker what arrives.",
            "",
            "Every client has a UDP port of its own and one message under way. Without --rate each sends its next "
                    + "message when the one before is acknowledged. The last line is printed when all stragglers are in: "
                    + "messages per second at the broker, latency of the acknowledgement and end to end, CPU seconds per "
                    + "million messages and memory of the process given by --pid, messages acknowledged but missing, and "
                    + "messages sent but lost.",
            "",
            "See that the broker has room for what is under way (mosquitto: max_queued_messages 0)."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All that was acknowledged has arrived, and at QoS 2 only once.",
            "1:Not so; or the run could not take place, and a message says why.",
            "2:Wrong usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway simulate load --gateway udp://127.0.0.1:1884 --verify mqtt://127.0.0.1:1883 --clients 100 --qos 1",
            "  causeway simulate load --gateway udp://127.0.0.1:1884 --verify mqtt://127.0.0.1:1883 --qos 0 --rate 20000"
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int SOUND = 0;
    private static final int UNSOUND = 1;
    private static final long NAME_MASK = 0x3FFF_FFFF;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--gateway", required = true, paramLabel = "URI", description = "The gateway, udp://HOST[:PORT].")
    private URI gateway = URI.create("udp://127.0.0.1");

    @ArgGroup(exclusive = false, multiplicity = "1")
    private BrokerOptions broker = new BrokerOptions();

    @Option(names = "--clients", paramLabel = "N", defaultValue = "100", description = "How many; ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--qos",
            paramLabel = "0|1|2",
            defaultValue = "1",
            description = "Of the messages; ${DEFAULT-VALUE}.")
    private int qos;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Messages per second of all clients together; QoS 0 needs it. Otherwise as many as are "
                    + "acknowledged.")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long to measure; ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "3",
            description = "How long to publish before; ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--payload",
            paramLabel = "OCTETS",
            defaultValue = "64",
            description = "Size of a message, 28 or more; ${DEFAULT-VALUE}.")
    private int payloadOctets;

    @Option(
            names = "--retry",
            paramLabel = "S",
            defaultValue = "2",
            description = "After so long without an answer a packet is sent again; ${DEFAULT-VALUE}.")
    private int retrySeconds;

    @Option(names = "--pid", paramLabel = "PID", description = "Watch this process, the gateway's. Can be repeated.")
    private List<Long> pids = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write all that was measured here, too.")
    private String jsonFile = "";

    @Override
    public Integer call() throws IOException {
        LoadPlan plan = plan();
        List<String> shortages = Limits.ofThisMachine().shortages(plan.clients());
        if (!shortages.isEmpty()) {
            shortages.forEach(this::complain);
            return UNSOUND;
        }
        PrintWriter out = spec.commandLine().getOut();
        LoadReport report;
        try {
            report = LoadRun.run(plan, nameOfRun());
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
            return UNSOUND;
        }
        out.println(ReportText.header());
        out.println(ReportText.row(report));
        if (!jsonFile.isEmpty()) {
            Files.writeString(Path.of(jsonFile), ReportText.json(report) + "\n");
        }
        return report.isSound() ? SOUND : UNSOUND;
    }

    private LoadPlan plan() {
        try {
            LoadPlan plan = new LoadPlan(
                    Endpoints.address(gateway, "udp", Endpoints.MQTT_SN_PORT),
                    gateway.toString(),
                    broker.target(),
                    clients,
                    qos(),
                    rate,
                    Duration.ofSeconds(warmUpSeconds),
                    Duration.ofSeconds(seconds),
                    payloadOctets,
                    Duration.ofSeconds(retrySeconds),
                    pids);
            plan.fleet(nameOfRun()); // what is wrong is told now
            return plan;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Qos qos() {
        if (qos < Qos.AT_MOST_ONCE.wireValue() || qos > Qos.EXACTLY_ONCE.wireValue()) {
            throw new IllegalArgumentException("QoS is 0, 1 or 2");
        }
        return Qos.of(qos);
    }

    private void complain(String problem) {
        spec.commandLine().getErr().println("causeway: " + problem);
    }

    /** Short, because client ids of 23 characters have to do. */
    private static String nameOfRun() {
        return Long.toString(System.nanoTime() & NAME_MASK, Character.MAX_RADIX);
    }
}
