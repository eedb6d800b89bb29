package io.causeway.gateway.e2e;

import io.causeway.codec.Octets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Two clients were kept at one address: it became the second one's just before a crash, on another loop. */
@Timeout(60)
class ContestedAddressTest {
    private final Path directory;

    ContestedAddressTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({"one, ten, one", "one, ten, ten", "one, two, one", "one, two, two"}) // two loops, and one
    void address_isOfTheClientThatCameLast(String firstStored, String secondStored, String cameLast) throws Exception {
        String yaml = Site.durable(Site.integratedConfiguration(""), directory);
        RawSensor there;
        try (TestGateway before = TestGateway.startReady(yaml)) {
            there = connected(before, firstStored);
            connected(before, secondStored).close();
        }
        changeStore(List.of(
                "UPDATE session SET address = (SELECT address FROM session WHERE client_id = '" + firstStored + "')",
                "UPDATE session SET since = since - 1000 WHERE client_id <> '" + cameLast + "'"));

        try (there;
                TestGateway after = TestGateway.startReady(yaml)) {
            assertThat(after.metric("sessions")).isEqualTo(2);
            there.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
            there.exchange(register(cameLast), "07 0b 0001 0001 00"); // the topic id that it had
        }
    }

    /** Each has a topic of its own under the same topic id. */
    private static RawSensor connected(TestGateway gateway, String clientId) throws Exception {
        RawSensor sensor = RawSensor.open(gateway.udp());
        sensor.exchange(RawSensor.connect(clientId, 0), RawSensor.CONNACK_ACCEPTED);
        sensor.exchange(register(clientId), "07 0b 0001 0001 00");
        return sensor;
    }

    private static String register(String topicName) {
        Octets name = Octets.utf8(topicName);
        return String.format("%02x0a00000001%s", 6 + name.length(), name.toHex());
    }

    private void changeStore(List<String> statements) throws Exception {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/causeway.db"));
                Statement statement = file.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
        }
    }
}
