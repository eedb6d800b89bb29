package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.client.RejectedException;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What sensors and applications have to do with each other when the gateway is the broker of both. */
@Timeout(60)
class IntegratedBrokerTest {
    @Test
    void retainedMessageOfASensor_reachesLaterApplicationsAndSensors() throws Exception {
        try (Site site = Site.integrated("")) {
            site.sensor("writer").publish(new Topic.Name("plant/state"), "on", Qos.AT_LEAST_ONCE, true);

            assertThat(site.subscriber("plant/#").receive(1))
                    .containsExactly(new Message("plant/state", "on", 1, true));
            Sensor reader = site.sensor("reader");
            reader.subscribe("plant/#", 1);
            assertThat(reader.receive(1)).containsExactly(new Message("plant/state", "on", 1, true));
        }
    }

    @Test
    void applicationWithTheIdOfASensor_takesOver() throws Exception {
        try (Site site = Site.integrated("")) {
            Sensor sensor = site.sensor("both");
            try (Application application = Application.connect(site.mqttPort(), "both")) {
                Patience.await("the sensor is told").until(() -> sensor.losses().size() == 1);
                application.publish("a", "still here", 1);

                site.newSensor(ClientSettings.forClient("both")).connect();
                Patience.await("the application is cut off").until(() -> !application.isConnected());
            }
        }
    }

    @Test
    void sleeper_getsWhatApplicationsHaveSentMeanwhile() throws Exception {
        try (Site site = Site.integrated("")) {
            Sensor sleeper = site.sensor("sleeper");
            sleeper.subscribe("command", 1);
            sleeper.sleep(Duration.ofMinutes(1));

            Application application = site.application();
            application.publish("command", "1", 1);
            application.publish("command", "2", 2);
            assertThat(sleeper.received()).isEmpty();

            sleeper.awaken();
            assertThat(sleeper.receive(2)).extracting(Message::payload).containsExactly("1", "2");
        }
    }

    @Test
    void rulesAndUsers_countForBothProtocolsAndAreReadAgain(@TempDir Path directory) throws Exception {
        Path acl = directory.resolve("acl");
        Files.writeString(acl, "pattern write sensor/{client}/#\ntopic read sensor/#\n");
        String clients = "clients: {acl-file: \"" + acl + "\"}\n";
        try (Site site = Site.integrated(clients)) {
            Application application = site.subscriber("sensor/#");
            Sensor pump = site.sensor("pump");
            pump.publish("sensor/pump/speed", "7", 1);
            assertThatThrownBy(() -> pump.publish("sensor/other/speed", "7", 1))
                    .hasCauseInstanceOf(RejectedException.class)
                    .hasMessageContaining(ReturnCode.NOT_SUPPORTED.toString());
            application.publish("sensor/other/speed", "dropped", 1);
            assertThat(application.receive(1)).extracting(Message::payload).containsExactly("7");

            Files.writeString(acl, "topic readwrite sensor/#\n");
            site.gateway().reload(Site.integratedConfiguration(clients));
            pump.publish("sensor/other/speed", "8", 1);
            application.publish("sensor/other/speed", "9", 1);
            assertThat(application.receive(3)).extracting(Message::payload).containsExactly("7", "8", "9");

            Files.writeString(acl, "topic reads sensor/#\n");
            assertThatThrownBy(() -> site.gateway().reload(Site.integratedConfiguration(clients)))
                    .hasMessageContaining("acl:1");
            pump.publish("sensor/other/speed", "10", 1);
        }
    }

    @Test
    void usersFile_keepsOutWhoHasNoName(@TempDir Path directory) throws Exception {
        Path users = directory.resolve("users");
        Files.writeString(users, "");
        try (Site site = Site.integrated("clients: {users-file: \"" + users + "\"}\n")) {
            assertThatThrownBy(site::application).isInstanceOf(MqttException.class);
            site.sensor("sensors have no login").publish("a", "b", 1);
        }
    }

    @Test
    void comingAndGoing_isToldOnATopic() throws Exception {
        try (Site site = Site.integrated("  events-topic: site/clients\n")) {
            Application application = site.subscriber("site/clients");
            Sensor sensor = site.sensor("pump");
            sensor.sleep(Duration.ofMinutes(1));
            sensor.awaken();
            sensor.disconnect();

            List<String> events = application.receive(5).stream()
                    .map(Message::payload)
                    .filter(each -> each.contains("\"client\":\"pump\""))
                    .map(each -> each.replaceFirst(".*\"event\":\"([a-z]+)\".*", "$1"))
                    .toList();
            assertThat(events).startsWith("connected", "asleep", "awake").contains("disconnected");
        }
    }

    @Test
    void smallestBoundsThatTheSettingsAllow_startAndServe() throws Exception {
        String smallest = """
                  max-connections: 1
                  max-packet: 1KiB
                  max-inflight: 1
                  queue: {messages: 1, octets: 1KiB}
                  retained: {messages: 1, octets: 4KiB}
                  session-expiry: 1s
                """;
        try (Site site = Site.integrated(smallest)) {
            site.application().publish("a", "b", 2);
        }
    }

    @Test
    void sensor_cannotSpeakForTheBroker() throws Exception {
        try (Site site = Site.integrated("")) {
            Sensor sensor = site.sensor("forger");
            assertThatThrownBy(() -> sensor.publish("$SYS/broker/version", "forged", 1))
                    .hasCauseInstanceOf(RejectedException.class);
            assertThat(site.gateway().metric("mqtt_messages_in_refused_sys_total"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatTheBrokerTellsOfItself_takesNoRoomOfRetainedMessages() throws Exception {
        try (Site site = Site.integrated("  retained: {messages: 10}\n")) {
            Sensor sensor = site.sensor("writer");
            site.subscriber("$SYS/broker/uptime").receive(1);
            for (int i = 0; i < 10; i++) {
                sensor.publish(new Topic.Name("state/" + i), "on", Qos.AT_LEAST_ONCE, true);
            }
            assertThat(site.subscriber("state/#").receive(10)).hasSize(10);
        }
    }

    @Test
    void brokerTellsOfItself() throws Exception {
        try (Site site = Site.integrated("  status-interval: 1s\n")) {
            Application application = site.subscriber("$SYS/broker/clients/connected");
            assertThat(application.receive(1).get(0).payload()).matches("[0-9]+");
            site.application();
            Patience.await("both are counted")
                    .until(() -> application.payloads().contains("2"));
            assertThat(site.gateway().metric("mqtt_clients{state=\"connected\"}"))
                    .isEqualTo(2);
        }
    }
}
