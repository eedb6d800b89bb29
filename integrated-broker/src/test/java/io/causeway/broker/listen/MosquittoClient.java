package io.causeway.broker.listen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line clients of mosquitto. */
final class MosquittoClient {
    private final InetSocketAddress broker;
    private final String version;
    private final Path directory;
    private final List<String> options;

    /**
     * @param version   31, 311 or 5
     * @param directory for what they say
     * @param options   for all of them, of TLS for instance
     */
    MosquittoClient(InetSocketAddress broker, String version, Path directory, String... options) {
        this.broker = broker;
        this.version = version;
        this.directory = directory;
        this.options = List.of(options);
    }

    /** Publishes, and gives the exit code. */
    int publish(String... arguments) {
        return Programs.run(command("mosquitto_pub", arguments), directory.resolve("pub.log"));
    }

    /** Subscribes until so many messages have come. */
    Subscription subscribe(int messages, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-C", Integer.toString(messages), "-W", "20"));
        Path output = directory.resolve("sub-" + System.nanoTime() + ".log");
        return new Subscription(Programs.start(command("mosquitto_sub", all.toArray(String[]::new)), output), output);
    }

    String said() {
        return String.join("\n", lines(directory.resolve("pub.log")));
    }

    private ProcessBuilder command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Programs.find(program).toString());
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(broker.getPort()), "-V", version));
        command.addAll(options);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mosquitto_sub that runs. */
    record Subscription(Process process, Path output) {
        /** Waits for its end, and gives what it said. */
        List<String> lines() {
            try {
                process.waitFor();
                return MosquittoClient.lines(output);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
