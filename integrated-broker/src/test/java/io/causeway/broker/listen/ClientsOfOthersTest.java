package io.causeway.broker.listen;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient.Mqtt3Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** MQTT clients that nobody here wrote. */
class ClientsOfOthersTest {
    private static final int MESSAGES = 100;

    @TempDir
    private Path directory;

    private final TestBroker broker = new TestBroker();

    @AfterEach
    void close() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({"31,0", "31,1", "31,2", "311,0", "311,1", "311,2", "5,0", "5,1", "5,2"})
    void mosquitto_publishesAndSubscribes(String version, String qos) {
        MqttListener listener = broker.listen(ListenerScheme.MQTT);
        MosquittoClient client = new MosquittoClient(listener.address(), version, directory);
        MosquittoClient.Subscription subscription = client.subscribe(2, "-v", "-t", "plant/+/heat", "-q", qos);

        // Retained, so that it does not matter which of the two is the quicker.
        assertThat(client.publish("-t", "plant/1/heat", "-m", "21", "-q", qos, "-r"))
                .as(client::said)
                .isZero();
        assertThat(client.publish("-t", "plant/2/heat", "-m", "22", "-q", qos, "-r"))
                .as(client::said)
                .isZero();

        assertThat(subscription.lines()).containsExactlyInAnyOrder("plant/1/heat 21", "plant/2/heat 22");
    }

    @Test
    void mosquittoAtMqtt5_passesPropertiesOn() {
        MqttListener listener = broker.listen(ListenerScheme.MQTT);
        MosquittoClient client = new MosquittoClient(listener.address(), "5", directory);
        assertThat(client.publish(
                        "-t",
                        "t",
                        "-m",
                        "m",
                        "-r",
                        "-D",
                        "publish",
                        "user-property",
                        "colour",
                        "blue",
                        "-D",
                        "publish",
                        "content-type",
                        "text",
                        "-D",
                        "publish",
                        "response-topic",
                        "back"))
                .as(client::said)
                .isZero();

        List<String> lines = client.subscribe(1, "-t", "t", "-F", "%p %C %R %P").lines();

        assertThat(lines).containsExactly("m text back colour:blue");
    }

    @ParameterizedTest
    @ValueSource(ints = {MqttConnectOptions.MQTT_VERSION_3_1, MqttConnectOptions.MQTT_VERSION_3_1_1})
    void paho_publishesAndSubscribes(int version) throws MqttException, InterruptedException {
        MqttListener listener = broker.listen(ListenerScheme.MQTT);
        String uri = "tcp://127.0.0.1:" + listener.address().getPort();
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(version);
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (org.eclipse.paho.client.mqttv3.MqttClient client =
                new org.eclipse.paho.client.mqttv3.MqttClient(uri, "paho", new MemoryPersistence())) {
            client.connect(options);
            client.subscribe(
                    "t/#",
                    2,
                    (topic, message) -> received.add(new String(message.getPayload(), StandardCharsets.UTF_8)));

            for (int i = 0; i < MESSAGES; i++) {
                client.publish("t/1", Integer.toString(i).getBytes(StandardCharsets.UTF_8), i % 3, false);
            }

            assertThat(take(received)).isEqualTo(numbers());
            client.disconnect();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ListenerScheme.class,
            names = {"MQTT", "WS"})
    void hiveMqAtMqtt311_publishesAndSubscribes(ListenerScheme scheme) throws InterruptedException {
        Mqtt3BlockingClient client =
                hiveMq(broker.listen(scheme), scheme).useMqttVersion3().buildBlocking();
        client.connect();
        try (Mqtt3Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter("t/#").qos(MqttQos.EXACTLY_ONCE).send();

            for (int i = 0; i < MESSAGES; i++) {
                client.publishWith()
                        .topic("t/1")
                        .qos(MqttQos.EXACTLY_ONCE)
                        .payload(octets(i))
                        .send();
            }

            for (String number : numbers()) {
                assertThat(new String(publishes.receive().getPayloadAsBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(number);
            }
        }
        client.disconnect();
    }

    @ParameterizedTest
    @CsvSource({"MQTT,AT_LEAST_ONCE", "MQTT,EXACTLY_ONCE", "WS,EXACTLY_ONCE"})
    void hiveMqAtMqtt5_publishesAndSubscribes(ListenerScheme scheme, MqttQos qos) throws InterruptedException {
        Mqtt5BlockingClient client =
                hiveMq(broker.listen(scheme), scheme).useMqttVersion5().buildBlocking();
        client.connectWith()
                .restrictions()
                .topicAliasMaximum(5)
                .receiveMaximum(10)
                .sendTopicAliasMaximum(5)
                .applyRestrictions()
                .send();
        try (Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter("t/#").qos(MqttQos.EXACTLY_ONCE).send();

            for (int i = 0; i < MESSAGES; i++) {
                client.publishWith()
                        .topic("t/1")
                        .qos(qos)
                        .payload(octets(i))
                        .userProperties()
                        .add("n", Integer.toString(i))
                        .applyUserProperties()
                        .send();
            }

            for (String number : numbers()) {
                Mqtt5Publish publish = publishes.receive();
                assertThat(new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(number);
                assertThat(publish.getUserProperties().asList()).hasSize(1);
            }
        }
        client.disconnect();
    }

    @Test
    void connectionsAreAllGone_whenClientsAre() {
        MqttListener listener = broker.listen(ListenerScheme.MQTT);
        Mqtt5BlockingClient client =
                hiveMq(listener, ListenerScheme.MQTT).useMqttVersion5().buildBlocking();

        client.connect();
        assertThat(listener.connections()).isEqualTo(1);
        client.disconnect();

        await().until(() -> listener.connections() == 0);
    }

    private static MqttClientBuilder hiveMq(MqttListener listener, ListenerScheme scheme) {
        MqttClientBuilder builder = MqttClient.builder()
                .identifier("hive")
                .serverHost("127.0.0.1")
                .serverPort(listener.address().getPort());
        return scheme.isWebSocket()
                ? builder.webSocketConfig().serverPath("mqtt").applyWebSocketConfig()
                : builder;
    }

    private static List<String> take(BlockingQueue<String> received) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            String next = received.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("message %d", i).isNotNull();
            taken.add(next);
        }
        return taken;
    }

    private static List<String> numbers() {
        return IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();
    }

    private static byte[] octets(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }
}
