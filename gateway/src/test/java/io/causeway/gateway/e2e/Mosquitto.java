package io.causeway.gateway.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A broker of a test's own: mosquitto, on a free port of the loopback. It can be stopped and started again on the same
 * port. A test that asks for one is skipped, saying so, where none is installed.
 */
final class Mosquitto implements AutoCloseable {
    private static final String CONFIGURATION = "mosquitto.conf";
    private static final String LOG = "mosquitto.log";

    private final Path program;
    private final Path directory;
    private final int port;
    private Process process;

    private Mosquitto(Path program, Path directory, int port) throws IOException {
        this.program = program;
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    /**
     * Starts one that lets everybody in and forgets all when it stops.
     *
     * @param directory for its files; the test's own
     */
    static Mosquitto start(Path directory) throws IOException {
        return start(directory, List.of());
    }

    /** Starts one that, when it is stopped, keeps sessions and their messages, however many. */
    static Mosquitto startDurable(Path directory) throws IOException {
        return start(directory, List.of("persistence true", "max_queued_messages 1000000"));
    }

    /** Starts one that obeys a file of rules. */
    static Mosquitto startWithRules(Path directory, Path acl) throws IOException {
        return start(directory, List.of("acl_file " + acl));
    }

    /** Starts one that bridges a topic filter, both ways at QoS 1, with the broker on a port of this machine. */
    static Mosquitto startBridge(Path directory, String filter, int port) throws IOException {
        return start(
                directory,
                List.of(
                        "connection site",
                        "address 127.0.0.1:" + port,
                        "topic " + filter + " both 1",
                        "notifications_local_only true"));
    }

    private static Mosquitto start(Path directory, List<String> configuration) throws IOException {
        Path program = findProgram();
        int port = freePort();
        List<String> lines = new ArrayList<>();
        lines.add("listener " + port + " 127.0.0.1");
        lines.add("allow_anonymous true");
        // Started by root it would change to a user that may not write here.
        lines.add("user " + System.getProperty("user.name"));
        lines.add("persistence_location " + directory + "/");
        lines.addAll(configuration);
        Files.write(directory.resolve(CONFIGURATION), lines);
        return new Mosquitto(program, directory, port);
    }

    private static Path findProgram() {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1));
        return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(each -> Path.of(each, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("SKIPPED: the tests with a real broker need mosquitto; install it with "
                        + "'apt install mosquitto', its service need not run"));
    }

    /** Starts it again after {@link #stop}; returns when it takes connections. */
    void start() throws IOException {
        process = launch();
    }

    /** Ends it as an operator would. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("mosquitto does not end");
        }
    }

    /** Stays connected, and does nothing until {@link #thaw}. */
    void freeze() throws IOException, InterruptedException {
        Signal.send("STOP", process);
    }

    void thaw() throws IOException, InterruptedException {
        Signal.send("CONT", process);
    }

    /** Loses, after {@link #stop}, what a durable one has kept. */
    void forget() throws IOException {
        Files.delete(directory.resolve("mosquitto.db"));
    }

    /** At once. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    int port() {
        return port;
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    private Process launch() throws IOException {
        Process launched = new ProcessBuilder(
                        program.toString(),
                        "-c",
                        directory.resolve(CONFIGURATION).toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve(LOG).toFile()))
                .start();
        Patience.await("mosquitto takes connections").until(() -> accepts(launched));
        return launched;
    }

    private boolean accepts(Process launched) throws IOException {
        if (!launched.isAlive()) {
            throw new IllegalStateException("mosquitto ended at once: " + Files.readString(directory.resolve(LOG)));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
