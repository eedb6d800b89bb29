package io.causeway.gateway.e2e;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT client at the broker. It keeps all that comes to it, in order. */
final class Application implements AutoCloseable {
    private final MqttClient client;
    private final List<Message> received = new CopyOnWriteArrayList<>();

    private Application(MqttClient client) {
        this.client = client;
    }

    /** Connects with a clean session. */
    static Application connect(int port, String clientId) throws MqttException {
        return connect(port, clientId, true, "");
    }

    /** Connects to a session that the broker keeps when the connection ends. */
    static Application resume(int port, String clientId) throws MqttException {
        return connect(port, clientId, false, "");
    }

    /** Connects under a user name, or under none if it is empty. */
    static Application login(int port, String clientId, String user) throws MqttException {
        return connect(port, clientId, true, user);
    }

    private static Application connect(int port, String clientId, boolean cleanSession, String user)
            throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
        Application application = new Application(client);
        client.setTimeToWait(Patience.LIMIT.toMillis());
        client.setCallback(application.new Callback());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(cleanSession);
        // Paho counts a message as in flight for a moment after it has said that it is acknowledged.
        options.setMaxInflight(1_000);
        if (!user.isEmpty()) {
            options.setUserName(user);
        }
        client.connect(options);
        return application;
    }

    void subscribe(String filter, int qos) throws MqttException {
        client.subscribe(filter, qos);
    }

    void publish(String topic, String payload, int qos) throws MqttException {
        publish(topic, payload, qos, false);
    }

    /** Returns when the broker has acknowledged. */
    void publish(String topic, String payload, int qos, boolean retain) throws MqttException {
        client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retain);
    }

    boolean isConnected() {
        return client.isConnected();
    }

    List<Message> received() {
        return List.copyOf(received);
    }

    List<String> payloads() {
        return received.stream().map(Message::payload).toList();
    }

    /** Waits until that many messages have come in all. */
    List<Message> receive(int count) {
        Patience.await(count + " messages from the broker").until(() -> received.size() >= count);
        return received();
    }

    void disconnect() throws MqttException {
        client.disconnect();
    }

    /** Whatever state the connection is in. */
    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnectForcibly(0, 0, false);
        }
        client.close(true);
    }

    private final class Callback implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            received.add(Message.of(topic, message));
        }

        @Override
        public void connectionLost(Throwable cause) {}

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }
}
