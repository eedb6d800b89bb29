package io.causeway.bridge;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Somebody else at the broker, with a session of its own that outlives the connection: sees what arrives there and
 * publishes. It does not connect again: Paho then mixes up threads of both connections and may send CONNECT twice.
 */
final class Watcher implements AutoCloseable {
    private final List<String> seen = new ArrayList<>();
    private final MqttClient client;

    Watcher(URI broker, String clientId) throws MqttException {
        client =
                new MqttClient("tcp://" + broker.getHost() + ":" + broker.getPort(), clientId, new MemoryPersistence());
        client.setCallback(new MqttCallback() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                add(topic + " " + new String(message.getPayload(), StandardCharsets.UTF_8));
            }

            @Override
            public void connectionLost(Throwable cause) {
                // The test sees what is missing.
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
                // Publishing waits for it.
            }
        });
        client.setTimeToWait(10_000);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(false);
        client.connect(options);
    }

    Watcher subscribe(String filter, int qos) throws MqttException {
        client.subscribe(filter, qos);
        return this;
    }

    void publish(String topic, String payload, int qos, boolean retain) throws MqttException {
        client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retain);
    }

    private synchronized void add(String message) {
        seen.add(message);
    }

    /** Each as {@code topic payload}, in the order of arrival. */
    synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    /** Not by Paho's close(), which takes the state away from threads that are still at work. */
    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 1, false);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }
}
