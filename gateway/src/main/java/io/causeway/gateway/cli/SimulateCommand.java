package io.causeway.gateway.cli;

import io.causeway.simulator.FleetCommand;
import io.causeway.simulator.LoadCommand;
import io.causeway.simulator.SerialCommand;
import io.causeway.simulator.XBeeCommand;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code causeway simulate}: what plays sensors. Does nothing by itself. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        description = "Play sensors, to load and to try a gateway.")
final class SimulateCommand {
    private SimulateCommand() {}

    /** With the commands below it. */
    static CommandLine withCommands(Signals signals) {
        Consumer<Runnable> interrupts = action -> signals.on(Signals.Kind.INT, action);
        return new CommandLine(new SimulateCommand())
                .addSubcommand(new FleetCommand(interrupts))
                .addSubcommand(new XBeeCommand(interrupts))
                .addSubcommand(new SerialCommand(interrupts))
                .addSubcommand(new LoadCommand());
    }
}
