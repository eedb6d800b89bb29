package io.causeway.gateway.cli;

import io.causeway.settings.ConfigException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code causeway check}: says what is wrong with a configuration file. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        optionListHeading = "%nOptions:%n",
        description = {
            "Check a configuration file.",
            "",
            "Every mistake is named in one go, each in one line with file, line, column, key, what is wrong and what "
                    + "is allowed there. Nothing is opened or connected to."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:The file is right.", "2:It is not."})
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The file to check.")
    private Path file = Path.of("");

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ConfigException {
        ConfigSource.file(file).load();
        console.out().println(file + ": right");
        return CausewayCommand.DONE;
    }
}
