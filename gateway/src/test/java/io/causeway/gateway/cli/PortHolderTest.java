package io.causeway.gateway.cli;

import io.causeway.settings.HostPort;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PortHolderTest {
    private static final String HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref\n";

    private final Path proc;
    private final PortHolder holders;

    PortHolderTest(@TempDir Path proc) {
        this.proc = proc;
        this.holders = new PortHolder(proc);
    }

    @BeforeEach
    void writeTables() throws Exception {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(
                proc.resolve("net/tcp"),
                HEADER + "  12: 0100007F:075B 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 4711 2\n");
        Files.writeString(
                proc.resolve("net/tcp6"),
                HEADER
                        + "   0: 00000000000000000000000000000000:075D 0:0000 0A 00:00 00:0 00  0  0 4712 1\n"
                        + "   1: 00000000000000000000000000000000:075C 0:0000 01 00:00 00:0 00  0  0 4713 1\n");
    }

    @Test
    void socketOfAVisibleProcess_isNamed() throws Exception {
        process(77, "bash", 1);
        process(123, "mosquitto", 4711);

        assertThat(holders.find(1883)).contains("mosquitto (pid 123)");
    }

    @Test
    void socketOverIpv6_isFound() throws Exception {
        process(123, "mosquitto", 4712);

        assertThat(holders.find(1885)).contains("mosquitto (pid 123)");
    }

    @Test
    void socketOfAnotherUser_isSaidToBeThat() {
        assertThat(holders.find(1883)).contains("a process of another user");
    }

    @Test
    void freePort_isHeldByNobody() {
        assertThat(holders.find(1886)).isEmpty();
    }

    @Test
    void connectionFromThePort_holdsItNot() {
        assertThat(holders.find(1884)).isEmpty();
    }

    @Test
    void systemWithoutProc_knowsNobody() {
        assertThat(new PortHolder(proc.resolve("absent")).find(1883)).isEmpty();
    }

    @Test
    void addressThatIsTaken_isExplainedWithHolderAndSetting() throws Exception {
        process(123, "mosquitto", 4711);

        assertThat(StartException.cannotListen(
                        HostPort.parse("127.0.0.1:1883"),
                        "admin.listen",
                        new BindException("Address already in use"),
                        holders))
                .hasMessage("cannot listen on TCP 127.0.0.1:1883: Address already in use, held by "
                        + "mosquitto (pid 123); change admin.listen");
    }

    private void process(int pid, String name, int inode) throws Exception {
        Path process = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(process.resolve("comm"), name + "\n");
        Files.createDirectories(process.resolve("fd"));
        Files.createSymbolicLink(process.resolve("fd/3"), Path.of("socket:[" + inode + "]"));
    }
}
