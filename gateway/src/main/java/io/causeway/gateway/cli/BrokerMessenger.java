package io.causeway.gateway.cli;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.gateway.config.BrokerUri;
import java.time.Duration;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Speaks MQTT 3.1.1 to a broker, as an application does. */
final class BrokerMessenger implements Messenger {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long DISCONNECT_MILLIS = 1_000;

    private final MqttClient client;
    private final MqttConnectOptions options;
    private final BrokerUri broker;

    private BrokerMessenger(MqttClient client, MqttConnectOptions options, BrokerUri broker) {
        this.client = client;
        this.options = options;
        this.broker = broker;
    }

    /** @throws CommandFailure if the address is not possible */
    static BrokerMessenger open(BrokerUri broker, String clientId, MqttConnectOptions options, Listener listener)
            throws CommandFailure {
        try {
            MqttClient client = new MqttClient(serverUri(broker), clientId, new MemoryPersistence());
            client.setTimeToWait(PATIENCE.toMillis());
            client.setCallback(new Callback(broker, listener));
            options.setConnectionTimeout(Math.toIntExact(PATIENCE.toSeconds()));
            return new BrokerMessenger(client, options, broker);
        } catch (MqttException e) {
            throw failure(broker, e);
        }
    }

    @Override
    public void connect() throws CommandFailure {
        try {
            client.connect(options);
        } catch (MqttException e) {
            throw failure(broker, e);
        }
    }

    @Override
    public void publish(Topic topic, Octets payload, Qos qos, boolean retain) throws CommandFailure {
        if (qos == Qos.MINUS_ONE) {
            throw new CommandFailure("QoS -1 is of MQTT-SN: " + broker + " does not know it");
        }
        try {
            client.publish(nameOf(topic), payload.toByteArray(), qos.wireValue(), retain);
        } catch (MqttException e) {
            throw failure(broker, e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void subscribe(Topic topic, Qos qos) throws CommandFailure {
        try {
            client.subscribe(nameOf(topic), qos.wireValue());
        } catch (MqttException e) {
            throw failure(broker, e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect(DISCONNECT_MILLIS);
            }
            client.close(true);
        } catch (MqttException e) {
            // the process ends, and the broker notices that
        }
    }

    private String nameOf(Topic topic) throws CommandFailure {
        if (topic instanceof Topic.Name name) {
            return name.topicName();
        }
        if (topic instanceof Topic.Short name) {
            return name.name();
        }
        throw new CommandFailure("predefined topic ids are of MQTT-SN: " + broker + " does not know them");
    }

    /** The scheme in the words of Paho. */
    private static String serverUri(BrokerUri broker) {
        String scheme = switch (broker.scheme()) {
            case MQTT -> "tcp";
            case MQTTS -> "ssl";
            case WS -> "ws";
            case WSS -> "wss";
        };
        return scheme + "://" + broker.address() + broker.path();
    }

    /** Paho says little itself and keeps what went wrong below as the cause. */
    private static CommandFailure failure(BrokerUri broker, MqttException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new CommandFailure(broker + ": " + cause.getMessage());
    }

    private record Callback(BrokerUri broker, Listener listener) implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            listener.onLost("connection to " + broker + " lost: " + cause.getMessage());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            listener.onDelivery(
                    new Delivery(topic, Octets.of(message.getPayload()), message.getQos(), message.isRetained()));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }
}
