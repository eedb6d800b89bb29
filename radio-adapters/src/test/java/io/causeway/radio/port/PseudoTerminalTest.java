package io.causeway.radio.port;

import io.causeway.radio.port.LineSettings.FlowControl;
import io.causeway.testkit.PtyBench;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The real binding, at the near end of a pseudo-terminal. */
@Timeout(60)
class PseudoTerminalTest {
    private final LineLog log = new LineLog();
    private final EventExecutor loop = new DefaultEventExecutor();

    @TempDir
    private Path directory;

    private PtyBench bench;
    private SerialPorts ports;
    private SerialLine line;

    @BeforeEach
    void plug() throws Exception {
        assumeThat(PtyBench.isAvailable()).as("there is a socat").isTrue();
        bench = PtyBench.plugged(directory, "radio");
        ports = SerialPorts.load(List.of(directory));
        line = ports.line(
                new LineSettings(PortSelector.parse(bench.link().toString()), 115_200, FlowControl.NONE), loop);
    }

    @AfterEach
    void close() throws Exception {
        if (line != null) {
            line.close();
        }
        if (bench != null) {
            bench.close();
        }
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
    }

    private void awaitLast(String event) {
        await().untilAsserted(() -> assertThat(log.events()).isNotEmpty().endsWith(event));
    }

    private void awaitText(String text) {
        await().untilAsserted(() -> assertThat(String.join("", log.events())).endsWith(text));
    }

    @Test
    void allOctets_passBothWays() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] received = new byte[256];
        line.open(new SerialLineListener() {
            private int octets;

            @Override
            public void onUp() {
                log.onUp();
            }

            @Override
            public void onOctets(ByteBuf in) {
                int here = in.readableBytes();
                in.readBytes(received, octets, here);
                octets += here;
                if (octets == received.length) {
                    log.onDown("all");
                }
            }

            @Override
            public void onDown(String cause) {
                log.onDown(cause);
            }
        });
        awaitLast("up");

        line.write(Unpooled.wrappedBuffer(all));
        assertThat(bench.received().readNBytes(all.length)).isEqualTo(all);

        bench.send(all);
        awaitLast("down: all");
        assertThat(received).isEqualTo(all);
        assertThat(line.name()).isEqualTo(bench.link().toString());
    }

    @Test
    void pulledAndPluggedAgain_isOpenedAgain() throws Exception {
        line.open(log);
        awaitLast("up");

        bench.unplug();
        awaitLast("down: " + bench.link() + " was pulled, or has failed; it is opened again as soon as it is there");
        assertThat(line.write(Unpooled.copiedBuffer("lost", US_ASCII))).isFalse();

        bench.plug();
        awaitLast("up");
        bench.send("back".getBytes(US_ASCII));
        awaitText("back");
    }

    @Test
    void otherRate_opensThePortAnew() throws Exception {
        line.open(log);
        awaitLast("up");

        line.useRate(9_600);

        await().untilAsserted(() -> assertThat(log.events()).containsExactly("up", "up"));
        bench.send("slow".getBytes(US_ASCII));
        awaitText("slow");
    }

    @Test
    void portInUse_isRefusedWithWhoHasIt() throws Exception {
        line.open(log);
        awaitLast("up");
        LineLog second = new LineLog();

        try (SerialLine other = ports.line(
                new LineSettings(PortSelector.parse(bench.device().toString()), 115_200, FlowControl.NONE), loop)) {
            other.open(second);
            await().untilAsserted(() -> assertThat(second.events())
                    .containsExactly("down: " + bench.device()
                            + " is in use by this program itself, for another link; end that, or name another port"));
        }
    }

    @Test
    void floodThatNobodyDrains_isRefusedAndBlocksNobody() {
        line.open(log);
        awaitLast("up");
        int accepted = 0;
        while (line.write(Unpooled.wrappedBuffer(new byte[500]))) {
            accepted++;
        }

        assertThat(accepted * 500).isBetween(10_000, 15_000);
    }

    @Test
    void nativeLibrary_leavesNothingBehind() throws Exception {
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(bench.link());
        }
    }
}
