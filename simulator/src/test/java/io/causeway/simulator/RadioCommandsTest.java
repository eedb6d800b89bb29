package io.causeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.causeway.radio.framing.Framing;
import io.causeway.simulator.radio.PtyResponder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class RadioCommandsTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(Object command, String... args) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private Path port() {
        assumeTrue(PtyResponder.hasSocat(), "socat is missing: sudo apt install socat");
        return directory.resolve("port");
    }

    private JsonNode report(Object command, Path port, String... more) throws IOException {
        Path json = directory.resolve("report.json");
        String[] args = {"--pty=" + port, "--sleepers=0%", "--every=300ms", "--duration=2s", "--json=" + json};
        String[] all = new String[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        assertThat(execute(command, all)).as(() -> out + "\n" + err).isZero();
        assertThat(Files.exists(port)).isFalse();
        return new ObjectMapper().readTree(json.toFile());
    }

    @Test
    void emulatedRadio_carriesAFleet() throws IOException {
        Path port = port();
        PtyResponder.atXBee(port);
        JsonNode report = report(new XBeeCommand(action -> {}), port, "--nodes=4", "--split", "--garbage=10%");

        assertThat(out.toString()).contains("a radio is at " + port + "; waiting for a gateway to open it");
        assertThat(report.path("outcome").asText()).isEqualTo("unverified");
        JsonNode messages = report.path("groups").get(0).path("messages");
        assertThat(messages.path("promised").asInt())
                .isGreaterThan(10)
                .isEqualTo(messages.path("sent").asInt());
    }

    @ParameterizedTest
    @CsvSource({"raw, 1", "slip-crc, 3"})
    void emulatedLine_carriesAFleet(String framing, int clients) throws IOException {
        Path port = port();
        PtyResponder.atLine(
                port, Framing.valueOf(framing.toUpperCase(Locale.ROOT).replace('-', '_')));
        JsonNode report = report(new SerialCommand(action -> {}), port, "--framing=" + framing, "--clients=" + clients);

        JsonNode messages = report.path("groups").get(0).path("messages");
        assertThat(messages.path("promised").asInt())
                .isGreaterThan(3)
                .isEqualTo(messages.path("sent").asInt());
    }

    @Test
    void share_isSaidToBeNoneUnlessGiven() {
        assertThat(new CommandLine(new XBeeCommand(action -> {})).getUsageMessage())
                .contains("Of messages in each direction, like 5%; 0%.");
        assertThat(new CommandLine(new SerialCommand(action -> {})).getUsageMessage())
                .contains("Of messages in each direction, like 5%; 0%.");
    }

    @Test
    void foreignFileAtThePath_isLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertThat(execute(new XBeeCommand(action -> {}), "--pty=" + file)).isEqualTo(3);
        assertThat(err.toString()).contains("exists, and is no pseudo-terminal");
        assertThat(file).hasContent("mine");
    }

    @Test
    void wrongUsage_isExplained() {
        assertRefused(new XBeeCommand(action -> {}), "--pty");
        assertRefused(new XBeeCommand(action -> {}), "allowed: zigbee, digimesh, 802.15.4", "--pty=x", "--family=s1");
        assertRefused(new XBeeCommand(action -> {}), "the API mode is 0, 1 or 2", "--pty=x", "--api-mode=3");
        assertRefused(new XBeeCommand(action -> {}), "the rate of a line", "--pty=x", "--baud=0");
        assertRefused(new XBeeCommand(action -> {}), "the rate of the air", "--pty=x", "--air-rate=0");
        assertRefused(new XBeeCommand(action -> {}), "either FILE", "--pty=x", "--nodes=5", "--scenario=storm");
        assertRefused(new SerialCommand(action -> {}), "allowed: raw, slip, slip-crc", "--pty=x", "--framing=cobs");
    }

    private void assertRefused(Object command, String message, String... args) {
        err.getBuffer().setLength(0);
        assertThat(execute(command, args)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
