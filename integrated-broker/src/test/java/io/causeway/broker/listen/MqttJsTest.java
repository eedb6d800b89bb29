package io.causeway.broker.listen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** MQTT.js, the client of browsers, run by Node. */
class MqttJsTest {
    private static final String NONE_HERE = "no MQTT.js here: 'npm install --global mqtt' brings it,"
            + " and NODE_PATH has to name the directory that 'npm root --global' prints";

    @TempDir
    private Path directory;

    private final TestBroker broker = new TestBroker();

    @BeforeEach
    void findMqttJs() {
        ProcessBuilder probe = new ProcessBuilder(Programs.find("node").toString(), "-e", "require('mqtt')");
        assumeTrue(Programs.run(probe, directory.resolve("probe.log")) == 0, NONE_HERE);
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

        int exit = Programs.run(
                new ProcessBuilder(Programs.find("node").toString(), script.toString(), url, version), said);

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
