package io.causeway.client.example;

import io.causeway.client.ClientLoop;
import io.causeway.client.ClientSettings;
import io.causeway.client.ConnectionListener;
import io.causeway.client.Endpoint;
import io.causeway.client.MqttSnClient;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Says that it is on, and prints its first command. */
public final class Pump {
    private Pump() {}

    /** @param arguments host and port of the gateway */
    public static void main(String[] arguments) {
        InetSocketAddress gateway = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        ClientSettings settings = ClientSettings.forClient("pump-7").build();
        Topic state = new Topic.Name("plant/pump-7/state");
        Topic commands = new Topic.Name("plant/pump-7/commands");

        try (ClientLoop loop = ClientLoop.start()) {
            MqttSnClient pump = loop.open(
                            Endpoint.of(gateway),
                            settings,
                            message -> System.out.println(message.topicName() + ": "
                                    + message.payload().toUtf8()),
                            ConnectionListener.IGNORE)
                    .toCompletableFuture()
                    .join();
            pump.connect()
                    .thenCompose(connected -> pump.subscribe(commands, Qos.AT_LEAST_ONCE))
                    .thenCompose(granted -> pump.publish(state, Octets.utf8("on"), Qos.AT_LEAST_ONCE, false))
                    .toCompletableFuture()
                    .join();
            loop.closeInOrder(Duration.ofSeconds(5));
        }
    }
}
