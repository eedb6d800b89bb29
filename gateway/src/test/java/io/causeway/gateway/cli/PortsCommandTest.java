package io.causeway.gateway.cli;

import io.causeway.simulator.network.Medium;
import io.causeway.simulator.network.SocketLoop;
import io.causeway.simulator.radio.AirConditions;
import io.causeway.simulator.radio.Family;
import io.causeway.simulator.radio.LineConditions;
import io.causeway.simulator.radio.Plugging;
import io.causeway.simulator.radio.PtyMedium;
import io.causeway.simulator.radio.XBeeConditions;
import io.causeway.testkit.PtyBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

@Timeout(60)
class PortsCommandTest {
    private static final long GLANCE_NANOS = Duration.ofMillis(10).toNanos();
    private static final XBeeConditions RADIO = new XBeeConditions(
            Family.ZIGBEE,
            2,
            Family.ZIGBEE.largestPayloadOctets(),
            new AirConditions(30_000, Duration.ZERO, 0, 0),
            4,
            0,
            0,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            false);

    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @Test
    void portsOfThisMachine_areListed() {
        assertThat(shell.execute("ports")).isZero();

        assertThat(shell.outLines()).isNotEmpty();
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void portThatIsNamed_isShownThoughItIsNotListed() throws Exception {
        assumeThat(PtyBench.isAvailable()).as("there is a socat").isTrue();
        try (PtyBench bench = PtyBench.plugged(directory, "radio")) {
            assertThat(shell.execute("ports", bench.link().toString())).isZero();

            assertThat(shell.outLines()).containsExactly(bench.device().toString(), "  can be opened");
        }
    }

    @Test
    void radioThatIsProbed_isShownWithItsFirmwareModeAndRate() throws Exception {
        assumeThat(PtyBench.isAvailable()).as("there is a socat").isTrue();
        Path link = directory.resolve("xbee0");
        try (SocketLoop loop = new SocketLoop();
                Medium radio = PtyMedium.xbee(link, RADIO, LineConditions.clean(115_200), Plugging.NEVER, 1)
                        .open(System::nanoTime, loop)) {
            CompletableFuture<Integer> probed =
                    CompletableFuture.supplyAsync(() -> shell.execute("ports", "--probe", link.toString()));
            while (!probed.isDone()) {
                radio.receive(GLANCE_NANOS);
            }

            assertThat(probed.get()).isZero();
        }
        assertThat(shell.outLines()).hasSize(3);
        assertThat(shell.outLines().get(2)).contains("XBee", "firmware", "API mode 2", "115200 baud");
    }

    @Test
    void fileThatIsNoPort_isShownAsNone() throws Exception {
        Path file = Files.createFile(directory.resolve("file")).toRealPath();

        assertThat(shell.execute("ports", file.toString())).isZero();
        assertThat(shell.outLines()).containsExactly(file.toString(), "  " + file + " is no serial port");
    }

    @Test
    void portThatIsNotThere_isAFailure() {
        Path gone = directory.resolve("gone");

        assertThat(shell.execute("ports", gone.toString())).isEqualTo(1);
        assertThat(shell.err()).startsWith("causeway: " + gone + " is not there; ");
    }

    @Test
    void selectorThatIsNone_isAFailure() {
        assertThat(shell.execute("ports", "usb:FTDI")).isEqualTo(1);

        assertThat(shell.errLines())
                .containsExactly("causeway: 'usb:FTDI' is not usb:VENDOR:PRODUCT[:SERIAL] with hexadecimal ids");
    }
}
