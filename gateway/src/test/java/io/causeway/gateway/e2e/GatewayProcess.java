package io.causeway.gateway.e2e;

import io.causeway.gateway.Causeway;
import io.causeway.settings.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code causeway run} as a process of its own. */
final class GatewayProcess implements AutoCloseable {
    private static final String UDP = "UDP ";
    private static final String MQTT = "mqtt://";

    private final Process process;
    private final Path out;
    private final Path err;

    private GatewayProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it with a configuration.
     *
     * @param directory for the configuration and what the process prints
     */
    static GatewayProcess run(Path directory, String yaml) throws IOException {
        Path config = Files.writeString(directory.resolve("causeway.yaml"), yaml);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        // A serial port library in this process ignores signals, and what is ignored is inherited.
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Causeway.class.getName(),
                        "run",
                        "-c",
                        config.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new GatewayProcess(process, out, err);
    }

    /** What it has printed, line by line. */
    List<String> out() throws IOException {
        return Files.readAllLines(out);
    }

    /** Its log and its complaints. */
    String err() throws IOException {
        return Files.readString(err);
    }

    void awaitReady() {
        Patience.await("the process is ready").until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended: " + err());
            }
            return out().contains("ready");
        });
    }

    InetSocketAddress udp() throws IOException {
        return out().stream()
                .filter(line -> line.startsWith(UDP))
                .map(line -> HostPort.parse(line.substring(UDP.length())).resolve())
                .findFirst()
                .orElseThrow();
    }

    int mqttPort() throws IOException {
        return out().stream()
                .filter(line -> line.startsWith(MQTT))
                .map(line -> HostPort.parse(line.substring(MQTT.length())).port())
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the log has a line that ends like this. */
    void awaitLogged(String end) {
        Patience.await("the log says " + end).until(() -> err().lines().anyMatch(line -> line.endsWith(end)));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    void signal(String name) throws IOException, InterruptedException {
        Signal.send(name, process);
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** At once. */
    @Override
    public void close() {
        kill();
    }
}
