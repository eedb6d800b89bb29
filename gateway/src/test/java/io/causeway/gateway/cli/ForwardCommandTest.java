package io.causeway.gateway.cli;

import io.causeway.gateway.config.AdminConfig;
import io.causeway.gateway.config.ForwardTo;
import io.causeway.gateway.config.ForwarderConfig;
import io.causeway.gateway.config.ForwarderReader;
import io.causeway.gateway.config.LogLevel;
import io.causeway.gateway.config.SerialLink;
import io.causeway.gateway.config.UdpLink;
import io.causeway.gateway.config.XBeeLink;
import io.causeway.radio.framing.Framing;
import io.causeway.radio.port.PortSelector;
import io.causeway.settings.HostPort;
import io.causeway.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class ForwardCommandTest {
    private static final String SETTINGS = """
            links: [{type: udp, bind: "0.0.0.0:1884"}]
            gateway: udp://gw.example
            """;

    private final Shell shell = new Shell();
    private final RecordingForwarder forwarder = new RecordingForwarder();

    @ParameterizedTest
    @EnumSource(names = {"TERM", "INT"})
    void signalToStop_ends(Signals.Kind signal) throws Exception {
        CompletableFuture<Integer> exitCode = start("--gateway", "udp://gw.example", "--udp", "0.0.0.0:1884");
        awaitLine("ready");

        shell.signal(signal);

        assertThat(exitCode.get(10, SECONDS)).isZero();
        assertThat(shell.outLines()).containsExactly("UDP 0.0.0.0:1884", "ready");
        assertThat(forwarder.closed).isTrue();
    }

    @Test
    void signalToStopBeforeReady_ends() throws Exception {
        forwarder.ready = false;
        CompletableFuture<Integer> exitCode = start("--gateway", "udp://gw.example", "--udp", "0.0.0.0:1884");
        awaitLine("UDP 0.0.0.0:1884");

        shell.signal(Signals.Kind.TERM);

        assertThat(exitCode.get(10, SECONDS)).isZero();
        assertThat(shell.outLines()).doesNotContain("ready");
    }

    @Test
    void flags_areSettings() throws Exception {
        CompletableFuture<Integer> exitCode = start(
                "--gateway",
                "udp://gw.example:1999",
                "--gateway",
                "udp://b",
                "--udp",
                "0.0.0.0:1884",
                "--udp",
                "[::]:5");
        awaitLine("ready");
        shell.signal(Signals.Kind.INT);
        exitCode.get(10, SECONDS);

        assertThat(forwarder.started)
                .containsExactly(new ForwarderConfig(
                        List.of(UdpLink.on(new HostPort("0.0.0.0", 1884)), UdpLink.on(new HostPort("::", 5))),
                        new ForwardTo.Listed(List.of(new HostPort("gw.example", 1999), new HostPort("b", 1883))),
                        ForwarderConfig.USUAL_GATEWAY_PORT,
                        new AdminConfig.Disabled(),
                        LogLevel.INFO));
    }

    @Test
    void portsAndTheirFlags_areSettings() throws Exception {
        CompletableFuture<Integer> exitCode = start(
                "--gateway=udp://gw.example",
                "--xbee=/dev/ttyUSB0",
                "--xbee=usb:0403:6001",
                "--serial=/dev/ttyS1",
                "--framing=slip-crc",
                "--baud=57600");
        awaitLine("ready");
        shell.signal(Signals.Kind.INT);
        exitCode.get(10, SECONDS);

        assertThat(forwarder.started.get(0).links())
                .containsExactly(
                        XBeeLink.at(PortSelector.parse("/dev/ttyUSB0"), 57_600),
                        XBeeLink.at(PortSelector.parse("usb:0403:6001"), 57_600),
                        SerialLink.at(PortSelector.parse("/dev/ttyS1"), 57_600, Framing.SLIP_CRC));
    }

    @Test
    void portsAlone_haveTheDefaultsOfTheFile() throws Exception {
        CompletableFuture<Integer> exitCode = start("--gateway=udp://gw.example", "--xbee=/dev/a", "--serial=/dev/b");
        awaitLine("ready");
        shell.signal(Signals.Kind.INT);
        exitCode.get(10, SECONDS);

        String file = """
                links: [{type: xbee, port: /dev/a}, {type: serial, port: /dev/b}]
                gateway: udp://gw.example
                """;
        ForwarderConfig written =
                new ForwarderReader(Map.of()).read(new SettingsFile("forward.yaml", Path.of("."), file));
        assertThat(forwarder.started.get(0).links()).isEqualTo(written.links());
    }

    @Test
    void check_opensNothing(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("forward.yaml"), SETTINGS);

        assertThat(shell.execute("forward", "-c", file.toString(), "--check")).isZero();
        assertThat(shell.outLines()).containsExactly("right");
    }

    @Test
    void wrongFile_startsNothing(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("forward.yaml"), SETTINGS + "gatway: udp://b\n");

        assertThat(shell.execute("forward", "-c", file.toString())).isEqualTo(2);
        assertThat(shell.err()).contains("forward.yaml:3:1: gatway: unknown key, did you mean 'gateway'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--gateway udp://gw.example",
                "--udp 0.0.0.0:1884",
                "--gateway gw.example --udp 0.0.0.0:1884",
                "--gateway udp://gw.example --udp 1884",
                "--gateway udp://gw.example --xbee usb:FTDI",
                "--gateway udp://gw.example --serial /dev/ttyS1 --framing cobs",
                "--gateway udp://gw.example --serial /dev/ttyS1 --baud 100",
                "--gateway udp://gw.example --baud 9600",
                "--gateway udp://gw.example --udp 0.0.0.0:1884 --gateway-port 70000",
                "-c forward.yaml --gateway udp://gw.example --udp 0.0.0.0:1884"
            })
    void wrongCommandLine_isExplained(String flags) {
        List<String> words = new ArrayList<>(List.of("forward"));
        flags.lines().forEach(line -> words.addAll(List.of(line.split(" "))));

        assertThat(shell.execute(words.toArray(String[]::new))).isEqualTo(2);
        assertThat(shell.err()).isNotBlank().doesNotContain("Exception");
    }

    private CompletableFuture<Integer> start(String... flags) {
        shell.withForwarder(forwarder::start);
        List<String> words = new ArrayList<>(List.of("forward"));
        words.addAll(List.of(flags));
        return CompletableFuture.supplyAsync(() -> shell.execute(words.toArray(String[]::new)));
    }

    private void awaitLine(String line) {
        await().until(() -> shell.outLines().contains(line));
    }

    private static final class RecordingForwarder implements RunningForwarder {
        private final List<ForwarderConfig> started = new CopyOnWriteArrayList<>();
        private volatile boolean ready = true;
        private volatile boolean closed;

        private RunningForwarder start(ForwarderConfig config) {
            started.add(config);
            return this;
        }

        @Override
        public List<String> endpoints() {
            return List.of("UDP 0.0.0.0:1884");
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
