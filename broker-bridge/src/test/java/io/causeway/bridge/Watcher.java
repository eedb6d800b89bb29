package io.causeway.bridge;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Somebody else at the broker, with a session of its own that outlives the broker's restarts: sees what arrives there
 * and publishes.
 */
final class Watcher implements AutoCloseable {
    private final List<String> seen = new ArrayList<>();
    private final MqttClient client;

    Watcher(URI broker, String clientId) throws MqttException {
        client =
                new MqttClient("tcp://" + broker.getHost() + ":" + broker.getPort(), clientId, new MemoryPersistence());
        client.setCallback(new MqttCallbackExtended() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                add(topic + " " + new String(message.getPayload(), StandardCharsets.UTF_8));
            }

            @Override
            public void connectComplete(boolean reconnect, String serverUri) {
                // The session at the broker has our subscriptions.
            }

            @Override
            public void connectionLost(Throwable cause) {
                // Paho connects again by itself.
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
                // Publishing waits for it.
            }
        });
        client.setTimeToWait(10_000);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(false);
        options.setAutomaticReconnect(true);
        options.setMaxReconnectDelay(500);
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

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 1, false);
            client.close(true);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }
}
