package io.causeway.simulator.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A real broker of its own for a test: mosquitto, on a free port of the loopback, which can be stopped and started again
 * there. A test that asks for one is skipped, saying so, where none is installed.
 */
final class Mosquitto implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CONFIGURATION = "mosquitto.conf";

    private final Path program;
    private final Path directory;
    private final int port;
    private Process process;

    private Mosquitto(Path program, Path directory, int port) {
        this.program = program;
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    /** @param configuration lines of mosquitto.conf besides the listener */
    static Mosquitto start(Path directory, String... configuration) {
        Path program = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin")
                .map(place -> Path.of(place, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("no mosquitto here: 'apt install mosquitto' brings it"));
        int port = freePort();
        List<String> lines = new ArrayList<>();
        lines.add("listener " + port + " 127.0.0.1");
        lines.add("allow_anonymous true");
        lines.add("user " + System.getProperty("user.name")); // else it drops to one without our files
        lines.add("persistence_location " + directory + "/");
        lines.addAll(List.of(configuration));
        try {
            Files.write(directory.resolve(CONFIGURATION), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Mosquitto(program, directory, port);
    }

    /** Starts it again after its end. */
    void start() {
        process = launch();
    }

    private Process launch() {
        String configuration = directory.resolve(CONFIGURATION).toString();
        try {
            Process launched = new ProcessBuilder(program.toString(), "-c", configuration)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("mosquitto.log").toFile())
                    .start();
            await("mosquitto takes connections").atMost(PATIENCE).until(this::accepts);
            return launched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it as an operator would: it writes what it persists. */
    void stop() {
        process.destroy();
        await("mosquitto ends").atMost(PATIENCE).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    /** A port of the loopback that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
