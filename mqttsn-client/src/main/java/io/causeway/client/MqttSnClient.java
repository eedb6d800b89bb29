package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT-SN 1.2 client over UDP, opened by a {@link ClientLoop}.
 *
 * <pre>{@code
 * try (ClientLoop loop = ClientLoop.start()) {
 *     Endpoint endpoint = Endpoint.of(new InetSocketAddress("gateway.example", 1883));
 *     loop.open(endpoint, ClientSettings.forClient("pump-7").build(), message -> {}, ConnectionListener.IGNORE)
 *             .thenCompose(client -> client.connect()
 *                     .thenCompose(connected -> client.publish(
 *                             new Topic.Name("plant/pump-7/state"), Octets.utf8("on"), Qos.AT_LEAST_ONCE, false))
 *                     .thenCompose(published -> client.disconnect()))
 *             .toCompletableFuture()
 *             .join();
 * }
 * }</pre>
 *
 * <p>All methods return at once and may be called from any thread. The stages complete on the client's loop, with a
 * {@link ClientException} where the request came to nothing: an action that follows one must not block, or be one of the
 * {@code ...Async} methods with an executor of the application. Requests of one kind are carried out in the order of their
 * calls.
 */
public final class MqttSnClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MqttSnClient.class);

    private final LoopThread thread;
    private final ClientSession session;
    private final ConnectionListener connection;
    private final @Nullable Reconnecting reconnecting;
    private final Consumer<MqttSnClient> whenClosed;

    private Endpoint endpoint;

    /** The one that accepted us last: it may keep the session, while attempts with others fail. */
    private InetSocketAddress sessionGateway;

    /** Written by the client's loop only. */
    private volatile DatagramLink link;

    private volatile boolean isClosed;

    MqttSnClient(
            ClientSettings settings,
            LoopThread thread,
            Endpoint endpoint,
            DatagramLink link,
            @Nullable Reconnection reconnection,
            MessageListener messages,
            ConnectionListener connection,
            Consumer<MqttSnClient> whenClosed) {
        this.thread = thread;
        this.endpoint = endpoint;
        this.sessionGateway = endpoint.gateway();
        this.link = link;
        this.connection = connection;
        this.whenClosed = whenClosed;
        this.session = new ClientSession(settings, thread.wheel(), new Port(messages));
        this.reconnecting = reconnection == null
                ? null
                : new Reconnecting(reconnection, endpoint.gateway(), thread.random(), thread.wheel(), this::reconnect);
        use(link);
    }

    private void use(DatagramLink newLink) {
        link = newLink;
        newLink.setReceiver(packet -> session.receive(packet, System.nanoTime()));
        newLink.onClosed(() -> {
            if (link == newLink) {
                end();
            }
        });
    }

    private void end() {
        stopReconnecting();
        session.close();
        whenClosed.accept(this);
    }

    private void stopReconnecting() {
        if (reconnecting != null) {
            reconnecting.stop();
        }
    }

    /** Connects; while asleep or awake, returns to active with session and will as they are (1.2 §6.2, §6.14). */
    public CompletionStage<Done> connect() {
        return ask(this::connect);
    }

    private void connect(Reply<Done> reply, long nowNanos) {
        Reply<Done> connected = new Reply<>() {
            @Override
            public void accepted(Done done) {
                if (!sessionGateway.equals(endpoint.gateway())) {
                    sessionGateway = endpoint.gateway();
                    session.onOtherGateway();
                }
                reply.accepted(done);
            }

            @Override
            public void failed(ClientException cause) {
                reply.failed(cause);
            }
        };
        session.connect(connected, nowNanos);
    }

    /** Asks for the alias of a topic name (1.2 §6.5). {@link #publish} does so by itself when needed. */
    public CompletionStage<Integer> register(String topicName) {
        return ask((reply, nowNanos) -> session.register(topicName, reply, nowNanos));
    }

    /**
     * Publishes, with QoS -1 also without a connection (1.2 §6.6, §6.8).
     *
     * @return completes when the message was sent at QoS 0 and -1, with its PUBACK at QoS 1, and its PUBCOMP at QoS 2
     * @throws IllegalArgumentException if payload, topic and QoS are no possible {@link OutgoingMessage}
     */
    public CompletionStage<Done> publish(Topic topic, Octets payload, Qos qos, boolean retain) {
        OutgoingMessage message = new OutgoingMessage(topic, payload, qos, retain);
        return ask((reply, nowNanos) -> session.publish(message, reply, nowNanos));
    }

    /**
     * Subscribes to a filter, a predefined topic or a short one (1.2 §6.9).
     *
     * @param qos 0, 1 or 2
     * @return the QoS that is granted
     */
    public CompletionStage<Qos> subscribe(Topic topic, Qos qos) {
        return ask((reply, nowNanos) -> session.subscribe(topic, qos, reply, nowNanos));
    }

    /** Ends the subscription to a filter, a predefined topic or a short one (1.2 §6.9). */
    public CompletionStage<Done> unsubscribe(Topic topic) {
        return ask((reply, nowNanos) -> session.unsubscribe(topic, reply, nowNanos));
    }

    /** Asks the gateway for a sign of life; the keep-alive does so by itself (1.2 §6.11). */
    public CompletionStage<Done> ping() {
        return ask(session::ping);
    }

    /**
     * Falls asleep after all that is under way, or changes the duration of the sleep (1.2 §6.14).
     *
     * @param duration 1 to 65,535 whole seconds: the time within which {@link #awaken} or {@link #connect} is to follow
     */
    public CompletionStage<Done> sleep(Duration duration) {
        return ask((reply, nowNanos) -> session.sleep(duration, reply, nowNanos));
    }

    /** Fetches what the gateway has kept for the sleeping client. When it completes, all of it was delivered. */
    public CompletionStage<Done> awaken() {
        return ask(session::awaken);
    }

    /**
     * Replaces topic, QoS and retain flag of the will that the gateway has (1.2 §6.4).
     *
     * @param topicName empty to delete the will, its message included; then QoS is 0 and the retain flag not set
     */
    public CompletionStage<Done> updateWillTopic(String topicName, Qos qos, boolean retain) {
        return ask((reply, nowNanos) -> session.updateWillTopic(topicName, qos, retain, reply, nowNanos));
    }

    /** Replaces the message of the will that the gateway has (1.2 §6.4). */
    public CompletionStage<Done> updateWillMessage(Octets message) {
        return ask((reply, nowNanos) -> session.updateWillMessage(message, reply, nowNanos));
    }

    /**
     * Ends the connection in order, after all that is under way (1.2 §6.12), or breaks off the attempt to connect. The socket
     * stays open. A client that is about to connect again by itself does not do so any more.
     */
    public CompletionStage<Done> disconnect() {
        return ask((reply, nowNanos) -> {
            stopReconnecting();
            session.disconnect(reply, nowNanos);
        });
    }

    /**
     * Sends and receives from another address and port from now on, for instance after a change of networks. The session
     * goes on; that the gateway learns of it takes {@link #awaken} of a sleeper, or {@link #connect} of a client that was
     * disconnected because of it, without a clean session.
     *
     * @param local port 0 for any
     * @return fails with an {@link java.io.IOException}, and leaves all as it was, if there is no such address
     */
    public CompletionStage<Done> rebind(InetSocketAddress local) {
        return CompletableFuture.completedFuture(local)
                .thenComposeAsync(address -> move(endpoint.from(address)), thread.loop());
    }

    /** To be called on the loop. */
    private CompletionStage<Done> move(Endpoint next) {
        return DatagramLink.open(next, thread.loop()).thenApply(opened -> {
            DatagramLink former = link;
            endpoint = next;
            use(opened);
            former.setReceiver(packet -> {});
            former.close();
            if (isClosed) { // meanwhile, and only the former socket may be closed by that
                opened.close();
            }
            return Done.DONE;
        });
    }

    private void reconnect(InetSocketAddress gateway) {
        CompletionStage<Done> reached = gateway.equals(endpoint.gateway())
                ? CompletableFuture.completedFuture(Done.DONE)
                : move(endpoint.to(gateway));
        reached.thenCompose(done -> ask(this::connectIfMeant)).whenComplete((done, failure) -> {
            if (failure == null) {
                stopReconnecting();
                tell(() -> connection.onReconnected(gateway));
            } else {
                log.debug("no connection to {}: {}", gateway, failure.toString());
                onAttemptFailed();
            }
        });
    }

    /** The application may have called {@link #disconnect} while the socket was opened. */
    private void connectIfMeant(Reply<Done> reply, long nowNanos) {
        if (reconnecting != null && reconnecting.isMeant()) {
            connect(reply, nowNanos);
        } else {
            reply.failed(new WrongStateException(session.state()));
        }
    }

    private void onAttemptFailed() {
        boolean isConnected = session.state() != ClientState.DISCONNECTED && session.state() != ClientState.CONNECTING;
        if (isConnected) {
            stopReconnecting(); // the application was faster
        } else if (reconnecting != null) {
            reconnecting.onFailed(System.nanoTime());
        }
    }

    /** The address and port that the client sends from. */
    public InetSocketAddress localAddress() {
        return link.localAddress();
    }

    /** For the end of the loop: a sleeper sleeps on. */
    CompletionStage<Done> leaveIfActive() {
        return ask((reply, nowNanos) -> {
            if (session.state() == ClientState.ACTIVE) {
                session.disconnect(reply, nowNanos);
            } else {
                reply.accepted(Done.DONE);
            }
        });
    }

    /**
     * Closes the socket without a word to the gateway, which takes the client for lost after its keep-alive: {@link
     * #disconnect} first, if that is not meant. What is under way fails.
     */
    @Override
    public void close() {
        isClosed = true;
        link.close();
    }

    private <T> CompletionStage<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        thread.loop().execute(() -> {
            try {
                question.ask(new Completion<>(answer), System.nanoTime());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** A method of the session. */
    @FunctionalInterface
    private interface Question<T> {
        void ask(Reply<T> reply, long nowNanos);
    }

    private record Completion<T>(CompletableFuture<T> future) implements Reply<T> {
        @Override
        public void accepted(T answer) {
            future.complete(answer);
        }

        @Override
        public void failed(ClientException cause) {
            future.completeExceptionally(cause);
        }
    }

    /** What the application throws must not disturb the session, nor others on this loop. */
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.error("a listener of the application failed", e);
        }
    }

    /** The session's way out. */
    private final class Port implements ClientPort {
        private final MessageListener messages;

        Port(MessageListener messages) {
            this.messages = messages;
        }

        @Override
        public void send(Packet packet) {
            link.send(packet);
        }

        @Override
        public void onMessage(IncomingMessage message) {
            tell(() -> messages.onMessage(message));
        }

        @Override
        public void onRejection(ReturnCode returnCode) {
            tell(() -> connection.onRejection(returnCode));
        }

        @Override
        public void onConnectionLost(LossCause cause) {
            if (reconnecting != null && cause != LossCause.CLOSED) {
                reconnecting.onLost(System.nanoTime());
            }
            tell(() -> connection.onLost(cause));
        }
    }
}
