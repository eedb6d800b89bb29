package io.causeway.testkit;

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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A real broker of its own for a test: mosquitto, on a free port of the loopback. It can be stopped, killed and started
 * again on the same port. A test that asks for one is skipped, saying so, where none is installed.
 */
public final class Mosquitto implements AutoCloseable {
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

    /**
     * Starts one that lets everybody in, unless its configuration says otherwise.
     *
     * @param directory     for its files; the test's own
     * @param configuration lines of mosquitto.conf that follow the one of the listener
     */
    public static Mosquitto start(Path directory, String... configuration) {
        Path program = findProgram("mosquitto");
        int port = freePort();
        List<String> lines = new ArrayList<>();
        lines.add("listener " + port + " 127.0.0.1");
        lines.add("user " + System.getProperty("user.name")); // else root's one drops to a user without our files
        lines.add("persistence_location " + directory + "/");
        lines.addAll(List.of(configuration));
        if (lines.stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
            lines.add("allow_anonymous true");
        }
        try {
            Files.write(directory.resolve(CONFIGURATION), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Mosquitto(program, directory, port);
    }

    /** Starts one that, when it is stopped, keeps sessions and their messages, however many. */
    public static Mosquitto startDurable(Path directory) {
        return start(directory, "persistence true", "max_queued_messages 1000000");
    }

    /** A program of the Debian packages mosquitto and mosquitto-clients. */
    public static Path findProgram(String name) {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1));
        return Stream.concat(Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin"), path)
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("no " + name + " here: 'apt install mosquitto mosquitto-clients' brings it"));
    }

    /** Starts it again after its end; returns when it takes connections. */
    public void start() {
        process = launch();
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(), "-c", directory.resolve(CONFIGURATION).toString(), "-v");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            Process launched = builder.start();
            await("mosquitto takes connections").atMost(PATIENCE).until(() -> accepts(launched));
            return launched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as an operator would: it writes what it persists. */
    public void stop() {
        process.destroy();
        waitForEnd();
    }

    /** Ends it as a power failure would. */
    public void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    @Override
    public void close() {
        kill();
    }

    public int port() {
        return port;
    }

    /** Its address for any scheme. */
    public URI uri(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + port);
    }

    public URI uri() {
        return uri("mqtt");
    }

    /** All that it has said so far. */
    public List<String> logLines() {
        try {
            return Files.readAllLines(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return directory.resolve("mosquitto.log");
    }

    private boolean accepts(Process launched) {
        if (!launched.isAlive()) {
            throw new IllegalStateException("mosquitto ended at once: " + logLines());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Stays connected, and does nothing until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Loses, after {@link #stop}, what a durable one has kept. */
    public void forget() {
        try {
            Files.delete(directory.resolve("mosquitto.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("mosquitto does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A port of the loopback that nobody listens on. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
