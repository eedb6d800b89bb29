package io.causeway.simulator;

import io.causeway.settings.ConfigException;
import io.causeway.simulator.network.Medium;
import io.causeway.simulator.network.MediumSource;
import io.causeway.simulator.network.SocketLoop;
import io.causeway.simulator.radio.LineConditions;
import io.causeway.simulator.radio.PtyMedium;
import io.causeway.simulator.radio.XBeeConditions;
import io.causeway.simulator.scenario.Scenario;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code causeway simulate xbee}: an XBee radio with a network of sensors behind it, for a gateway without hardware. */
@Command(
        name = "xbee",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        sortOptions = false,
        description = {
            "Emulate an XBee radio on a pseudo-terminal, with a network of MQTT-SN sensors behind it.",
            "",
            "A gateway on this machine opens the pseudo-terminal as its serial port; the sensors begin when it has asked "
                    + "the radio for its mode and state. What they do is in a scenario, as for simulate fleet, or in the "
                    + "options at the end. What the gateway sends is checked: frames, ids, addresses, sizes, and whom it "
                    + "wakes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every promise was kept, or, without --verify, nobody looked.",
            "1:Promises, or rules of the radio, were broken.",
            "2:The command line or the scenario is wrong.",
            "3:The run could not take place, or was aborted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway simulate xbee --pty ./xbee0 --nodes 50 --verify mqtt://127.0.0.1:1883",
            "  causeway simulate xbee --pty ./xbee0 --loss 5%% --garbage 5%% --unplug 30s..90s --replugs 5 --duration 10m",
            "",
            "The gateway has a link for it: {type: xbee, port: ./xbee0, baud: 115200}",
            "Ctrl-C ends a run in order, with a report; twice, at once."
        })
public final class XBeeCommand implements Callable<Integer> {
    private final Consumer<Runnable> interrupts;

    /** @param interrupts takes what is to be done whenever the user wants the command to end, on any thread */
    public XBeeCommand(Consumer<Runnable> interrupts) {
        this.interrupts = interrupts;
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PortOptions port = new PortOptions();

    @Mixin
    private AirOptions air = new AirOptions();

    @Mixin
    private FleetTrial trial = new FleetTrial();

    @ArgGroup(exclusive = false, heading = "%nWithout a scenario:%n")
    private @Nullable RadioFleet fleet;

    @Override
    public Integer call() throws ConfigException {
        return trial.call(interrupts, this::target, fleet, new RadioFleet());
    }

    private FleetTrial.Target target(Scenario scenario) {
        XBeeConditions conditions = air.conditions();
        LineConditions line = port.line();
        MediumSource medium = PtyMedium.xbee(port.link(), conditions, line, port.plugging(), scenario.seed());
        return new FleetTrial.Target(port.link().toString(), (clock, loop) -> announced(medium, clock, loop), false);
    }

    private Medium announced(MediumSource source, LongSupplier clock, SocketLoop loop) throws IOException {
        Medium medium = source.open(clock, loop);
        spec.commandLine().getOut().println("a radio is at " + port.link() + "; waiting for a gateway to open it");
        spec.commandLine().getOut().flush();
        return medium;
    }
}
