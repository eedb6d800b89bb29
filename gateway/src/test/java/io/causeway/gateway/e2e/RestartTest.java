package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.client.Endpoint;
import io.causeway.client.Will;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway is stopped and started again on the same data directory, and no sensor has to know. */
@Timeout(120)
@ParameterizedClass
@EnumSource(Site.Brokering.class)
class RestartTest {
    @Parameter
    private Site.Brokering brokering;

    private Site site;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        site = Site.durable(brokering, directory);
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void sensor_publishesOnWithItsTopicIdFromTheSameSocket() throws Exception {
        RawSensor sensor = site.rawSensor();
        sensor.exchange(RawSensor.connect("steady"), RawSensor.CONNACK_ACCEPTED);
        sensor.send("0a 0a 0000 0001 6b657074"); // REGISTER "kept"
        String regAck = sensor.receive();
        String topicId = regAck.substring(4, 8);

        site.restart();

        Application application = site.subscriber("kept");
        sensor.exchange("08 0c 20" + topicId + "0002 21", "07 0d" + topicId + "0002 00");
        sensor.exchange(RawSensor.PINGREQ, RawSensor.PINGRESP);
        assertThat(application.receive(1)).containsExactly(new Message("kept", "!", 1, false));
        assertThat(site.gateway().metric("connects_accepted_total")).isZero();
        assertThat(site.gateway().metric("store_restored{kind=\"sensor_sessions\"}"))
                .isEqualTo(1);
    }

    @Test
    void connectedSensor_getsWhatIsPublishedAfterwards() throws Exception {
        Sensor sensor = site.sensor("listener");
        sensor.subscribe("down/+", 2);
        sensor.subscribe(new Topic.Predefined(1), 1);

        site.restart();

        Application application = site.application();
        publishUntilReceived(application, sensor, "down/probe");
        application.publish("down/a", "1", 2);
        application.publish("plant/temperature", "2", 1);
        Patience.await("both").until(() -> sensor.payloads().containsAll(List.of("1", "2")));
        assertThat(sensor.losses()).isEmpty();
    }

    @Test
    void sensorBehindAForwarder_isServedOn() throws Exception {
        Endpoint forwarder = Endpoint.of(site.gateway().udp()).behindForwarder(Octets.ofHex("0a0b"));
        Sensor sensor =
                site.newSensor(ClientSettings.forClient("node"), forwarder).connect();
        sensor.subscribe("down/+", 1);

        site.restart();

        Application application = site.application();
        publishUntilReceived(application, sensor, "down/probe");
        sensor.publish("up", "on", 1);
        assertThat(sensor.losses()).isEmpty();
    }

    @Test
    void sleeper_wakesAndGetsWhatWaited() throws Exception {
        Sensor sensor = site.sensor("sleeper");
        sensor.subscribe("later/+", 2);
        sensor.sleep(Duration.ofMinutes(10));
        Application before = site.application();
        before.publish("later/a", "1", 1);
        before.publish("later/b", "2", 2);
        Patience.await("both wait").until(() -> site.gateway().metric("queued_messages") == 2);

        site.restart();

        assertThat(site.gateway().metric("queued_messages")).isEqualTo(2);
        sensor.awaken();
        assertThat(sensor.received())
                .containsExactly(new Message("later/a", "1", 1, false), new Message("later/b", "2", 2, false));
    }

    @Test
    void willOfAClientThatStaysAway_isPublished() throws Exception {
        Sensor sensor = site.newSensor(ClientSettings.forClient("doomed")
                .keepAlive(Duration.ofSeconds(2))
                .will(new Will("will", Octets.utf8("gone"), Qos.AT_LEAST_ONCE, false)));
        sensor.connect();
        Sensor steady = site.newSensor(ClientSettings.forClient("steady")
                .keepAlive(Duration.ofSeconds(60))
                .will(new Will("will", Octets.utf8("not gone"), Qos.AT_LEAST_ONCE, false)));
        steady.connect();

        site.stopGateway();
        sensor.close();
        site.startGateway();

        Application wills = site.subscriber("will");
        assertThat(wills.receive(1)).containsExactly(new Message("will", "gone", 1, false));
    }

    @Test
    void messageAtQosTwoSentAgain_isNotPublishedTwice() throws Exception {
        Application early = site.subscriber("qt");
        RawSensor sensor = site.rawSensor();
        sensor.exchange(RawSensor.connect("careful"), RawSensor.CONNACK_ACCEPTED);
        sensor.exchange("08 0c 42 7174 0001 21", "04 0f 0001"); // PUBLISH "qt", short, QoS 2: PUBREC
        assertThat(early.receive(1)).hasSize(1);

        site.restart();

        Application late = site.subscriber("qt");
        sensor.exchange("08 0c c2 7174 0001 21", "04 0f 0001"); // the same, with DUP
        sensor.exchange("04 10 0001", "04 0e 0001"); // PUBREL: PUBCOMP
        sensor.exchange("08 0c 22 7174 0002 22", "07 0d 7174 0002 00");
        assertThat(late.receive(1)).containsExactly(new Message("qt", "\"", 1, false));
    }

    /** Publishes until the sensor gets it: in mode aggregating the subscriptions may not stand yet. */
    private static void publishUntilReceived(Application application, Sensor sensor, String topic) {
        Patience.await("the subscription stands").until(() -> {
            publish(application, topic);
            return !sensor.received().isEmpty();
        });
    }

    private static void publish(Application application, String topic) throws MqttException {
        application.publish(topic, "probe", 0);
    }
}
