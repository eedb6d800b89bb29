package io.causeway.gateway.e2e;

import io.causeway.simulator.FleetCommand;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The scenarios that are shipped, in a hurry, against this gateway; and what a run says that cannot take its course. */
@Timeout(120)
class FleetTest {
    private static Trial simulate(String... args) {
        return Trial.of(new FleetCommand(action -> {}), List.of(args));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGRATED,  smart-meters, 0.02, 600",
        "AGGREGATING, cold-chain,   0.05, 200",
        "INTEGRATED,  parking,      0.05, 150",
        "AGGREGATING, factory,      0.2,  20",
        "INTEGRATED,  storm,        0.1,  60",
    })
    void shippedScenario_endsWithEveryPromiseKept(
            Site.Brokering brokering, String scenario, String scale, String hurry, @TempDir Path directory)
            throws Exception {
        assertKept(brokering, scenario, scale, hurry, directory);
    }

    /** Each scenario in the other mode: two minutes more. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "long", matches = "true")
    @CsvSource({
        "AGGREGATING, smart-meters, 0.02, 600",
        "INTEGRATED,  cold-chain,   0.05, 200",
        "AGGREGATING, parking,      0.05, 150",
        "INTEGRATED,  factory,      0.2,  20",
        "AGGREGATING, storm,        0.1,  60",
    })
    void shippedScenario_endsWithEveryPromiseKeptInTheOtherMode(
            Site.Brokering brokering, String scenario, String scale, String hurry, @TempDir Path directory)
            throws Exception {
        assertKept(brokering, scenario, scale, hurry, directory);
    }

    private void assertKept(Site.Brokering brokering, String scenario, String scale, String hurry, Path directory)
            throws Exception {
        try (Site site = Site.forFleets(brokering, "parking/bay", directory)) {
            List<String> args = new ArrayList<>(List.of("--scenario", scenario, "--scale", scale, "--hurry", hurry));
            args.addAll(List.of(
                    "--gateway", "udp://127.0.0.1:" + site.gateway().udp().getPort()));
            args.addAll(List.of("--verify", "mqtt://127.0.0.1:" + site.mqttPort()));

            simulate(args.toArray(String[]::new)).assertKept();
        }
    }

    @Test
    void predefinedTopicThatTheGatewayDoesNotHave_isHintedAt(@TempDir Path directory) throws Exception {
        try (Site site = Site.forFleets(Site.Brokering.INTEGRATED, "something/else", directory)) {
            Trial trial = simulate(
                    "--scenario=parking",
                    "--scale=0.01",
                    "--hurry=600",
                    "--gateway=udp://127.0.0.1:" + site.gateway().udp().getPort(),
                    "--verify=mqtt://127.0.0.1:" + site.mqttPort());

            assertThat(trial.code()).isZero();
            assertThat(trial.err())
                    .contains("nothing of 'bays' arrived: does the gateway have the predefined topic 1 with the name "
                            + "parking/bay?");
        }
    }

    @Test
    void absentBroker_endsTheRunBeforeItBegins() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        Trial trial = simulate("--gateway", "udp://127.0.0.1:" + port, "--verify", "mqtt://127.0.0.1:" + port);

        assertThat(trial.code()).isEqualTo(3);
        assertThat(trial.err()).startsWith("causeway: ").contains("127.0.0.1:" + port);
    }

    @Test
    void absentGateway_isToldInEveryReport(@TempDir Path directory) throws Exception {
        URI nobody;
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            nobody = URI.create("udp://127.0.0.1:" + free.getLocalPort());
        }
        Path json = directory.resolve("report.json");
        Path html = directory.resolve("report.html");

        Trial trial =
                simulate("--gateway=" + nobody, "--clients=3", "--ramp-up=0s", "--json=" + json, "--report=" + html);

        assertThat(trial.code()).isEqualTo(3);
        assertThat(trial.out()).contains("nobody is at " + nobody);
        assertThat(json).content().contains("\"outcome\":\"aborted\"");
        assertThat(html).isNotEmptyFile();
    }
}
