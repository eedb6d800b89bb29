package io.causeway.gateway.e2e;

import io.causeway.gateway.cli.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What an integrated broker keeps, and a data directory that cannot be had. */
@Timeout(60)
class DataDirectoryTest {
    private final Path directory;

    DataDirectoryTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void retainedMessage_survives() throws Exception {
        try (Site site = Site.durable(Site.Brokering.INTEGRATED, directory)) {
            site.application().publish("plant/state", "on", 1, true);
            site.sensor("keeper").publish("plant/other", "off", 1);

            site.restart();

            assertThat(site.subscriber("plant/#").receive(1))
                    .containsExactly(new Message("plant/state", "on", 1, true));
            assertThat(site.gateway().metric("store_restored{kind=\"retained_messages\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void sessionOfAnMqttClient_survivesWithWhatWaitedForIt() throws Exception {
        try (Site site = Site.durable(Site.Brokering.INTEGRATED, directory)) {
            try (Application before = Application.resume(site.mqttPort(), "reader")) {
                before.subscribe("news/#", 2);
            }
            Sensor sensor = site.sensor("writer");
            sensor.publish("news/a", "1", 1);
            sensor.publish("news/b", "2", 1);

            site.restart();

            sensor.publish("news/c", "3", 1);
            try (Application after = Application.resume(site.mqttPort(), "reader")) {
                assertThat(after.receive(3))
                        .containsExactly(
                                new Message("news/a", "1", 1, false),
                                new Message("news/b", "2", 1, false),
                                new Message("news/c", "3", 1, false));
            }
        }
    }

    @Test
    void sessionThatCannotBeRead_costsNoOther() throws Exception {
        try (Site site = Site.durable(Site.Brokering.INTEGRATED, directory)) {
            Sensor sound = site.sensor("sound");
            site.sensor("damaged");
            site.stopGateway();
            try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/causeway.db"));
                    Statement statement = file.createStatement()) {
                statement.execute("UPDATE session SET state = 'DREAMING' WHERE client_id = 'damaged'");
            }

            site.startGateway();

            sound.publish("still", "here", 1);
            assertThat(site.gateway().metric("sessions")).isEqualTo(1);
            assertThat(site.gateway().metric("store_damaged_rows_total")).isEqualTo(1);
            assertThat(site.gateway().get("/health/ready").body()).contains("cannot be read");
        }
    }

    @Test
    void linkThatIsNotConfiguredAnyMore_leavesItsSessionsWithoutAddress() throws Exception {
        String yaml = Site.durable(Site.integratedConfiguration(""), directory);
        try (TestGateway before = TestGateway.startReady(yaml);
                RawSensor sensor = RawSensor.open(before.udp())) {
            sensor.exchange(RawSensor.connect("moved"), RawSensor.CONNACK_ACCEPTED);
        }

        try (TestGateway after = TestGateway.startReady(Site.durable(Site.integratedConfiguration(""), directory));
                RawSensor sensor = RawSensor.open(after.udp())) {
            assertThat(after.metric("sessions")).isEqualTo(1);
            sensor.exchange(RawSensor.PINGREQ, RawSensor.DISCONNECT);
            sensor.exchange(RawSensor.connect("moved", 0), RawSensor.CONNACK_ACCEPTED);
            assertThat(after.metric("sessions")).isEqualTo(1);
        }
    }

    @Test
    void directoryOfAGatewayThatRuns_isRefusedToASecondOne() throws Exception {
        try (Site site = Site.durable(Site.Brokering.INTEGRATED, directory)) {
            String second = Site.durable(Site.integratedConfiguration(""), directory);

            assertThatThrownBy(() -> TestGateway.start(second))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(directory.resolve("data").toString())
                    .hasMessageContaining("another gateway uses it");
            site.sensor("served").publish("still", "here", 1);
        }
    }

    @Test
    void directoryThatCannotBeWritten_isExplained() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
        String yaml = Site.integratedConfiguration("").replace("data-dir: none", "data-dir: /proc/self");

        assertThatThrownBy(() -> TestGateway.start(yaml))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("/proc/self: cannot be written");
    }

    @Test
    void damagedStore_isNotStartedOn() throws Exception {
        String yaml = Site.durable(Site.integratedConfiguration(""), directory);
        TestGateway.startReady(yaml).close();
        Path file = directory.resolve("data/causeway.db");
        Files.write(file, new byte[100], StandardOpenOption.WRITE);

        assertThatThrownBy(() -> TestGateway.start(yaml))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file.toString());
    }
}
