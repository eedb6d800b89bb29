package io.causeway.broker.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

/** The broker to compare with, on a free port of the loopback. Where none is installed the test is skipped. */
final class Mosquitto implements AutoCloseable {
    /** Messages in flight to one client. */
    static final int WINDOW = 20;

    private final Process process;
    private final int port;

    private Mosquitto(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param directory for its files; the test's own */
    static Mosquitto start(Path directory) {
        Path program = findProgram();
        try {
            int port = freePort();
            Path configuration = directory.resolve("mosquitto.conf");
            Files.write(
                    configuration,
                    List.of(
                            "listener " + port + " 127.0.0.1",
                            "allow_anonymous true",
                            "set_tcp_nodelay true",
                            "sys_interval 0",
                            // Else of the subscriptions that match, any one decides on the QoS.
                            "allow_duplicate_messages true",
                            // Started by root it would change to a user that may not read here.
                            "user " + System.getProperty("user.name")));
            Process process = new ProcessBuilder(program.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("mosquitto.log").toFile())
                    .start();
            Mosquitto mosquitto = new Mosquitto(process, port);
            await("mosquitto takes connections").until(mosquitto::accepts);
            return mosquitto;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path findProgram() {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1));
        return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(each -> Path.of(each, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("SKIPPED: the comparison with another broker needs mosquitto; install it with "
                        + "'apt install mosquitto', its service need not run"));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException("mosquitto ended at once");
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
