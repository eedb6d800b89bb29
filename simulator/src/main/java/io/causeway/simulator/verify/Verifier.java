package io.causeway.simulator.verify;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.payload.Stamps;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * A client of the broker with a persistent session, so that nothing is lost for it while it is away, and a subscription of
 * QoS 1: what the broker repeats after an interruption is marked as a duplicate, and so can be told from what the gateway
 * has sent twice.
 *
 * <p>The methods belong to the thread of the run. Paho calls from threads of its own; between the two stands a bounded
 * queue, at whose end Paho's thread waits. A broker keeps a limited number of messages for who is slow, and then drops:
 * {@link #doubt} tells, as far as it can be known.
 */
public final class Verifier implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration GOODBYE_TIME = Duration.ofSeconds(2);
    /** How often a thread that waits for room sees whether anybody is still there to make it. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

    private static final int MAX_EVENTS = 1 << 16;
    private static final int SUBSCRIPTION_QOS = 1;
    private static final int REFUSED = 0x80;
    private static final String DROPPED = "$SYS/broker/publish/messages/dropped";

    private final BrokerTarget broker;
    private final BufferedClient client;
    private final MqttConnectOptions options;
    private final List<String> filters;
    private final Outbox outbox;
    private final Doubts doubts = new Doubts();
    private final AtomicInteger interruptions = new AtomicInteger();
    private final BlockingQueue<Consumer<ArrivalListener>> events = new ArrayBlockingQueue<>(MAX_EVENTS);
    private final List<Consumer<ArrivalListener>> drained = new ArrayList<>();

    /** Why there is no connection; null while there is one. */
    private volatile @Nullable String trouble;

    private volatile boolean isConnecting;
    private volatile boolean isClosed;
    private long connectNanos;

    private Verifier(BrokerTarget broker, BufferedClient client, MqttConnectOptions options, List<String> filters) {
        this.broker = broker;
        this.client = client;
        this.options = options;
        this.filters = filters;
        this.outbox = new Outbox(client);
    }

    /**
     * Connects and subscribes, and waits for both answers.
     *
     * @param clientId of its own, also for a later run
     * @param filters  what is to be seen; {@code +} is the only wildcard
     * @throws IOException if the broker is away or refuses; the message says so
     */
    public static Verifier connect(BrokerTarget broker, String clientId, Collection<String> filters)
            throws IOException {
        try {
            BufferedClient client = new BufferedClient(broker.address(), clientId);
            List<String> covering = DisjointFilters.covering(filters);
            covering.add(DROPPED);
            Verifier verifier = new Verifier(broker, client, options(broker), covering);
            client.setCallback(verifier.new Events());
            verifier.begin();
            return verifier;
        } catch (MqttException e) {
            throw new IOException("cannot verify at the broker " + broker + ": " + reason(e), e);
        }
    }

    private static MqttConnectOptions options(BrokerTarget broker) throws IOException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(false);
        options.setAutomaticReconnect(false); // it would not tell whether the session has survived
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

    private void begin() throws MqttException, IOException {
        try {
            client.connect(options).waitForCompletion(PATIENCE.toMillis());
            IMqttToken subscribed = subscribe();
            subscribed.waitForCompletion(PATIENCE.toMillis());
            Optional<String> refused = refused(subscribed);
            if (refused.isPresent()) {
                throw new IOException("the broker " + broker + " refuses a subscription to " + refused.get());
            }
        } catch (MqttException | IOException e) {
            end();
            throw e;
        }
    }

    private IMqttToken subscribe() throws MqttException {
        int[] qos = new int[filters.size()];
        Arrays.fill(qos, SUBSCRIPTION_QOS);
        return client.subscribe(filters.toArray(String[]::new), qos);
    }

    private Optional<String> refused(IMqttToken subscribed) {
        int[] granted = subscribed.getGrantedQos();
        return IntStream.range(0, filters.size())
                .filter(index -> granted[index] >= REFUSED)
                .mapToObj(filters::get)
                .filter(filter -> !filter.equals(DROPPED)) // not every broker lets everybody see it
                .findFirst();
    }

    /**
     * Tells what has come since the last time, and runs what waited for commands to be accepted. Also connects again after
     * an interruption, so it is to be called every now and then.
     */
    public void drain(ArrivalListener listener) {
        reconnectIfDue();
        events.drainTo(drained);
        for (Consumer<ArrivalListener> event : drained) {
            event.accept(listener);
        }
        drained.clear();
        outbox.sendMore();
    }

    private void reconnectIfDue() {
        long nowNanos = System.nanoTime();
        if (trouble == null || isConnecting || nowNanos - connectNanos < RECONNECT_INTERVAL.toNanos()) {
            return;
        }
        connectNanos = nowNanos;
        isConnecting = true;
        try {
            client.connect(options, null, new Reconnected());
        } catch (MqttException e) {
            isConnecting = false;
            trouble = reason(e);
        }
    }

    /**
     * Sends a command to a sensor, as soon as there is a connection and not much else under way.
     *
     * @param qos          0, 1 or 2
     * @param whenAccepted run within {@link #drain} when the broker has acknowledged it, also if that takes a new
     *     connection; never at QoS 0
     * @return false if too many wait: it is not sent
     */
    public boolean send(String topic, Octets payload, Qos qos, Runnable whenAccepted) {
        return outbox.add(new Outbox.Command(topic, payload, qos, whenAccepted));
    }

    /** Why there is no connection now; it is tried again every second. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** How often the connection was lost. */
    public int interruptions() {
        return interruptions.get();
    }

    /**
     * Why something that is missing may have been lost by the broker, and not by the gateway. Mosquitto tells of what it has
     * dropped every ten seconds only.
     */
    public Optional<String> doubt() {
        return doubts.inWords();
    }

    /** Says goodbye, and has the broker delete the session. */
    @Override
    public void close() {
        isClosed = true;
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(GOODBYE_TIME.toMillis());
                options.setCleanSession(true);
                client.connect(options).waitForCompletion(GOODBYE_TIME.toMillis());
                client.disconnect(0).waitForCompletion(GOODBYE_TIME.toMillis());
            }
        } catch (MqttException brokerIsAway) {
            trouble = reason(brokerIsAway);
        }
        end();
    }

    private void end() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, GOODBYE_TIME.toMillis());
            }
            client.close(true);
        } catch (MqttException e) {
            trouble = reason(e);
        }
    }

    private static String reason(MqttException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof UnknownHostException) {
            return "there is no such host";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Waits while there is no room. */
    private void handOver(Consumer<ArrivalListener> event) throws InterruptedException {
        boolean isTaken = false;
        while (!isTaken && !isClosed) {
            isTaken = events.offer(event, LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** On threads of Paho. */
    private final class Events implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
            long nowNanos = System.nanoTime();
            if (topic.equals(DROPPED)) {
                doubts.onDropped(message.getPayload());
                return;
            }
            boolean isRedelivery = message.isDuplicate() || message.isRetained();
            var stamp = Stamps.find(message.getPayload());
            handOver(
                    stamp.isPresent()
                            ? listener -> listener.onArrived(stamp.get(), isRedelivery, nowNanos)
                            : ArrivalListener::onForeign);
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            if (token.getResponse() != null && token.getUserContext() instanceof Outbox.Command command) {
                try {
                    handOver(listener -> outbox.onAccepted(command));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void connectionLost(Throwable cause) {
            interruptions.incrementAndGet();
            trouble = cause instanceof MqttException e ? reason(e) : cause.toString();
        }
    }

    /** On threads of Paho. */
    private final class Reconnected implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken connected) {
            isConnecting = false;
            trouble = null;
            if (connected.getSessionPresent()) {
                return;
            }
            doubts.onSessionForgotten();
            try {
                subscribe();
            } catch (MqttException e) {
                trouble = reason(e);
            }
        }

        @Override
        public void onFailure(IMqttToken unanswered, Throwable cause) {
            trouble = cause instanceof MqttException e ? reason(e) : cause.toString();
            isConnecting = false;
        }
    }
}
