package io.causeway.gateway.cli;

import io.causeway.settings.ConfigException;
import io.causeway.settings.ConfigProblem;
import io.causeway.store.sqlite.StoreException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code causeway}: the command that has all others below it. */
@Command(
        name = "causeway",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        optionListHeading = "%nOptions:%n",
        synopsisSubcommandLabel = "COMMAND",
        description = "A gateway between MQTT-SN sensor networks and MQTT.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The command did what it was asked for.",
            "1:It could not; a message says why.",
            "2:The command line or the configuration file is wrong."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  causeway run                          devices reach each other on UDP 1883",
            "  causeway config > causeway.yaml       a configuration to start from",
            "  causeway check -c causeway.yaml       is it right?",
            "  causeway run -c causeway.yaml",
            "  causeway sub -v -t 'plant/#'          what devices publish",
            "  causeway pub -t plant/pump -m on      to devices",
            "  causeway decode 0218                  what is that datagram?",
            "  causeway forward --gateway udp://gw.example --udp 0.0.0.0:1884",
            "                                        devices here, the gateway there",
            "  causeway passwd users alice           a user who may log in",
            "  causeway store info                   what is kept over a restart",
            "  causeway ports                        serial ports to connect radios to",
            "",
            "'causeway COMMAND --help' tells more about a command."
        })
public final class CausewayCommand {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private CausewayCommand() {}

    /**
     * Runs one command line to its end.
     *
     * @return the exit code
     */
    public static int execute(
            Console console, Signals signals, GatewayStarter starter, ForwarderStarter forwarders, String... args) {
        return new CommandLine(new CausewayCommand())
                .addSubcommand(new RunCommand(console, signals, starter))
                .addSubcommand(new ForwardCommand(console, signals, forwarders))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new ConfigCommand(console))
                .addSubcommand(new PubCommand(console))
                .addSubcommand(new SubCommand(console, signals))
                .addSubcommand(new DecodeCommand(console))
                .addSubcommand(new PasswdCommand(console))
                .addSubcommand(new StoreCommand(console))
                .addSubcommand(new PortsCommand(console))
                .addSubcommand(SimulateCommand.withCommands(signals))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((exception, command, parsed) -> explain(exception, console))
                .execute(args);
    }

    private static int explain(Exception exception, Console console) {
        if (exception instanceof ConfigException refused) {
            refused.problems().stream().map(ConfigProblem::toString).forEach(console.err()::println);
            return WRONG_USAGE;
        }
        if (exception instanceof StartException
                || exception instanceof CommandFailure
                || exception instanceof StoreException) {
            console.err().println("causeway: " + exception.getMessage());
            return FAILED;
        }
        console.err().println("causeway: this is a bug, please report it with the following lines");
        exception.printStackTrace(console.err());
        return FAILED;
    }
}
