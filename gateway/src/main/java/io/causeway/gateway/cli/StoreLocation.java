package io.causeway.gateway.cli;

import io.causeway.settings.ConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that the commands below {@code store} share: where the data directory is. */
final class StoreLocation {
    @ArgGroup
    private Choice choice = new Choice();

    /** One of the two, or none. */
    static final class Choice {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                description = "The settings of the gateway, which name its data directory.")
        private @Nullable Path file;

        @Option(
                names = {"-d", "--data-dir"},
                paramLabel = "DIR",
                description = "The data directory itself. Default: ./data")
        private @Nullable Path directory;
    }

    /**
     * @throws ConfigException if the settings are wrong
     * @throws CommandFailure  if they say that nothing is kept
     */
    Path directory() throws ConfigException, CommandFailure {
        if (choice.directory != null) {
            return choice.directory;
        }
        ConfigSource source = choice.file == null ? ConfigSource.defaults() : ConfigSource.file(choice.file);
        Path configured = source.load().dataDir();
        if (configured == null) {
            throw new CommandFailure("data-dir is none: this gateway keeps nothing on the disk");
        }
        return configured;
    }
}
