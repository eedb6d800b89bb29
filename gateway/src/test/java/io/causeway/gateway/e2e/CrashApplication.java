package io.causeway.gateway.e2e;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT subscriber with a persistent session that comes back whenever its broker does. */
final class CrashApplication implements MqttCallback, AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final String clientId;
    private final Ledger ledger;
    private final MqttClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final Thread keeper;
    private final CountDownLatch closing = new CountDownLatch(1);

    private CrashApplication(int port, String clientId, Ledger ledger) throws MqttException {
        this.clientId = clientId;
        this.ledger = ledger;
        this.client = new MqttClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
        client.setTimeToWait(Patience.LIMIT.toMillis());
        client.setCallback(this);
        options.setCleanSession(false);
        options.setConnectionTimeout(2);
        keeper = new Thread(this::keepConnected, clientId);
    }

    /** Returns when it is subscribed. */
    static CrashApplication subscribe(int port, String clientId, Ledger ledger) throws MqttException {
        CrashApplication application = new CrashApplication(port, clientId, ledger);
        application.client.connect(application.options);
        application.client.subscribe("crash/#", 2);
        application.keeper.start();
        return application;
    }

    /** As the ledger knows it. */
    String clientId() {
        return clientId;
    }

    private void keepConnected() {
        while (closing.getCount() > 0) {
            if (!client.isConnected()) {
                reconnect();
            }
            try {
                closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void reconnect() {
        try {
            client.connect(options);
        } catch (MqttException away) {
            // The broker is not there: it is asked again soon.
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        ledger.received(clientId, new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void connectionLost(Throwable cause) {
        // The keeper sees it.
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // It publishes nothing.
    }

    @Override
    public void close() throws MqttException {
        closing.countDown();
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (client.isConnected()) {
            client.disconnectForcibly(0, 0, false);
        }
        client.close(true);
    }
}
