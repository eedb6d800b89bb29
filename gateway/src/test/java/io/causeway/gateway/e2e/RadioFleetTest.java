package io.causeway.gateway.e2e;

import io.causeway.simulator.FleetCommand;
import io.causeway.simulator.SerialCommand;
import io.causeway.simulator.XBeeCommand;
import io.causeway.testkit.PtyBench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Emulated radios and lines, with their sensors, at the serial ports of a gateway, and judged at its broker. */
@Timeout(120)
class RadioFleetTest {
    private static final double FRAME_IDS = 255;
    private static final int STEADY_OCTETS = 16 * 1_024 * 1_024;

    /** All that can happen at once. */
    private static final List<String> HARDSHIP = List.of(
            "--nodes=50",
            "--loss=5%",
            "--duplicates=2%",
            "--status-failures=3%",
            "--status-loss=1%",
            "--rejoin=1m",
            "--split",
            "--garbage=5%",
            "--flips=1%",
            "--cuts=1%",
            "--unplugged=1s..3s");

    @TempDir
    private Path directory;

    @BeforeEach
    void requireSocat() {
        assumeTrue(PtyBench.isAvailable(), "socat is missing: sudo apt install socat");
    }

    /** Fast enough that each frame id of the gateway is used more than once. */
    @Test
    void radiosInCleanNetworks_carryTheirFleets() throws Exception {
        List<List<String>> networks = List.of(
                List.of("--family=zigbee", "--api-mode=1", "--qos=1"),
                List.of("--family=zigbee", "--api-mode=2", "--qos=2"),
                List.of("--family=digimesh", "--qos=1"),
                List.of("--family=802.15.4", "--qos=1"));
        try (Site site = Site.withLinks(xbee(port(0)), xbee(port(1)), xbee(port(2)), xbee(port(3)))) {
            List<CompletableFuture<Trial>> trials = new ArrayList<>();
            for (List<String> network : networks) {
                trials.add(begin(
                        site,
                        new XBeeCommand(action -> {}),
                        "--pty=" + port(trials.size()),
                        network,
                        "--nodes=10",
                        "--sleepers=0%",
                        "--air-rate=250000",
                        "--latency=1ms",
                        "--rate=80",
                        "--commands=1s",
                        "--duration=5s"));
            }

            for (CompletableFuture<Trial> trial : trials) {
                result(trial).assertKept();
            }
            Map<String, Double> metrics = site.gateway().metrics();
            for (int i = 0; i < trials.size(); i++) {
                assertThat(metrics.get("link_sent_datagrams_total{link=\"xbee " + port(i) + "\"}"))
                        .isGreaterThan(FRAME_IDS);
            }
        }
    }

    @Test
    void radioInABadNetwork_carriesItsFleet() throws Exception {
        try (Site site = Site.withLinks(xbee(port(0)))) {
            Trial trial = hardship(
                    site, "--sleep=5s", "--every=5s", "--commands=10s", "--unplug=6s", "--replugs=2", "--duration=18s");

            trial.assertKept();
            assertThat(trial.commands("sleepers", "arrived")).isPositive();
        }
    }

    /** Half an hour. */
    @Test
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    @EnabledIfSystemProperty(named = "long", matches = "true")
    void radioInABadNetworkForLong_carriesItsFleetInSteadyMemory() throws Exception {
        try (Site site = Site.withLinks(xbee(port(0)))) {
            hardship(site, "--sleep=5s", "--every=5s", "--duration=1m").assertKept();
            long usedOctets = usedOctets();

            Trial trial = hardship(site, "--unplug=4m..6m", "--replugs=5", "--duration=30m");

            trial.assertKept();
            assertThat(trial.commands("sleepers", "arrived")).isPositive();
            assertThat(usedOctets()).isLessThan(usedOctets + STEADY_OCTETS);
        }
    }

    private Trial hardship(Site site, String... options) throws Exception {
        return result(begin(site, new XBeeCommand(action -> {}), "--pty=" + port(0), HARDSHIP, options));
    }

    private static long usedOctets() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void lineThatIsPulled_carriesItsFleetInEveryFraming() throws Exception {
        List<String> framings = List.of("raw", "slip", "slip-crc");
        try (Site site = Site.withLinks(serial(port(0), "raw"), serial(port(1), "slip"), serial(port(2), "slip-crc"))) {
            List<CompletableFuture<Trial>> trials = new ArrayList<>();
            for (String framing : framings) {
                trials.add(begin(
                        site,
                        new SerialCommand(action -> {}),
                        "--pty=" + port(trials.size()),
                        List.of("--framing=" + framing),
                        "--clients=5",
                        "--sleep=2s",
                        "--every=500ms",
                        "--commands=1s",
                        "--unplug=3s",
                        "--unplugged=1s",
                        "--replugs=1",
                        "--duration=8s"));
            }

            for (CompletableFuture<Trial> trial : trials) {
                result(trial).assertKept();
            }
        }
    }

    @Test
    void radioThatIsPulled_disturbsNobodyElse() throws Exception {
        try (Site site = Site.withLinks(xbee(port(0)), xbee(port(1)))) {
            CompletableFuture<Trial> pulled = begin(
                    site,
                    new XBeeCommand(action -> {}),
                    "--pty=" + port(0),
                    List.of("--unplug=7s", "--unplugged=5s", "--replugs=1"),
                    "--every=1s",
                    "--duration=16s");
            List<String> healthy = List.of("--every=500ms", "--late=2s");
            CompletableFuture<Trial> radio = begin(
                    site,
                    new XBeeCommand(action -> {}),
                    "--pty=" + port(1),
                    healthy,
                    "--nodes=5",
                    "--sleepers=0%",
                    "--duration=16s");
            CompletableFuture<Trial> network = begin(
                    site,
                    new FleetCommand(action -> {}),
                    "--gateway=udp://127.0.0.1:" + site.gateway().udp().getPort(),
                    healthy,
                    "--clients=20",
                    "--seconds=16");
            String up = "link_up{link=\"xbee " + port(0) + "\"}";

            Patience.await("the radio is up")
                    .until(() -> Objects.equals(site.gateway().metrics().get(up), 1.0));
            Patience.await("the radio is pulled")
                    .until(() -> site.gateway()
                            .get("/health/ready")
                            .body()
                            .contains("xbee " + port(0) + ": down: " + port(0) + " was pulled"));
            assertThat(site.gateway().get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(site.gateway().metrics()).containsEntry(up, 0.0);
            Patience.await("the radio is up again")
                    .until(() -> Objects.equals(site.gateway().metrics().get(up), 1.0));

            result(pulled).assertKept();
            assertThat(result(radio).assertKept().messages("nodes", "late")).isZero();
            assertThat(result(network).assertKept().messages("sensors", "late")).isZero();
        }
    }

    @Test
    void forwarderWithARadioAndALine_carriesTheirFleets() throws Exception {
        try (Site site = Site.integrated("");
                TestForwarder forwarder = TestForwarder.start("""
                        links:
                          - %s
                          - %s
                        gateway: udp://127.0.0.1:%d
                        gateway-port: 0
                        admin: none
                        """.formatted(
                                xbee(port(0)),
                                serial(port(1), "slip-crc"),
                                site.gateway().udp().getPort()))) {
            List<String> fleet = List.of("--nodes=6", "--sleep=2s", "--every=1s", "--commands=1s", "--duration=6s");

            CompletableFuture<Trial> radio =
                    begin(site, new XBeeCommand(action -> {}), "--pty=" + port(0), fleet, "--loss=2%");
            CompletableFuture<Trial> line =
                    begin(site, new SerialCommand(action -> {}), "--pty=" + port(1), fleet, "--framing=slip-crc");

            forwarder.awaitReady();
            result(radio).assertKept();
            result(line).assertKept();
        }
    }

    private Path port(int index) {
        return directory.resolve("port" + index);
    }

    private static String xbee(Path port) {
        return "{type: xbee, port: %s, baud: 115200, retry-interval: 5s}".formatted(port);
    }

    private static String serial(Path port, String framing) {
        return "{type: serial, port: %s, framing: %s}".formatted(port, framing);
    }

    private static CompletableFuture<Trial> begin(
            Site site, Callable<Integer> command, String where, List<String> fleet, String... more) {
        List<String> args = new ArrayList<>(fleet);
        args.addAll(List.of(more));
        args.add(where);
        args.add("--verify=mqtt://127.0.0.1:" + site.mqttPort());
        return Trial.begin(command, args);
    }

    private static Trial result(CompletableFuture<Trial> trial) throws Exception {
        return trial.get();
    }
}
