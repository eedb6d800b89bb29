package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The broker is away, and sensors are served from the journal. */
@Timeout(120)
class StoreAndForwardTest {
    private static final int OK = 200;

    private Site site;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        site = Site.durable(Site.Brokering.AGGREGATING, directory);
        Patience.await("the broker is there").until(() -> site.gateway().metric("broker_connected") == 1);
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void publishesWhileTheBrokerIsAway_areAcknowledgedAndDeliveredInOrderWhenItIsBack(int qos) throws Exception {
        List<String> payloads =
                IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        Sensor sensor = site.sensor("steady");
        subscribeForLater("reader", "up");

        stopBroker();
        payloads.forEach(each -> sensor.publish("up", each, qos));
        assertThat(site.gateway().metric("journal_messages")).isEqualTo(10);
        assertThat(site.gateway().metric("messages_in_accepted_total")).isEqualTo(10);
        site.broker().start();

        try (Application reader = Application.resume(site.mqttPort(), "reader")) {
            assertThat(reader.receive(10)).hasSize(10);
            assertThat(reader.payloads()).isEqualTo(payloads);
        }
        Patience.await("the journal is empty").until(() -> site.gateway().metric("journal_messages") == 0);
        assertThat(site.gateway().metric("journal_journaled_total")).isEqualTo(10);
        assertThat(site.gateway().metric("journal_drained_total")).isEqualTo(10);
    }

    @Test
    void newClients_areServedWhileTheBrokerIsAway() throws Exception {
        stopBroker();

        Sensor sensor = site.newSensor(ClientSettings.forClient("newcomer")).connect();
        sensor.subscribe("down", 1);
        sensor.publish(new Topic.Name("up"), "on", Qos.EXACTLY_ONCE, false);

        site.broker().start();
        Application application = site.application();
        Patience.await("the subscription stands").until(() -> {
            application.publish("down", "probe", 0);
            return !sensor.received().isEmpty();
        });
    }

    @Test
    void journal_survivesARestartOfTheGateway() throws Exception {
        Sensor sensor = site.sensor("steady");
        subscribeForLater("reader", "up");
        stopBroker();
        sensor.publish("up", "1", 1);
        sensor.publish("up", "2", 1);

        site.stopGateway();
        site.startGateway();
        sensor.publish("up", "3", 1);
        site.broker().start();

        try (Application reader = Application.resume(site.mqttPort(), "reader")) {
            reader.receive(3);
            assertThat(reader.payloads()).containsExactly("1", "2", "3");
        }
    }

    @Test
    void health_isReadyAndTellsThatTheBrokerIsAway() throws Exception {
        stopBroker();

        assertThat(site.gateway().get("/health/ready").statusCode()).isEqualTo(OK);
        assertThat(site.gateway().get("/health/ready").body())
                .contains("\"notes\"", "mqtt://127.0.0.1:" + site.broker().port());
        assertThat(site.gateway().get("/health/live").statusCode()).isEqualTo(OK);
    }

    private void subscribeForLater(String clientId, String filter) throws Exception {
        try (Application application = Application.resume(site.mqttPort(), clientId)) {
            application.subscribe(filter, 2);
        }
    }

    private void stopBroker() throws Exception {
        site.broker().stop();
        Patience.await("the broker is away").until(() -> site.gateway().metric("broker_connected") == 0);
    }
}
