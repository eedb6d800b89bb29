package io.causeway.benchmarks.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A broker that is measured. Either it runs already, or it has a command, and is started and ended here. Owned by the thread of
 * the benchmark; the loop reads its figures while that thread waits.
 */
final class Contender {
    /** What is not known of a process that was not started here. */
    static final double UNKNOWN = Double.NaN;

    private static final Duration TIME_TO_START = Duration.ofSeconds(60);
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(2);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIB_PER_MIB = 1_024;

    private final String name;
    private final InetSocketAddress address;

    /** For {@code sh}; empty if the broker runs already. */
    private final String command;

    private Optional<Process> process = Optional.empty();

    private Contender(String name, InetSocketAddress address, String command) {
        this.name = name;
        this.address = address;
        this.command = command;
    }

    /**
     * @param text {@code NAME=HOST:PORT} or {@code NAME=HOST:PORT=COMMAND}
     * @throws IllegalArgumentException if it is neither, with a message for whoever wrote it
     */
    static Contender parse(String text) {
        String[] parts = text.split("=", 3);
        int colon = parts.length < 2 ? -1 : parts[1].lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not NAME=HOST:PORT[=COMMAND]: " + text);
        }
        int port = Integer.parseInt(parts[1].substring(colon + 1));
        InetSocketAddress address = new InetSocketAddress(parts[1].substring(0, colon), port);
        return new Contender(parts[0], address, parts.length == 3 ? parts[2] : "");
    }

    String name() {
        return name;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Begins anew, if it can be started here. */
    void restart() throws LoadFailure, InterruptedException {
        stop();
        start();
    }

    /** @return seconds until it answered the first CONNECT, or unknown if it runs already */
    double start() throws LoadFailure, InterruptedException {
        if (command.isEmpty()) {
            return UNKNOWN;
        }
        long startNanos = System.nanoTime();
        try {
            Process started = new ProcessBuilder("sh", "-c", "exec " + command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroy)); // no broker is left behind
            process = Optional.of(started);
            while (!answersConnect()) {
                if (!started.isAlive() || System.nanoTime() - startNanos > TIME_TO_START.toNanos()) {
                    throw new LoadFailure(name + " has not started: " + command);
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
        } catch (IOException e) {
            throw new LoadFailure(name + " cannot be started: " + e.getMessage(), e);
        }
        return (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    }

    void stop() throws InterruptedException {
        if (process.isEmpty()) {
            return;
        }
        Process running = process.get();
        process = Optional.empty();
        running.destroy();
        if (!running.waitFor(TIME_TO_END.toSeconds(), TimeUnit.SECONDS)) {
            running.destroyForcibly().waitFor();
        }
    }

    /** User and system time since it was started. */
    double cpuSeconds() {
        return process.flatMap(running -> running.info().totalCpuDuration())
                .map(time -> time.toNanos() / NANOS_PER_SECOND)
                .orElse(UNKNOWN);
    }

    /** Resident memory. */
    double residentMib() throws LoadFailure {
        if (process.isEmpty()) {
            return UNKNOWN;
        }
        Path status = Path.of("/proc", Long.toString(process.get().pid()), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / KIB_PER_MIB;
        } catch (IOException e) {
            throw new LoadFailure(name + " is gone: " + e.getMessage(), e);
        }
    }

    private boolean answersConnect() {
        ByteBuf packet = Unpooled.buffer();
        try (Socket socket = new Socket()) {
            socket.connect(address);
            socket.setSoTimeout((int) TIME_TO_ANSWER.toMillis());
            Wire.writeConnect(packet, "start-up");
            packet.readBytes(socket.getOutputStream(), packet.readableBytes());
            boolean isConnected = Wire.typeOf(socket.getInputStream().read()) == Wire.CONNACK;
            Wire.writeDisconnect(packet.clear());
            packet.readBytes(socket.getOutputStream(), packet.readableBytes());
            return isConnected;
        } catch (IOException e) {
            return false; // not yet
        }
    }
}
