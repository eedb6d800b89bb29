package io.causeway.gateway.cli;

import io.causeway.simulator.LoadCommand;
import picocli.CommandLine.Command;

/** {@code causeway simulate}: what plays sensors. Does nothing by itself. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        subcommands = LoadCommand.class,
        description = "Play sensors, to load and to try a gateway.")
final class SimulateCommand {}
