package io.causeway.benchmarks.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code causeway run} as a process that is started, watched and killed. */
final class GatewayRun implements AutoCloseable {
    private static final long POLL_MILLIS = 5;
    private static final int KIBI = 1_024;

    private final Process process;
    private final Path out;
    private final long startedNanos = System.nanoTime();

    private GatewayRun(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    static GatewayRun start(String program, Path directory, String yaml) throws IOException {
        Path config = Files.writeString(directory.resolve("gateway.yaml"), yaml);
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(program, "run", "-c", config.toString())
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        return new GatewayRun(process, out);
    }

    /** Returns the seconds since the start. */
    double awaitReady() throws IOException, InterruptedException {
        while (!Files.readAllLines(out).contains("ready")) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("the gateway has ended: " + Files.readString(out.resolveSibling("err")));
            }
        }
        return secondsSinceStart();
    }

    double secondsSinceStart() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    /** Octets that it has had written to the disk. */
    long writtenOctets() throws IOException {
        return number("io", "write_bytes:");
    }

    long residentMebi() throws IOException {
        return number("status", "VmRSS:") / KIBI;
    }

    private long number(String file, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
