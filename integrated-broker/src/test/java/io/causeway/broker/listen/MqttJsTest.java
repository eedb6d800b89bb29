package io.causeway.broker.listen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** MQTT.js, the client of browsers, run by Node. */
class MqttJsTest {
    /** Survives the test, so that the next one need not fetch it again. */
    private static final Path MODULES = Path.of("target", "mqtt.js");

    private static final String NONE_HERE = "no MQTT.js here, and npm cannot fetch it: see "
            + MODULES.resolveSibling("npm.log") + "; 'apt install nodejs npm' brings npm";

    @TempDir
    private Path directory;

    private final TestBroker broker = new TestBroker();

    @BeforeAll
    static void findMqttJs() throws IOException {
        Path log = MODULES.resolveSibling("npm.log");
        Files.deleteIfExists(log);
        if (Programs.run(node("-e", "require('mqtt')"), log) != 0) {
            String npm = Programs.find("npm").toString();
            Programs.run(
                    new ProcessBuilder(npm, "install", "--no-audit", "--no-fund", "--prefix", "" + MODULES, "mqtt@5"),
                    log);
        }
        assumeTrue(Programs.run(node("-e", "require('mqtt')"), log) == 0, NONE_HERE);
    }

    /** Node with MQTT.js, be it the system's or our own. */
    private static ProcessBuilder node(String... arguments) {
        ProcessBuilder node = new ProcessBuilder(Programs.find("node").toString());
        node.command().addAll(List.of(arguments));
        node.environment()
                .merge(
                        "NODE_PATH",
                        MODULES.resolve("node_modules").toAbsolutePath().toString(),
                        (given, own) -> given + ":" + own);
        return node;
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({"MQTT,3", "MQTT,4", "MQTT,5", "WS,3", "WS,4", "WS,5"})
    void mqttJs_publishesAndSubscribes(ListenerScheme scheme, String version) throws IOException {
        MqttListener listener = broker.listen(scheme);
        Path script = directory.resolve("roundtrip.js");
        try (InputStream in = MqttJsTest.class.getResourceAsStream("roundtrip.js")) {
            Files.copy(Objects.requireNonNull(in), script);
        }
        String url = listener.endpoint() + (scheme.isWebSocket() ? "/mqtt" : "");
        Path said = directory.resolve("node.log");

        int exit = Programs.run(node(script.toString(), url, version), said);

        assertThat(exit).as(() -> read(said)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
