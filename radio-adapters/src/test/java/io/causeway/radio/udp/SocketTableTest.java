package io.causeway.radio.udp;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.radio.udp.Links.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SocketTableTest {
    private static final String HEADER =
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";

    private Path proc;
    private SocketTable table;

    @BeforeEach
    void anEmptyTable(@TempDir Path directory) throws IOException {
        proc = directory;
        Assumptions.assumeTrue(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the samples are from a little-endian machine");
        Files.createDirectories(proc.resolve("net"));
        udp("");
        table = new SocketTable(proc);
    }

    @Test
    void socketsOfBothFamilies_areListedByPort() throws IOException {
        udp("""
            411: 0100007F:075B 00000000:0000 07 00000000:00000000 00:00000000 00000000   108        0 21001 2 0 17
            412: 0100007F:075C 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 21002 2 0 3
            """);
        udp6("  98: 000000FD000000000000000002000000:075B 00000000000000000000000000000000:0000 07 00000000:00000000"
                + " 00:00000000 00000000     0        0 21003 2 0 4294967295\n");

        assertThat(table.at(1883))
                .containsExactly(
                        new SocketTable.Row(address("127.0.0.1"), 1883, 108, 21001, 17),
                        new SocketTable.Row(address("fd00::2"), 1883, 0, 21003, 4_294_967_295L));
    }

    @Test
    void noSuchTable_isAnError() throws IOException {
        Files.delete(proc.resolve("net/udp"));

        assertThatThrownBy(() -> table.at(1883)).isInstanceOf(IOException.class);
        assertThat(table.holder(address("127.0.0.1"), 1883)).isEmpty();
    }

    @Test
    void processThatHasTheSocketOpen_isNamed() throws IOException {
        udp(anyAddressAtPort1883(21001));
        process(77, "sshd", "socket:[4]");
        process(4711, "MQTT-SNGateway", "pipe:[5]", "socket:[21001]");

        assertThat(table.holder(address("192.0.2.1"), 1883)).hasValue("MQTT-SNGateway (pid 4711)");
    }

    @Test
    void processThatMayNotBeLookedInto_isKnownByItsUser() throws IOException {
        udp(anyAddressAtPort1883(21001));

        assertThat(table.holder(address("192.0.2.1"), 1883)).hasValue("a process of user id 108");
    }

    @Test
    void socketOnAnotherAddressOrFamily_holdsNothing() throws IOException {
        udp(anyAddressAtPort1883(21001));

        assertThat(table.holder(address("192.0.2.1"), 1884)).isEmpty();
        assertThat(table.holder(address("fd00::2"), 1883)).isEmpty();
    }

    private static String anyAddressAtPort1883(long inode) {
        return "  411: 00000000:075B 00000000:0000 07 00000000:00000000 00:00000000 00000000   108        0 " + inode
                + " 2 0 0\n";
    }

    private void udp(String lines) throws IOException {
        Files.writeString(proc.resolve("net/udp"), HEADER + lines);
    }

    private void udp6(String lines) throws IOException {
        Files.writeString(proc.resolve("net/udp6"), HEADER + lines);
    }

    private void process(int pid, String command, String... descriptors) throws IOException {
        Path directory =
                Files.createDirectories(proc.resolve(String.valueOf(pid)).resolve("fd"));
        Files.writeString(directory.resolveSibling("comm"), command + "\n");
        for (int i = 0; i < descriptors.length; i++) {
            Files.createSymbolicLink(directory.resolve(String.valueOf(i)), Path.of(descriptors[i]));
        }
    }
}
