package io.causeway.simulator.verify;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the broker, which is made again when it is lost: each time with a new Paho client, because one that is
 * used again may wait forever for a thread of its former life.
 *
 * <p>The methods belong to the thread of the run, the listener is called on threads of Paho.
 */
final class BrokerConnection {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration GOODBYE_TIME = Duration.ofSeconds(2);

    private final BrokerTarget broker;
    private final String clientId;
    private final MqttConnectOptions options;
    private final Listener listener;
    private final AtomicInteger interruptions = new AtomicInteger();

    private volatile Attempt current;
    /** Why there is no connection; null while there is one. */
    private volatile @Nullable String trouble;

    private volatile boolean isConnecting;
    private long connectNanos = System.nanoTime();

    /** Hears what happens on the connection. */
    interface Listener {
        void onMessage(String topic, MqttMessage message) throws InterruptedException;

        /** The broker has acknowledged what was published with that context. */
        void onAccepted(@Nullable Object context) throws InterruptedException;

        /** What was published and is not acknowledged is lost, or is not: nobody will tell. */
        void onLost() throws InterruptedException;

        /** There is a new connection. */
        void onReconnected(BufferedClient client, boolean isSessionPresent) throws MqttException;
    }

    private BrokerConnection(
            BrokerTarget broker, String clientId, boolean isCleanSession, MqttConnectOptions options, Listener listener)
            throws MqttException {
        this.broker = broker;
        this.clientId = clientId;
        this.options = options;
        this.listener = listener;
        options.setCleanSession(isCleanSession);
        this.current = new Attempt(new BufferedClient(broker.address(), clientId));
    }

    /** Connects, and waits for the answer. */
    static BrokerConnection open(BrokerTarget broker, String clientId, boolean isCleanSession, Listener listener)
            throws MqttException, IOException {
        BrokerConnection connection = new BrokerConnection(broker, clientId, isCleanSession, options(broker), listener);
        BufferedClient client = connection.client();
        client.setCallback(connection.current);
        try {
            client.connect(connection.options).waitForCompletion(PATIENCE.toMillis());
        } catch (MqttException e) {
            connection.drop();
            throw e;
        }
        return connection;
    }

    private static MqttConnectOptions options(BrokerTarget broker) throws IOException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval((int) KEEP_ALIVE.toSeconds());
        options.setConnectionTimeout((int) PATIENCE.toSeconds());
        if (!broker.user().isEmpty()) {
            options.setUserName(broker.user());
            options.setPassword(broker.password().toCharArray());
        }
        if (broker.isSecure() && broker.caFile() != null) {
            options.setSocketFactory(Authorities.socketsTrusting(broker.caFile()));
        }
        return options;
    }

    BufferedClient client() {
        return current.client;
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    int interruptions() {
        return interruptions.get();
    }

    /** To be called every now and then: connects again if the connection is lost, or if nobody answers. */
    void maintain() {
        Duration wait = isConnecting ? PATIENCE : RECONNECT_INTERVAL;
        long nowNanos = System.nanoTime();
        if (trouble == null || nowNanos - connectNanos < wait.toNanos()) {
            return;
        }
        connectNanos = nowNanos;
        drop();
        try {
            Attempt attempt = new Attempt(new BufferedClient(broker.address(), clientId));
            attempt.client.setCallback(attempt);
            current = attempt;
            isConnecting = true;
            attempt.client.connect(options, null, attempt);
        } catch (MqttException e) {
            isConnecting = false;
            trouble = reason(e);
        }
    }

    /** Says goodbye, and has the broker delete the session. */
    void close() {
        BufferedClient client = client();
        try {
            if (trouble == null && !current.isDropped) {
                client.disconnect(0).waitForCompletion(GOODBYE_TIME.toMillis());
                options.setCleanSession(true);
                client.connect(options).waitForCompletion(GOODBYE_TIME.toMillis());
                client.disconnect(0).waitForCompletion(GOODBYE_TIME.toMillis());
            }
        } catch (MqttException brokerIsAway) {
            trouble = reason(brokerIsAway);
        }
        drop();
    }

    /** Ends the connection without a word; once, for Paho does not bear it twice. */
    private void drop() {
        Attempt attempt = current;
        if (attempt.isDropped) {
            return;
        }
        attempt.isDropped = true;
        try {
            attempt.client.disconnectForcibly(0, 1, false);
            attempt.client.close(true);
        } catch (MqttException stillConnecting) {
            trouble = reason(stillConnecting);
        }
    }

    static String reason(Throwable failure) {
        Throwable inner = failure instanceof MqttException ? failure.getCause() : null;
        Throwable cause = inner == null ? failure : inner;
        if (cause instanceof UnknownHostException) {
            return "there is no such host";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** A connection from its beginning to its end. On threads of Paho. */
    private final class Attempt implements MqttCallback, IMqttActionListener {
        private final BufferedClient client;
        /** Of the thread of the run. */
        private boolean isDropped;

        private Attempt(BufferedClient client) {
            this.client = client;
        }

        @Override
        public void onSuccess(IMqttToken connected) {
            if (current != this) {
                return;
            }
            isConnecting = false;
            trouble = null;
            try {
                listener.onReconnected(client, connected.getSessionPresent());
            } catch (MqttException e) {
                trouble = reason(e);
            }
        }

        @Override
        public void onFailure(IMqttToken unanswered, Throwable cause) {
            if (current == this) {
                trouble = reason(cause);
                isConnecting = false;
            }
        }

        @Override
        public void connectionLost(Throwable cause) {
            interruptions.incrementAndGet();
            try {
                listener.onLost();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            trouble = reason(cause); // only now: what follows the loss must not overtake it
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
            listener.onMessage(topic, message);
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            try {
                if (token.getResponse() != null) {
                    listener.onAccepted(token.getUserContext());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
