package io.causeway.radio.udp;

import io.causeway.radio.LinkCounters;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class KernelDropsTest {
    private static final int PORT = 1883;
    private static final List<InetAddress> SERVED = List.of(address(1), address(2));

    private Path proc;
    private KernelDrops drops;

    @BeforeEach
    void noTableYet(@TempDir Path directory) throws IOException {
        proc = directory;
        Files.createDirectories(proc.resolve("net"));
        drops = new KernelDrops(new SocketTable(proc));
    }

    @Test
    void dropsOfTheAddressesServed_areAddedUp() throws IOException {
        system(row(1, 5), row(2, 7), row(3, 1_000));

        assertThat(drops.read(SERVED, PORT)).isEqualTo(12);
    }

    @Test
    void addressThatWentAndCameAgain_keepsWhatItsFirstSocketLost() throws IOException {
        system(row(1, 5), row(2, 7));
        assertThat(drops.read(SERVED, PORT)).isEqualTo(12);

        system(row(1, 6));
        assertThat(drops.read(SERVED, PORT)).isEqualTo(13);

        system(row(1, 6), row(2, 1));
        assertThat(drops.read(SERVED, PORT)).isEqualTo(14);
    }

    @Test
    void systemThatDoesNotTell_isUnknown() {
        assertThat(drops.read(SERVED, PORT)).isEqualTo(LinkCounters.UNKNOWN);
    }

    private void system(String... rows) throws IOException {
        Files.writeString(proc.resolve("net/udp"), String.join("\n", rows));
    }

    /** The same octet four times, so that the byte order of the machine does not matter. */
    private static String row(int octet, long drops) {
        return "1: %1$02X%1$02X%1$02X%1$02X:075B 0:0 07 0:0 0:0 0 0 0 1 2 0 %2$d".formatted(octet, drops);
    }

    private static InetAddress address(int octet) {
        byte same = (byte) octet;
        try {
            return InetAddress.getByAddress(new byte[] {same, same, same, same});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
