package io.causeway.simulator;

import io.causeway.radio.framing.Framing;
import io.causeway.settings.ConfigException;
import io.causeway.simulator.network.MediumSource;
import io.causeway.simulator.radio.LineConditions;
import io.causeway.simulator.radio.PtyMedium;
import io.causeway.simulator.radio.SerialConditions;
import io.causeway.simulator.scenario.Scenario;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code causeway simulate serial}: a serial line with sensors on it, for a gateway without hardware. */
@Command(
        name = "serial",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        sortOptions = false,
        description = {
            "Emulate a serial line on a pseudo-terminal, with MQTT-SN sensors on it.",
            "",
            "One sensor has the line for itself; several share it, each message in the envelope of a forwarder. What they "
                    + "do is in a scenario, as for simulate fleet, or in the options at the end. They begin at once, so "
                    + "start the gateway first, or within half a minute."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every promise was kept, or, without --verify, nobody looked.",
            "1:Promises, or rules of the line, were broken.",
            "2:The command line or the scenario is wrong.",
            "3:The run could not take place, or was aborted."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  causeway simulate serial --pty ./tty0 --framing slip-crc --clients 8 --verify mqtt://127.0.0.1:1883",
            "",
            "The gateway has a link for it: {type: serial, port: ./tty0, baud: 115200, framing: slip-crc}",
            "Ctrl-C ends a run in order, with a report; twice, at once."
        })
public final class SerialCommand implements Callable<Integer> {
    private final Consumer<Runnable> interrupts;

    /** @param interrupts takes what is to be done whenever the user wants the command to end, on any thread */
    public SerialCommand(Consumer<Runnable> interrupts) {
        this.interrupts = interrupts;
    }

    @Mixin
    private PortOptions port = new PortOptions();

    @Option(
            names = "--framing",
            paramLabel = "WORD",
            converter = ScenarioConverters.OfLine.class,
            description = "How messages are told apart: raw, slip, slip-crc; raw.")
    private Framing framing = Framing.RAW;

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of messages in each direction, like 5%%; 0%%.")
    private double loss;

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of messages of sensors.")
    private double duplicates;

    @Option(
            names = "--max-packet",
            paramLabel = "OCTETS",
            description = "The longest message that the sensors can take; 1024.")
    private int largestPacketOctets = 1_024;

    @Mixin
    private FleetTrial trial = new FleetTrial();

    @ArgGroup(exclusive = false, heading = "%nWithout a scenario:%n")
    private @Nullable RadioFleet fleet;

    @Override
    public Integer call() throws ConfigException {
        return trial.call(interrupts, this::target, fleet, new RadioFleet());
    }

    private FleetTrial.Target target(Scenario scenario) {
        boolean isShared = scenario.sensors() > 1;
        SerialConditions conditions = new SerialConditions(framing, isShared, loss, duplicates, largestPacketOctets);
        LineConditions line = port.line();
        MediumSource medium = PtyMedium.serial(port.link(), conditions, line, port.plugging(), scenario.seed());
        return new FleetTrial.Target(port.link().toString(), medium, false);
    }
}
