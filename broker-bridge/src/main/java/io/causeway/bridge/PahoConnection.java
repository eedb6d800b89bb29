package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredArrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.TimerPingSender;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session at the broker by way of Eclipse Paho, one Paho client per connection: a client used again after a loss
 * keeps packet ids and threads of its former life, and one that hangs would take the session with it.
 */
final class PahoConnection implements MqttConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PahoConnection.class);
    private static final long DISCONNECT_MILLIS = 500;

    private final String clientId;
    private final AggregatingSettings settings;
    private final BrokerSockets sockets;
    private final Announcement announcement;
    private final LinkWatch watch;
    private final Listener listener;
    private final PahoSession session;
    private @Nullable Attempt current;
    private long attempts;

    /** @param place what of the session outlives the process */
    PahoConnection(
            String clientId, AggregatingSettings settings, LinkStore place, BrokerSockets sockets, Listener listener) {
        this.announcement = new Announcement(clientId, settings.bridge().announce());
        this.watch = settings.bridge().watch();
        this.session = new PahoSession(place);
        this.clientId = clientId;
        this.settings = settings;
        this.sockets = sockets;
        this.listener = listener;
    }

    @Override
    public void connect(int maxInflight) {
        session.onConnecting();
        attempts++;
        try {
            Attempt attempt = new Attempt(attempts, sockets.next(), announcement.isDue());
            current = attempt;
            attempt.client.connect(options(maxInflight), null, attempt);
        } catch (MqttException e) {
            listener.onLost(PahoFailures.of(e));
        }
    }

    private MqttConnectOptions options(int maxInflight) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(settings.cleanSession());
        options.setKeepAliveInterval((int) settings.timings().keepAlive().toSeconds());
        options.setMaxInflight(maxInflight);
        Credentials credentials = settings.credentials();
        if (!credentials.user().isEmpty()) {
            options.setUserName(credentials.user());
            options.setPassword(credentials.password().toCharArray());
        }
        return options;
    }

    @Override
    public boolean restore(PendingPublish publish, int packetId) {
        return session.restore(publish, packetId);
    }

    @Override
    public void restore(StoredArrival arrival) {
        session.restore(arrival);
    }

    @Override
    public boolean canCarry(String topic) {
        return PahoTopics.canCarry(topic);
    }

    @Override
    public boolean publish(PendingPublish publish) {
        Attempt attempt = current;
        if (attempt == null) {
            return false;
        }
        ApplicationMessage message = publish.message();
        MqttMessage content = PahoPackets.content(message, message.payload().toByteArray());
        watch.onSent(message);
        session.handOver(publish);
        boolean taken = false;
        try {
            attempt.client.publish(message.topic(), content, publish, null);
            taken = true;
        } catch (MqttException e) {
            LOG.debug("{} not taken: {}", publish, e.getMessage());
        } finally {
            session.handOverEnded(publish, taken);
        }
        if (!taken) {
            watch.onWithdrawn(message);
        }
        return taken;
    }

    @Override
    public void subscribe(int requestId, List<Subscription> subscriptions) {
        Attempt attempt = current;
        if (attempt == null) {
            return;
        }
        String[] filters =
                subscriptions.stream().map(each -> each.filter().value()).toArray(String[]::new);
        int[] qos = subscriptions.stream().mapToInt(each -> each.qos().value()).toArray();
        try {
            attempt.client.subscribe(filters, qos, null, attempt.answerTo(requestId));
        } catch (MqttException e) {
            LOG.debug("SUBSCRIBE not taken: {}", e.getMessage());
        }
    }

    @Override
    public void unsubscribe(List<TopicFilter> filters) {
        Attempt attempt = current;
        if (attempt == null) {
            return;
        }
        try {
            attempt.client.unsubscribe(filters.stream().map(TopicFilter::value).toArray(String[]::new));
        } catch (MqttException e) {
            LOG.debug("UNSUBSCRIBE not taken: {}", e.getMessage());
        }
    }

    @Override
    public boolean acknowledge(InboundMessage message) {
        Attempt attempt = current;
        if (attempt == null || attempt.number != message.connection()) {
            return false;
        }
        try {
            attempt.client.messageArrivedComplete(
                    message.packetId(), message.message().qos().value());
            return true;
        } catch (MqttException e) {
            LOG.debug("Acknowledgement of {} not taken: {}", message.packetId(), e.getMessage());
            return false;
        }
    }

    @Override
    public boolean sendHeld() {
        Attempt attempt = current;
        try {
            return attempt == null || attempt.client.transport.sendHeld();
        } catch (IOException e) {
            LOG.debug("The connection is going down", e);
            return true;
        }
    }

    @Override
    public void disconnect() {
        Attempt attempt = current;
        if (attempt == null) {
            return;
        }
        attempt.ended.set(true);
        try {
            attempt.client.disconnect(0).waitForCompletion(DISCONNECT_MILLIS);
        } catch (MqttException e) {
            LOG.debug("DISCONNECT not taken: {}", e.getMessage());
            attempt.drop();
        }
        current = null;
        watch.onLost();
    }

    @Override
    public void abort() {
        Attempt attempt = current;
        if (attempt != null) {
            attempt.ended.set(true);
            attempt.unanswered();
            attempt.drop();
            current = null;
            watch.onLost();
        }
    }

    /** One connection from its beginning to its end. Paho calls from threads of its own. */
    private final class Attempt implements MqttCallback, IMqttActionListener {
        private final long number;
        private final boolean asBridge;
        private final BrokerSocket socket;
        private final Client client;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Attempt(long number, BrokerSocket socket, boolean asBridge) throws MqttException {
            this.number = number;
            this.asBridge = asBridge;
            this.socket = socket;
            this.client = new Client(
                    clientId,
                    session,
                    new PahoTransport(
                            socket,
                            asBridge,
                            session::latest,
                            session::hurry,
                            settings.timings().storeWait()));
            client.setManualAcks(true);
            client.setCallback(this);
        }

        private void drop() {
            try {
                client.disconnectForcibly(0, 1, false);
            } catch (MqttException e) {
                LOG.debug("Connection not dropped: {}", e.getMessage());
            }
        }

        @Override
        public void onSuccess(IMqttToken connected) {
            if (!ended.get()) {
                boolean sessionPresent = connected.getSessionPresent();
                guarded(() -> accepted(sessionPresent));
            }
        }

        private void accepted(boolean sessionPresent) {
            List<PendingPublish> forgotten = session.onConnected(sessionPresent);
            announcement.onAccepted(asBridge);
            watch.onConnected(sessionPresent, asBridge, session.sentAgain());
            listener.onConnected(sessionPresent, asBridge, forgotten);
        }

        @Override
        public void onFailure(IMqttToken connecting, Throwable cause) {
            if (PahoFailures.isOfVersion(cause)) {
                announcement.onRefused(asBridge);
            } else if (!PahoFailures.isRefusal(cause)) {
                unanswered();
            }
            lost(cause);
        }

        private void unanswered() {
            if (socket.wasOpened()) {
                announcement.onUnanswered(asBridge);
                guarded(listener::onUnanswered);
            }
        }

        @Override
        public void connectionLost(Throwable cause) {
            lost(cause);
        }

        private void lost(Throwable cause) {
            if (ended.compareAndSet(false, true)) {
                guarded(() -> {
                    watch.onLost();
                    listener.onLost(PahoFailures.of(cause));
                });
            }
        }

        /** Also of a connection that has ended: an acknowledgement does not become untrue by that. */
        @Override
        public void deliveryComplete(IMqttDeliveryToken delivered) {
            MqttWireMessage acknowledgement = delivered.getResponse();
            if (acknowledgement != null) {
                PendingPublish publish =
                        session.onAcknowledged(acknowledgement.getMessageId(), delivered.getUserContext());
                if (publish != null) {
                    guarded(() -> acknowledged(publish));
                }
            } else if (delivered.getUserContext() instanceof PendingPublish publish
                    && publish.qos() == Qos.AT_MOST_ONCE) {
                guarded(() -> listener.onPublished(publish));
            }
        }

        private void acknowledged(PendingPublish publish) {
            watch.onAcknowledged(publish.message());
            listener.onPublished(publish);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            if (!ended.get()) {
                guarded(() -> listener.onArrived(inbound(topic, message)));
            }
        }

        private InboundMessage inbound(String topic, MqttMessage message) {
            return new InboundMessage(PahoPackets.messageOf(topic, message), message.getId(), number, asBridge);
        }

        private IMqttActionListener answerTo(int requestId) {
            return new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken answered) {
                    List<Integer> returnCodes = new ArrayList<>();
                    for (int code : answered.getGrantedQos()) {
                        returnCodes.add(code);
                    }
                    if (!ended.get()) {
                        guarded(() -> listener.onSubscribed(requestId, returnCodes));
                    }
                }

                @Override
                public void onFailure(IMqttToken unanswered, Throwable cause) {
                    LOG.debug("SUBSCRIBE unanswered", cause); // the connection is going down
                }
            };
        }

        /** A failure of ours on Paho's thread would make it drop the connection of everybody. */
        private void guarded(Runnable event) {
            try {
                event.run();
            } catch (RuntimeException bug) {
                LOG.error("An event of the connection to the broker failed", bug);
            }
        }
    }

    /** Paho's client over a socket of ours. */
    private static final class Client extends MqttAsyncClient {
        /** Paho wants one of its own schemes here and does not use it any further. */
        private static final String UNUSED_ADDRESS = "tcp://broker";

        private final PahoTransport transport;

        private Client(String clientId, PahoSession session, PahoTransport transport) throws MqttException {
            super(UNUSED_ADDRESS, clientId, session, new TimerPingSender());
            this.transport = transport;
        }

        @Override
        protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) {
            return new NetworkModule[] {transport};
        }
    }
}
