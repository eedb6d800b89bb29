package io.causeway.gateway.cli;

import io.causeway.gateway.config.ConfigTemplate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code causeway config}: prints a configuration to start from. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        optionListHeading = "%nOptions:%n",
        description = "Print a commented configuration file with every setting and its default.",
        footerHeading = "%nExample:%n",
        footer = "  causeway config > causeway.yaml")
final class ConfigCommand implements Callable<Integer> {
    private final Console console;

    ConfigCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(ConfigTemplate.text());
        return CausewayCommand.DONE;
    }
}
