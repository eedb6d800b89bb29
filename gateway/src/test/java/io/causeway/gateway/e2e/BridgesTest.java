package io.causeway.gateway.e2e;

import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.testkit.Mosquitto;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A site with a broker of its own, bridged to a broker far away. */
@Timeout(120)
class BridgesTest {
    private static final int OK = 200;
    private static final int OUTAGE_MESSAGES = 50;

    private final Path state;
    private Mosquitto far;

    BridgesTest(@TempDir Path state) {
        this.state = state;
    }

    @BeforeEach
    void startFar(@TempDir Path files) throws Exception {
        far = Mosquitto.startDurable(files);
    }

    @AfterEach
    void stopFar() {
        far.close();
    }

    @Test
    void messages_crossBothWaysUnderTheirNames() throws Exception {
        try (Site site = bridged("""
                - {filter: "sensors/#", direction: out, qos: 2, remote-prefix: "plants/7/"}
                - {filter: "commands/#", direction: in, qos: 2, remote-prefix: "plants/7/"}
                """);
                Application cloud = Application.connect(far.port(), "cloud")) {
            cloud.subscribe("#", 2);
            Sensor sensor = site.sensor("thermometer");
            sensor.subscribe("commands/+", 2);
            sensor.publish("sensors/hall", "21.5", 2);
            sensor.publish("private/hall", "secret", 1);
            cloud.publish("plants/7/commands/door", "open", 2);

            assertThat(sensor.receive(1)).extracting(Message::payload).containsExactly("open");
            assertThat(cloud.receive(2)).extracting(Message::payload).containsExactlyInAnyOrder("21.5", "open");
            assertThat(cloud.received()).extracting(Message::topic).contains("plants/7/sensors/hall");
            assertThat(site.gateway().metric("bridge_out_total{bridge=\"cloud\"}"))
                    .isEqualTo(1);
            assertThat(site.gateway().metric("bridge_in_total{bridge=\"cloud\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void farBrokerAway_siteGoesOnAndCatchesUp() throws Exception {
        try (Site site = bridged("- {filter: \"#\", direction: out, qos: 1}\n");
                Application local = Application.connect(site.mqttPort(), "local")) {
            local.subscribe("sensors/#", 1);
            try (Application cloud = Application.resume(far.port(), "cloud")) {
                cloud.subscribe("#", 1);
                cloud.disconnect();
            }
            awaitBridge(site, 1);
            far.stop();
            awaitBridge(site, 0);
            Sensor sensor = site.sensor("thermometer");

            for (int i = 0; i < OUTAGE_MESSAGES; i++) {
                sensor.publish("sensors/hall", Integer.toString(i), 1);
            }

            assertThat(local.receive(OUTAGE_MESSAGES)).hasSize(OUTAGE_MESSAGES);
            assertThat(site.gateway().get("/health/ready").statusCode()).isEqualTo(OK);
            assertThat(site.gateway().get("/health/ready").body()).contains("bridge cloud");
            far.start();
            try (Application cloud = Application.resume(far.port(), "cloud")) {
                assertThat(cloud.receive(OUTAGE_MESSAGES))
                        .extracting(Message::payload)
                        .containsExactlyElementsOf(IntStream.range(0, OUTAGE_MESSAGES)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 2"})
    void bothWaysWithoutPrefix_nothingComesTwice(boolean announced, int echoes) throws Exception {
        try (Site site = bridged("- {filter: \"shared/#\", direction: both, qos: 1}\n", "announce: " + announced);
                Application cloud = Application.connect(far.port(), "cloud");
                Application local = Application.connect(site.mqttPort(), "local")) {
            cloud.subscribe("shared/#", 1);
            local.subscribe("shared/#", 1);
            awaitBridge(site, 1);

            local.publish("shared/a", "from here", 1);
            cloud.publish("shared/a", "from there", 1);
            local.publish("shared/a", "last from here", 1);
            cloud.receive(3);
            cloud.publish("shared/a", "last from there", 1);

            assertThat(local.receive(4)).extracting(Message::payload).endsWith("last from there");
            assertThat(cloud.receive(4)).extracting(Message::payload).endsWith("last from there");
            assertThat(local.payloads()).doesNotHaveDuplicates();
            assertThat(cloud.payloads()).doesNotHaveDuplicates();
            assertThat(site.gateway().metric("bridge_echoes_total{bridge=\"cloud\"}"))
                    .isEqualTo(echoes);
        }
    }

    @Test
    void bothWays_whatEitherSideSaysInTheWordsOfTheOtherIsNotLost() throws Exception {
        try (Site site = bridged("- {filter: \"shared/#\", direction: both, qos: 1}\n");
                Application cloud = Application.connect(far.port(), "cloud");
                Application local = Application.connect(site.mqttPort(), "local")) {
            cloud.subscribe("shared/#", 1);
            local.subscribe("shared/#", 1);
            awaitBridge(site, 1);

            local.publish("shared/lamp", "on", 1);
            cloud.receive(1);
            cloud.publish("shared/lamp", "on", 1);

            assertThat(local.receive(2)).hasSize(2);
        }
    }

    @Test
    void retainedThatIsPublishedThereLater_isRetainedHere() throws Exception {
        try (Site site = bridged("- {filter: \"commands/#\", direction: in}\n");
                Application cloud = Application.connect(far.port(), "cloud")) {
            awaitBridge(site, 1);
            cloud.publish("commands/mode", "eco", 1, true);
            Patience.await("message brought in")
                    .until(() -> site.gateway().metric("bridge_in_total{bridge=\"cloud\"}") == 1);

            Sensor sensor = site.sensor("thermometer");
            sensor.subscribe("commands/#", 1);
            assertThat(sensor.receive(1)).extracting(Message::payload).containsExactly("eco");
        }
    }

    private static Mosquitto bridgeTo(int port, Path files) {
        return Mosquitto.start(
                files,
                "connection site",
                "address 127.0.0.1:" + port,
                "topic shared/# both 1",
                "notifications_local_only true");
    }

    @Test
    void bridgeOfMosquitto_bringsNothingTwice(@TempDir Path files) throws Exception {
        try (Site site = Site.integrated(state, "");
                Mosquitto bridging = bridgeTo(site.mqttPort(), files);
                Application cloud = Application.connect(bridging.port(), "cloud");
                Application local = Application.connect(site.mqttPort(), "local")) {
            cloud.subscribe("#", 1);
            local.subscribe("shared/#", 1);
            cloud.subscribe("$SYS/broker/connection/+/state", 1);
            Patience.await("bridge stands").until(() -> cloud.payloads().contains("1"));

            cloud.publish("shared/a", "from there", 1);
            local.receive(1);
            local.publish("shared/a", "from here", 1, true);
            local.receive(2);
            cloud.publish("shared/a", "last from there", 1);

            assertThat(local.receive(3)).extracting(Message::payload).endsWith("last from there");
            assertThat(local.payloads()).doesNotHaveDuplicates();
            Patience.await("all there").until(() -> cloud.payloads().contains("last from there"));
            assertThat(cloud.payloads()).containsOnlyOnce("from there", "from here", "last from there");
            try (Application late = Application.connect(bridging.port(), "late")) {
                late.subscribe("shared/#", 1);
                assertThat(late.receive(1)).extracting(Message::payload).containsExactly("from here");
            }
        }
    }

    @Test
    void retained_areKnownOnBothSides() throws Exception {
        try (Application cloud = Application.connect(far.port(), "early")) {
            cloud.publish("commands/mode", "eco", 1, true);
        }
        try (Site site = bridged("""
                - {filter: "sensors/#", direction: out}
                - {filter: "commands/#", direction: in}
                """)) {
            awaitBridge(site, 1);
            Sensor sensor = site.sensor("thermometer");
            sensor.publish(new Topic.Name("sensors/hall"), "21.5", Qos.AT_LEAST_ONCE, true);
            sensor.subscribe("commands/#", 1);

            assertThat(sensor.receive(1)).extracting(Message::payload).containsExactly("eco");
            try (Application late = Application.connect(far.port(), "late")) {
                late.subscribe("sensors/#", 1);
                assertThat(late.receive(1)).extracting(Message::payload).containsExactly("21.5");
            }
        }
    }

    @Test
    void retainedThatCameIn_isThereAfterARestart() throws Exception {
        try (Application cloud = Application.connect(far.port(), "cloud")) {
            cloud.publish("commands/mode", "eco", 1, true);
        }
        try (Site site = bridged("- {filter: \"commands/#\", direction: in}\n")) {
            Patience.await("message brought in")
                    .until(() -> site.gateway().metric("bridge_in_total{bridge=\"cloud\"}") == 1);
            far.stop();

            site.restart();

            Sensor sensor = site.sensor("thermometer");
            sensor.subscribe("commands/#", 1);
            assertThat(sensor.receive(1)).extracting(Message::payload).containsExactly("eco");
        }
    }

    private Site bridged(String rules) throws Exception {
        return bridged(rules, "announce: true");
    }

    private Site bridged(String rules, String more) throws Exception {
        return Site.integrated(state, """
                bridge:
                  - name: cloud
                    broker: %s
                    reconnect: {min: 50ms, max: 200ms}
                    %s
                    rules:
                %s""".formatted(far.uri(), more, rules.indent(6)));
    }

    private static void awaitBridge(Site site, int connected) {
        Patience.await("bridge connected: " + connected)
                .until(() -> site.gateway().metric("bridge_connected{bridge=\"cloud\"}") == connected);
    }
}
