package io.causeway.gateway.cli;

import io.causeway.client.ClientException;
import io.causeway.client.ClientLoop;
import io.causeway.client.ClientSettings;
import io.causeway.client.ConnectionListener;
import io.causeway.client.Endpoint;
import io.causeway.client.IncomingMessage;
import io.causeway.client.MqttSnClient;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.settings.HostPort;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Speaks MQTT-SN 1.2 over UDP to a gateway, as a sensor does. */
final class SensorMessenger implements Messenger {
    private static final long DISCONNECT_SECONDS = 1;

    private final ClientLoop loop;
    private final MqttSnClient client;
    private final HostPort gateway;
    private boolean connected;

    private SensorMessenger(ClientLoop loop, MqttSnClient client, HostPort gateway) {
        this.loop = loop;
        this.client = client;
        this.gateway = gateway;
    }

    /** @throws CommandFailure if the gateway's name is unknown, or there is no way to it */
    static SensorMessenger open(HostPort gateway, ClientSettings settings, Listener listener)
            throws CommandFailure, InterruptedException {
        ClientLoop loop = ClientLoop.start();
        try {
            Endpoint endpoint = Endpoint.of(gateway.resolve());
            ConnectionListener connection = cause -> listener.onLost("connection to " + gateway + " lost: " + cause);
            MqttSnClient client = await(
                    loop.open(endpoint, settings, message -> listener.onDelivery(delivery(message)), connection),
                    gateway);
            return new SensorMessenger(loop, client, gateway);
        } catch (IllegalArgumentException e) {
            loop.close();
            throw new CommandFailure(gateway + ": " + e.getMessage());
        } catch (CommandFailure | InterruptedException e) {
            loop.close();
            throw e;
        }
    }

    @Override
    public void connect() throws CommandFailure, InterruptedException {
        await(client.connect(), gateway);
        connected = true;
    }

    @Override
    public void publish(Topic topic, Octets payload, Qos qos, boolean retain)
            throws CommandFailure, InterruptedException {
        try {
            await(client.publish(topic, payload, qos, retain), gateway);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void subscribe(Topic topic, Qos qos) throws CommandFailure, InterruptedException {
        await(client.subscribe(topic, qos), gateway);
    }

    @Override
    public void close() {
        if (connected) {
            disconnect();
        }
        loop.close();
    }

    /** The gateway notices by itself if this does not reach it, only later. */
    private void disconnect() {
        try {
            client.disconnect().toCompletableFuture().get(DISCONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            client.close();
        }
    }

    private static Delivery delivery(IncomingMessage message) {
        return new Delivery(
                message.topicName(), message.payload(), message.qos().wireValue(), message.retain());
    }

    private static <T extends @Nullable Object> T await(CompletionStage<T> answer, HostPort gateway)
            throws CommandFailure, InterruptedException {
        try {
            return answer.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClientException || e.getCause() instanceof IOException) {
                throw new CommandFailure(gateway + ": " + e.getCause().getMessage());
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
