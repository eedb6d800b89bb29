package io.causeway.broker.listen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.abort;

/** Programs of the system that tests use. A test that asks for one is skipped, saying so, where it is missing. */
final class Programs {
    private Programs() {}

    /** A program of the Debian packages mosquitto-clients, openssl or nodejs. */
    static Path find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(
                        () -> abort("no " + name + " here: 'apt install mosquitto-clients openssl nodejs' brings it"));
    }

    /** Runs it to its end; all that it says goes into the file. */
    static int run(ProcessBuilder command, Path output) {
        try {
            return start(command, output).waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Process start(ProcessBuilder command, Path output) {
        try {
            return command.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
