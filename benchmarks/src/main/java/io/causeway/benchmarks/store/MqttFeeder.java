package io.causeway.benchmarks.store;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An application that publishes messages at QoS 1 as fast as the broker acknowledges them. */
final class MqttFeeder implements MqttCallback {
    private static final int WINDOW = 500;
    private static final int PAYLOAD_OCTETS = 64;

    private final Semaphore window = new Semaphore(WINDOW);

    private MqttFeeder() {}

    /** Returns when all are acknowledged. */
    static void publish(int port, long messages, LongFunction<String> topic) throws IOException {
        try {
            new MqttFeeder().feed(port, messages, topic);
        } catch (MqttException e) {
            throw new IOException("the broker does not take the messages", e);
        }
    }

    private void feed(int port, long messages, LongFunction<String> topic) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "feeder", new MemoryPersistence());
        client.setCallback(this);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(2 * WINDOW);
        client.connect(options).waitForCompletion();
        byte[] payload = new byte[PAYLOAD_OCTETS];
        for (long i = 0; i < messages; i++) {
            window.acquireUninterruptibly();
            client.publish(topic.apply(i), payload, 1, false);
        }
        window.acquireUninterruptibly(WINDOW);
        client.disconnect().waitForCompletion();
        client.close();
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        window.release();
    }

    @Override
    public void connectionLost(Throwable cause) {
        throw new IllegalStateException("the broker has ended the connection", cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        // It has subscribed to nothing.
    }
}
