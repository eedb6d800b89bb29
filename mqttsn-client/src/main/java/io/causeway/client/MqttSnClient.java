package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.timer.TimerWheel;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
 * {@link ClientException} where the request came to nothing: an action that follows one must not block. Requests of one
 * kind are carried out in the order of their calls.
 */
public final class MqttSnClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MqttSnClient.class);

    private final Channel channel;
    private final ClientSession session;

    MqttSnClient(
            ClientSettings settings,
            TimerWheel wheel,
            Channel channel,
            DatagramLink link,
            MessageListener messages,
            ConnectionListener connection) {
        this.channel = channel;
        this.session = new ClientSession(settings, wheel, new Port(link, channel, messages, connection));
        link.setReceiver(packet -> session.receive(packet, System.nanoTime()));
        channel.closeFuture().addListener(closed -> session.close());
    }

    /** Connects; while asleep, returns to active with session and will as they are (1.2 §6.2, §6.14). */
    public CompletionStage<Done> connect() {
        return ask(session::connect);
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

    /** Ends the connection in order, after all that is under way (1.2 §6.12). The socket stays open. */
    public CompletionStage<Done> disconnect() {
        return ask(session::disconnect);
    }

    /** The address and port that the client sends from. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Closes the socket without a word to the gateway. What is under way fails. */
    @Override
    public void close() {
        channel.close().addListener(closed -> log.debug("{} closed", channel));
    }

    private <T> CompletionStage<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        channel.eventLoop().execute(() -> {
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

    /** The session's way out. What the application throws must not disturb the session, nor others on this loop. */
    private record Port(DatagramLink link, Channel channel, MessageListener messages, ConnectionListener connection)
            implements ClientPort {
        @Override
        public void send(Packet packet) {
            link.send(packet, channel);
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
            tell(() -> connection.onLost(cause));
        }

        private static void tell(Runnable listener) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.error("a listener of the application failed", e);
            }
        }
    }
}
