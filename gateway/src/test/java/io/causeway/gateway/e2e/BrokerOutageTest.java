package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.client.RejectedException;
import io.causeway.client.Will;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.testkit.Mosquitto;
import io.causeway.testkit.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The broker goes away and comes back, and no client connects again for it. */
@Timeout(120)
class BrokerOutageTest {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private Site site;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        site = Site.open(Mosquitto.startDurable(directory), "");
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    @Requirement({"G-BRK-02", "G-BRK-03", "G-PUB-19", "G-CONN-11", "G-SUB-12"})
    void whileTheBrokerIsAway_requestsAreRefusedWithCongestion() throws Exception {
        Sensor sensor = site.sensor("waiting");
        sensor.publish("known", "before", 1);
        RawSensor raw = site.rawSensor();
        raw.exchange(RawSensor.connect("raw"), RawSensor.CONNACK_ACCEPTED);

        stopBroker();

        assertCongestion(() -> sensor.publish("known", "lost", 1));
        assertCongestion(() -> sensor.publish("known", "lost", 2));
        assertCongestion(() -> sensor.subscribe("new", 1));
        assertCongestion(() -> site.sensor("newcomer"));
        raw.exchange("08 0c 22 6162 0001 21", "07 0d 6162 0001 01");
        raw.exchange("08 0c 42 6162 0002 21", "07 0d 6162 0002 01");
        raw.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
        sensor.ping();
        assertThat(site.gateway().metric("connects_refused_congestion_total")).isEqualTo(1);
        assertThat(site.gateway().metric("messages_in_refused_congestion_total"))
                .isEqualTo(4);
    }

    @Test
    @Requirement("G-BRK-01")
    void health_tellsWhetherMessagesCanPass() throws Exception {
        assertThat(site.gateway().get("/health/ready").statusCode()).isEqualTo(OK);
        assertThat(site.gateway().metric("broker_connected")).isEqualTo(1);

        stopBroker();
        assertThat(site.gateway().get("/health/ready").statusCode()).isEqualTo(UNAVAILABLE);
        assertThat(site.gateway().get("/health/ready").body())
                .contains("mqtt://127.0.0.1:" + site.broker().port());
        assertThat(site.gateway().get("/health/live").statusCode()).isEqualTo(OK);
        assertThat(site.gateway().metric("broker_connected")).isZero();

        startBroker();
        assertThat(site.gateway().get("/health/ready").statusCode()).isEqualTo(OK);
        assertThat(site.gateway().metric("broker_connects_total")).isEqualTo(2);
        assertThat(site.gateway().metric("broker_losses_total")).isEqualTo(1);
    }

    @Test
    @Requirement({"G-BRK-01", "G-BRK-04"})
    void afterTheOutage_everySubscriptionIsServedAgain() throws Exception {
        Sensor sensor = site.sensor("steady");
        Sensor other = site.sensor("other");
        sensor.subscribe("named", 2);
        sensor.subscribe("wild/+", 1);
        sensor.subscribe(new Topic.Predefined(1), 1);
        sensor.subscribe(new Topic.Short("sh"), 0);
        other.subscribe("wild/#", 2);

        stopBroker();
        site.broker().forget();
        startBroker();
        Application application = site.application();
        awaitResubscribed(application, sensor);
        application.publish("named", "1", 2);
        application.publish("wild/a", "2", 2);
        application.publish("plant/temperature", "3", 2);
        application.publish("sh", "4", 2);
        sensor.publish("wild/b", "5", 2);

        List<String> payloads = List.of("1", "2", "3", "4", "5");
        Patience.await("all messages").until(() -> sensor.payloads().containsAll(payloads));
        assertThat(sensor.received().stream()
                        .filter(message -> !message.payload().isEmpty()))
                .containsExactlyInAnyOrder(
                        new Message("named", "1", 2, false),
                        new Message("wild/a", "2", 1, false),
                        new Message("1", "3", 1, false),
                        new Message("sh", "4", 0, false),
                        new Message("wild/b", "5", 1, false));
        assertThat(other.receive(2))
                .containsExactly(new Message("wild/a", "2", 2, false), new Message("wild/b", "5", 2, false));
        assertThat(sensor.losses()).isEmpty();
        assertThat(other.losses()).isEmpty();
    }

    @Test
    @Requirement({"G-BRK-05", "G-BRK-06"})
    void sleepersAndAbsentClients_getWhatComesAfterTheOutage() throws Exception {
        Sensor sleeper = site.sensor("sleeper");
        sleeper.subscribe("later", 1);
        sleeper.sleep(Duration.ofMinutes(10));
        Sensor absent = site.newSensor(ClientSettings.forClient("absent").cleanSession(false));
        absent.connect();
        absent.subscribe("later", 1);
        absent.disconnect();
        Sensor awake = site.sensor("awake");
        awake.subscribe("named", 1);

        stopBroker();
        startBroker();
        Application application = site.application();
        awaitResubscribed(application, awake);
        application.publish("later", "kept", 1);
        Patience.await("a message for each").until(() -> site.gateway().metric("queued_messages") == 2);

        sleeper.awaken();
        absent.connect();
        assertThat(sleeper.receive(1)).containsExactly(new Message("later", "kept", 1, false));
        assertThat(absent.receive(1)).containsExactly(new Message("later", "kept", 1, false));
    }

    @Test
    @Requirement("G-BRK-07")
    void qosMinusOne_worksAgainAfterTheOutage() throws Exception {
        RawSensor stranger = site.rawSensor();
        stopBroker();
        stranger.send("08 0c 62 6d31 0000 21");
        stranger.exchange("03 01 00", "03 02 07");
        startBroker();
        Application application = site.subscriber("m1");

        stranger.send("08 0c 62 6d31 0000 22");

        assertThat(application.receive(1)).containsExactly(new Message("m1", "\"", 0, false));
    }

    @Test
    void willOfAClientLostMeanwhile_isPublishedAfterTheOutage() throws Exception {
        Application before = Application.resume(site.mqttPort(), "will reader");
        before.subscribe("will", 1);
        before.close();
        Sensor sensor = site.newSensor(ClientSettings.forClient("doomed")
                .keepAlive(Duration.ofSeconds(1))
                .will(new Will("will", Octets.utf8("gone"), Qos.AT_LEAST_ONCE, false)));
        sensor.connect();

        stopBroker();
        sensor.close();
        Patience.await("the will waits").until(() -> site.gateway().metric("wills_waiting") == 1);
        startBroker();

        try (Application after = Application.resume(site.mqttPort(), "will reader")) {
            assertThat(after.receive(1)).containsExactly(new Message("will", "gone", 1, false));
        }
    }

    @Test
    @Requirement({"G-BRK-02", "G-DISC-08"})
    void gatewayStartedBeforeTheBroker_isReadyWhenThatComes() throws Exception {
        stopBroker();
        try (TestGateway early =
                TestGateway.start(Site.configuration(site.broker()).replace("gateway-id: 7", "gateway-id: 8"))) {
            try (RawSensor raw = RawSensor.open(early.udp())) {
                raw.exchange(RawSensor.connect("early"), "03 05 01");
                startBroker();
                early.awaitReady();
                raw.exchange(RawSensor.connect("early"), RawSensor.CONNACK_ACCEPTED);
            }
        }
    }

    private void stopBroker() throws Exception {
        site.broker().stop();
        site.gateway().awaitNotReady();
    }

    private void startBroker() throws Exception {
        site.broker().start();
        site.gateway().awaitReady();
    }

    /** Publishes empty messages to {@code named} until one comes; all subscriptions are asked for at the same time. */
    private static void awaitResubscribed(Application application, Sensor subscribed) {
        Patience.await("the subscriptions stand").until(() -> {
            application.publish("named", "", 0);
            return !subscribed.received().isEmpty();
        });
    }

    private static void assertCongestion(Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected -> assertThat(rejected.returnCode()).isEqualTo(ReturnCode.CONGESTION));
    }
}
