package io.causeway.gateway.e2e;

import io.causeway.gateway.cli.RunningGateway;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.ConfigReader;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.gateway.runtime.Gateway;
import io.causeway.settings.ConfigException;
import io.causeway.settings.HostPort;
import io.causeway.settings.SettingsFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A whole gateway in this process, with sockets on free ports. */
final class TestGateway implements AutoCloseable {
    private static final String UDP = "UDP ";
    private static final String GROUP = " on ";
    private static final String MQTT = "mqtt://";
    private static final String ADMIN = "admin http://";
    private static final Duration DRAIN = Duration.ofMillis(200);

    private final RunningGateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestGateway(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /** @param yaml a configuration file */
    static TestGateway start(String yaml) throws ConfigException, StartException {
        return new TestGateway(Gateway.start(config(yaml)));
    }

    /** Returns as soon as messages can pass. */
    static TestGateway startReady(String yaml) throws ConfigException, StartException {
        TestGateway started = start(yaml);
        started.awaitReady();
        return started;
    }

    static GatewayConfig config(String yaml) throws ConfigException {
        return new ConfigReader(Map.of()).read(new SettingsFile("test.yaml", Path.of("."), yaml));
    }

    void awaitReady() {
        Patience.await("gateway is ready").until(gateway::ready);
    }

    void awaitNotReady() {
        Patience.await("gateway is not ready").until(() -> !gateway.ready());
    }

    void reload(String yaml) throws ConfigException {
        gateway.reload(config(yaml));
    }

    /** Where devices reach it, in the order of the configuration; without the multicast groups. */
    List<InetSocketAddress> udpEndpoints() {
        return gateway.endpoints().stream()
                .filter(each -> each.startsWith(UDP) && !each.contains(GROUP))
                .map(each -> HostPort.parse(each.substring(UDP.length())).resolve())
                .toList();
    }

    /** Where MQTT clients reach it first. */
    int mqttPort() {
        return gateway.endpoints().stream()
                .filter(each -> each.startsWith(MQTT))
                .map(each -> HostPort.parse(each.substring(MQTT.length())).port())
                .findFirst()
                .orElseThrow();
    }

    /** The first of them. */
    InetSocketAddress udp() {
        return udpEndpoints().get(0);
    }

    /** The status and the body of a path of the admin endpoint. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String address = gateway.endpoints().stream()
                .filter(each -> each.startsWith(ADMIN))
                .findFirst()
                .orElseThrow()
                .substring(ADMIN.length());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .timeout(Patience.LIMIT)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** All samples, by name and labels as Prometheus sees them, without the prefix {@code causeway_}. */
    Map<String, Double> metrics() throws IOException, InterruptedException {
        Map<String, Double> samples = new LinkedHashMap<>();
        get("/metrics").body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int blank = line.lastIndexOf(' ');
            samples.put(line.substring(0, blank).replaceFirst("^causeway_", ""), Double.valueOf(line.substring(blank)));
        });
        return samples;
    }

    /** One sample; it must be there. */
    long metric(String name) throws IOException, InterruptedException {
        Map<String, Double> samples = metrics();
        if (!samples.containsKey(name)) {
            throw new AssertionError("no metric " + name + " in " + samples.keySet());
        }
        return Math.round(samples.getOrDefault(name, 0.0));
    }

    /** As on SIGTERM. */
    void close(Duration drain) {
        gateway.close(drain);
    }

    @Override
    public void close() {
        close(DRAIN);
    }
}
