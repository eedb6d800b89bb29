package io.causeway.simulator.radio;

import io.causeway.simulator.network.Medium;
import io.causeway.simulator.network.SocketLoop;
import io.causeway.simulator.scenario.Span;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class PtyMediumTest {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int OCTET_VALUES = 256;

    @TempDir
    private Path directory;

    @BeforeEach
    void requireSocat() {
        assumeTrue(PtyResponder.hasSocat(), "socat is missing: sudo apt install socat");
    }

    @Test
    void octetsOfAllValues_passBothWays() throws IOException {
        byte[] all = new byte[OCTET_VALUES];
        for (int i = 0; i < OCTET_VALUES; i++) {
            all[i] = (byte) i;
        }
        Path link = directory.resolve("pty");
        try (PseudoTerminal terminal = PseudoTerminal.at(link, () -> {});
                FileInputStream in = new FileInputStream(link.toFile());
                FileOutputStream out = new FileOutputStream(link.toFile())) {
            out.write(all);
            ByteBuf received = Unpooled.buffer();
            await().until(() -> {
                terminal.poll().ifPresent(received::writeBytes);
                return received.readableBytes() == OCTET_VALUES;
            });
            assertThat(ByteBufUtil.getBytes(received)).isEqualTo(all);

            terminal.write(Unpooled.wrappedBuffer(all));
            byte[] heard = new byte[OCTET_VALUES];
            new DataInputStream(in).readFully(heard);
            assertThat(heard).isEqualTo(all);
        }
        assertThat(link).doesNotExist();
    }

    @Test
    void linkThatWasLeftBehind_isReplaced() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("pty"), Path.of("/dev/pts/9999"));
        try (PseudoTerminal terminal = PseudoTerminal.at(link, () -> {})) {
            assertThat(link).exists();
            assertThat(terminal.poll()).isEmpty();
        }
    }

    @Test
    void noSuchDirectory_isSaid() {
        assertThatThrownBy(() -> PseudoTerminal.at(directory.resolve("no/pty"), () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("socat cannot make a pseudo-terminal at");
    }

    @Test
    void pulledAndPluggedInAgain_isAtTheSamePathAndHangsUpTheOld() throws IOException {
        Path link = directory.resolve("pty");
        Span<Duration> soon = new Span<>(Duration.ofMillis(200), Duration.ofMillis(200));
        try (SocketLoop loop = new SocketLoop();
                Medium medium = PtyMedium.xbee(
                                link,
                                new XBeeBuilder().build(),
                                LineConditions.clean(115_200),
                                new Plugging(1, soon, soon),
                                1)
                        .open(System::nanoTime, loop);
                FileInputStream old = new FileInputStream(link.toFile())) {
            await().pollInSameThread().until(() -> {
                medium.receive(SECOND_NANOS / 100);
                return !Files.exists(link);
            });
            assertThat(hangsUp(old)).isTrue();
            await().pollInSameThread().until(() -> {
                medium.receive(SECOND_NANOS / 100);
                return Files.exists(link);
            });
        }
        assertThat(link).doesNotExist();
    }

    /** The system tells it in one of two ways. */
    private static boolean hangsUp(FileInputStream in) {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
