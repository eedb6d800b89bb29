package io.causeway.gateway.e2e;

import io.causeway.simulator.XBeeCommand;
import io.causeway.simulator.network.Medium;
import io.causeway.simulator.network.MediumSource;
import io.causeway.simulator.network.SocketLoop;
import io.causeway.simulator.radio.AirConditions;
import io.causeway.simulator.radio.Family;
import io.causeway.simulator.radio.LineConditions;
import io.causeway.simulator.radio.Plugging;
import io.causeway.simulator.radio.PtyMedium;
import io.causeway.simulator.radio.XBeeConditions;
import io.causeway.testkit.PtyBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the log of a gateway tells the operator about a radio, a line or a port that does not work. */
@Timeout(90)
class RadioLogTest {
    private static final String PORT_NAME = "port";

    @TempDir
    private Path directory;

    @BeforeEach
    void requireSocat() {
        assumeTrue(PtyBench.isAvailable(), "socat is missing: sudo apt install socat");
    }

    @Test
    void missingPort_isNamed() throws Exception {
        try (GatewayProcess gateway = gatewayWith("xbee")) {
            gateway.awaitReady();

            Patience.await("the log names it").until(() -> gateway.err().contains(port() + " is not there; "));
        }
    }

    @Test
    void portThatAnotherProgramHasLocked_isSaidToBeInUse() throws Exception {
        try (PtyBench bench = PtyBench.plugged(directory, PORT_NAME)) {
            Process holder = new ProcessBuilder("flock", bench.link().toString(), "cat").start();
            try (GatewayProcess gateway = gatewayWith("serial")) {
                Patience.await("the log tells it")
                        .until(() -> gateway.err()
                                .contains(bench.device() + " cannot be opened at 115200 bit/s (system error "));
                assertThat(gateway.err()).contains("; it may be in use, or no serial port");

                holder.destroy();

                gateway.awaitLogged(port() + ": open at 115200 bit/s");
            } finally {
                holder.destroyForcibly();
            }
        }
    }

    @Test
    void portThatIsPulled_isTold() throws Exception {
        try (PtyBench bench = PtyBench.plugged(directory, PORT_NAME);
                GatewayProcess gateway = gatewayWith("serial")) {
            gateway.awaitLogged(port() + ": open at 115200 bit/s");

            bench.unplug();

            gateway.awaitLogged(port() + " was pulled, or has failed; it is opened again as soon as it is there");
        }
    }

    @Test
    void radioInTransparentMode_isRecognised() throws Exception {
        try (GatewayProcess gateway = gatewayWith("xbee");
                UnusableRadio radio = new UnusableRadio(port(), 0, false)) {
            radio.awaitPort();
            gateway.awaitLogged("xbee " + port() + ": the radio on " + port()
                    + " answers in transparent mode (AP=0) at 115200 baud: set AP=2 and WR in it, or configure: true "
                    + "here");
        }
    }

    /** All rates are tried, which takes half a minute. */
    @Test
    @EnabledIfSystemProperty(named = "long", matches = "true")
    void radioAtNoUsualRate_isSaidNotToAnswer() throws Exception {
        try (GatewayProcess gateway = gatewayWith("xbee");
                UnusableRadio radio = new UnusableRadio(port(), 2, true)) {
            radio.awaitPort();
            Patience.await("the log tells it")
                    .atMost(Patience.LIMIT.multipliedBy(2))
                    .until(() -> gateway.err()
                            .contains("no XBee radio answers on " + port()
                                    + " at 115200, 9600, 57600, 38400, 19200, 230400 baud, received "));
        }
    }

    @Test
    void lineAtTheWrongRate_isDoubted() throws Exception {
        try (PtyBench bench = PtyBench.plugged(directory, PORT_NAME);
                GatewayProcess gateway = gatewayWith("serial")) {
            gateway.awaitLogged(port() + ": open at 115200 bit/s");
            String doubt = "octets arrive but no message: are 115200 bit/s and framing raw right?";

            Patience.await("the log doubts the rate").until(() -> {
                bench.send(new byte[] {(byte) 0xF8, 0, (byte) 0x80, (byte) 0xFF, 0x78});
                return gateway.err().contains("serial " + port() + ": " + doubt);
            });
        }
    }

    /** A message of 300 octets, retained and not, is larger than NP and so than the radio's packets. */
    @Test
    void messageTooLargeForTheRadio_isNamedWithTopicAndSize() throws Exception {
        String topic = "sim/over/nodes/0/command";
        String tooLarge = "x".repeat(300);
        try (GatewayProcess gateway = gatewayWith("xbee")) {
            gateway.awaitReady();
            try (Application application = Application.connect(gateway.mqttPort(), "operator")) {
                application.publish(topic, tooLarge, 1, true);
                CompletableFuture<Trial> trial = Trial.begin(
                        new XBeeCommand(action -> {}),
                        List.of(
                                "--pty=" + port(),
                                "--verify=mqtt://127.0.0.1:" + gateway.mqttPort(),
                                "--run=over",
                                "--nodes=2",
                                "--sleepers=0%",
                                "--commands=500ms",
                                "--duration=3s"));
                gateway.awaitLogged(
                        "messages for clients dropped: larger than the link carries, topic " + topic + ", 300 octets");

                application.publish(topic, tooLarge, 1);

                assertThat(trial.get().assertKept().commands("nodes", "arrived"))
                        .isPositive();
            }
        }
    }

    private Path port() {
        return directory.resolve(PORT_NAME);
    }

    private GatewayProcess gatewayWith(String type) throws IOException {
        return GatewayProcess.run(
                directory, Site.configurationWithLinks("{type: %s, port: %s, baud: 115200}".formatted(type, port())));
    }

    /** A radio that nobody can use, until it is closed. */
    private static final class UnusableRadio implements AutoCloseable {
        private static final long GLANCE_NANOS = Duration.ofMillis(20).toNanos();

        private final Path port;
        private final CompletableFuture<Void> running;
        private volatile boolean isClosed;

        UnusableRadio(Path port, int ap, boolean isAtAnotherRate) {
            this.port = port;
            XBeeConditions conditions = new XBeeConditions(
                    Family.ZIGBEE,
                    ap,
                    Family.ZIGBEE.largestPayloadOctets(),
                    new AirConditions(30_000, Duration.ZERO, 0, 0),
                    4,
                    0,
                    0,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    isAtAnotherRate);
            MediumSource source = PtyMedium.xbee(port, conditions, LineConditions.clean(115_200), Plugging.NEVER, 1);
            running = CompletableFuture.runAsync(() -> run(source));
        }

        void awaitPort() {
            Patience.await("the radio is at its port").until(() -> Files.exists(port));
        }

        private void run(MediumSource source) {
            try (SocketLoop loop = new SocketLoop();
                    Medium medium = source.open(System::nanoTime, loop)) {
                while (!isClosed) {
                    medium.receive(GLANCE_NANOS);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            isClosed = true;
            running.join();
        }
    }
}
