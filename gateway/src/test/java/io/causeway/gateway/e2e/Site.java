package io.causeway.gateway.e2e;

import io.causeway.client.ClientLoop;
import io.causeway.client.ClientSettings;
import io.causeway.client.Endpoint;
import io.causeway.testkit.Mosquitto;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * A gateway, the broker that it is or that stands behind it, and whoever talks to them in a test. All of it ends with the
 * test.
 */
final class Site implements AutoCloseable {
    /** The part of a configuration that suits a test. */
    private static final String FAST = """
            gateway-id: 7
            data-dir: none
            links:
              - {type: udp, bind: "127.0.0.1:0"}
            retry: {interval: 2s, count: 10}
            loops: 2
            admin: {listen: "127.0.0.1:0"}
            topics:
              - {id: 1, name: plant/temperature}
              - {id: 2, name: "plant/{client}/state"}
            """;

    private final @Nullable Mosquitto broker;
    private final String configuration;
    private TestGateway gateway;
    private final ClientLoop loop = ClientLoop.start();
    private final Deque<Guest> guests = new ArrayDeque<>();

    /** Who is to leave before the site closes. */
    private interface Guest {
        void leave() throws MqttException;
    }

    /** Which broker MQTT clients connect to. */
    enum Brokering {
        AGGREGATING,
        INTEGRATED
    }

    private Site(@Nullable Mosquitto broker, String configuration) throws Exception {
        this.broker = broker;
        this.configuration = configuration;
        this.gateway = TestGateway.startReady(configuration);
    }

    /** @param directory for the broker's files */
    static Site open(Path directory) throws Exception {
        return open(Mosquitto.start(directory), "");
    }

    /** @param directory for the broker's files, if it has any */
    static Site open(Brokering brokering, Path directory) throws Exception {
        return switch (brokering) {
            case AGGREGATING -> open(directory);
            case INTEGRATED -> integrated("");
        };
    }

    /** @param more as for {@link #open(Mosquitto, String)} */
    static Site integrated(String more) throws Exception {
        return new Site(null, integratedConfiguration(more));
    }

    /**
     * One whose gateway has more links than that by UDP.
     *
     * @param links each an entry of the configuration
     */
    static Site withLinks(String... links) throws Exception {
        return new Site(null, configurationWithLinks(links));
    }

    static String configurationWithLinks(String... links) {
        StringBuilder entries = new StringBuilder();
        for (String link : links) {
            entries.append("  - ").append(link).append('\n');
        }
        return integratedConfiguration("").replace("retry:", entries + "retry:");
    }

    /**
     * One for many sensors, whose broker drops nothing.
     *
     * @param topic the name of the predefined topic 1
     */
    static Site forFleets(Brokering brokering, String topic, Path directory) throws Exception {
        return switch (brokering) {
            case AGGREGATING ->
                open(
                        Mosquitto.startDurable(directory),
                        configuration -> configuration.replace("plant/temperature", topic));
            case INTEGRATED -> new Site(null, integratedConfiguration("").replace("plant/temperature", topic));
        };
    }

    /**
     * One whose gateway can be {@linkplain #restart restarted}: it keeps its state and its UDP port.
     *
     * @param directory for the broker's files and the gateway's data
     */
    static Site durable(Brokering brokering, Path directory) throws Exception {
        if (brokering == Brokering.INTEGRATED) {
            return new Site(null, durable(integratedConfiguration(""), directory));
        }
        Mosquitto broker = Mosquitto.startDurable(directory);
        return open(broker, configuration -> durable(configuration, directory));
    }

    static String durable(String configuration, Path directory) throws IOException {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return configuration
                    .replace("data-dir: none", "data-dir: " + directory.resolve("data"))
                    .replace("udp, bind: \"127.0.0.1:0\"", "udp, bind: \"127.0.0.1:" + free.getLocalPort() + "\"");
        }
    }

    /** @param state where the gateway keeps what survives it */
    static Site integrated(Path state, String more) throws Exception {
        String configuration = integratedConfiguration(more).replace("data-dir: none", "data-dir: " + state);
        return new Site(null, configuration);
    }

    static String integratedConfiguration(String more) {
        return FAST + """
                upstream:
                  mode: integrated
                  listen: "127.0.0.1:0"
                """ + more.indent(0);
    }

    /**
     * @param more top-level keys of the configuration, and keys of {@code upstream} as far as they are indented by two
     *     and come first
     */
    static Site open(Mosquitto broker, String more) throws Exception {
        return open(broker, configuration -> configuration + more.indent(0));
    }

    private interface Change {
        String of(String configuration) throws IOException;
    }

    private static Site open(Mosquitto broker, Change change) throws Exception {
        try {
            return new Site(broker, change.of(configuration(broker)));
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    static String configuration(Mosquitto broker) {
        return FAST + """
                upstream:
                  mode: aggregating
                  broker: %s
                  reconnect: {min: 50ms, max: 200ms}
                """.formatted(broker.uri());
    }

    /** The one behind the gateway. */
    Mosquitto broker() {
        return Objects.requireNonNull(broker);
    }

    /** Where MQTT clients connect on this machine. */
    int mqttPort() {
        return broker == null ? gateway.mqttPort() : broker.port();
    }

    TestGateway gateway() {
        return gateway;
    }

    /** Stops the gateway as an operator would; MQTT clients of an integrated broker lose their connections. */
    void stopGateway() {
        gateway.close();
    }

    /** Starts a gateway on what that of before has left. */
    void startGateway() throws Exception {
        gateway = TestGateway.startReady(configuration);
    }

    void restart() throws Exception {
        stopGateway();
        startGateway();
    }

    /** Connected, with a clean session. */
    Sensor sensor(String clientId) {
        return newSensor(ClientSettings.forClient(clientId)).connect();
    }

    /** Not connected yet. */
    Sensor newSensor(ClientSettings.Builder settings) {
        return newSensor(settings, Endpoint.of(gateway.udp()));
    }

    Sensor newSensor(ClientSettings.Builder settings, Endpoint endpoint) {
        Sensor.Journal journal = new Sensor.Journal();
        Sensor sensor = new Sensor(
                Patience.get(loop.open(
                        endpoint, settings.build(), message -> journal.received.add(Message.of(message)), journal)),
                journal);
        guests.push(sensor::close);
        return sensor;
    }

    RawSensor rawSensor() throws IOException {
        return rawSensor(gateway.udp());
    }

    RawSensor rawSensor(InetSocketAddress at) throws IOException {
        RawSensor sensor = RawSensor.open(at);
        guests.push(sensor::close);
        return sensor;
    }

    /** Connected. */
    Application application() throws MqttException {
        Application application = Application.connect(mqttPort(), "application-" + guests.size());
        guests.push(application::close);
        return application;
    }

    /** Connected and subscribed. */
    Application subscriber(String filter) throws MqttException {
        Application application = application();
        application.subscribe(filter, 2);
        return application;
    }

    @Override
    public void close() throws MqttException {
        for (Guest guest : guests) {
            guest.leave();
        }
        loop.close();
        gateway.close();
        if (broker != null) {
            broker.close();
        }
    }
}
