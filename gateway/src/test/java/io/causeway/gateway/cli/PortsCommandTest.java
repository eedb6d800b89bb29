package io.causeway.gateway.cli;

import io.causeway.testkit.PtyBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class PortsCommandTest {
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
        Shell simulator = new Shell();
        CompletableFuture<Integer> simulated = CompletableFuture.supplyAsync(() ->
                simulator.execute("simulate", "xbee", "--pty", link.toString(), "--nodes", "1", "--duration", "1m"));
        await().until(() -> Files.exists(link) && simulator.handles(Signals.Kind.INT));

        assertThat(shell.execute("ports", "--probe", link.toString())).isZero();

        assertThat(shell.outLines()).hasSize(3);
        assertThat(shell.outLines().get(2)).contains("XBee", "firmware", "115200 baud");
        simulator.signal(Signals.Kind.INT);
        simulated.get(60, TimeUnit.SECONDS);
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
