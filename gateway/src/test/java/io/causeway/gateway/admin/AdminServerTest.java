package io.causeway.gateway.admin;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdminServerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics();
    private final StubHealth health = new StubHealth();
    private List<RadioNode> nodes = List.of();
    private final AdminServer server;

    AdminServerTest() throws IOException {
        server = AdminServer.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics, health, () -> nodes);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void healthyGateway_isLiveAndReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"live\"}\n");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}\n");
    }

    @Test
    void gatewayWithoutBroker_isLiveButNotReadyAndSaysWhy() throws Exception {
        health.notReady = List.of("no connection to \"mqtt://a\"", "back\\slash\n");

        HttpResponse<String> response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"status\":\"not ready\",\"reasons\":"
                        + "[\"no connection to \\\"mqtt://a\\\"\",\"back\\\\slash\\u000a\"]}\n");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void readyGatewayWithANote_isReadyAndTellsIt() throws Exception {
        health.notes = List.of("the broker is away");

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body())
                .isEqualTo("{\"status\":\"ready\",\"notes\":[\"the broker is away\"]}\n");
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"live\"}\n");
    }

    @Test
    void stuckGateway_isNotLive() throws Exception {
        health.notLive = List.of("event loop 1 does not answer");

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body()).contains("not live", "event loop 1 does not answer");
    }

    @Test
    void scrape_showsWhatTheSuppliersSayNow() throws Exception {
        AtomicLong received = new AtomicLong(41);
        metrics.counter("datagrams_received", "Datagrams received.", received::get);
        metrics.counters("dropped", "What was dropped.", "cause", () -> Map.of("malformed", 3L, "too_long", 4L));
        metrics.gauge("sessions", "Sessions.", () -> 7);
        metrics.gauges("queue_messages", "Waiting.", "link", () -> Map.of("udp", 5.0));
        received.incrementAndGet();

        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().lines())
                .contains(
                        "# HELP causeway_datagrams_received_total Datagrams received.",
                        "# TYPE causeway_datagrams_received_total counter",
                        "causeway_datagrams_received_total 42.0",
                        "causeway_dropped_total{cause=\"malformed\"} 3.0",
                        "causeway_dropped_total{cause=\"too_long\"} 4.0",
                        "# TYPE causeway_sessions gauge",
                        "causeway_sessions 7.0",
                        "causeway_queue_messages{link=\"udp\"} 5.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text; version=1.0.0",
                "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
            })
    void scrapeInAnotherFormat_isAnswered(String format) throws Exception {
        HttpResponse<String> response = send(request("/metrics").header("Accept", format));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("jvm_threads_current");
    }

    @Test
    void scrape_includesProcessAndRuntime() throws Exception {
        assertThat(get("/metrics").body())
                .contains(
                        "process_cpu_seconds_total",
                        "jvm_memory_used_bytes",
                        "jvm_buffer_pool_used_bytes",
                        "jvm_gc_collection_seconds",
                        "jvm_threads_current",
                        "jvm_runtime_info");
    }

    @Test
    void twoGatewaysInOneProcess_haveMetricsOfTheirOwn() {
        metrics.gauge("sessions", "Sessions.", () -> 1);
        new Metrics().gauge("sessions", "Sessions.", () -> 2);

        assertThatThrownBy(() -> metrics.gauge("sessions", "Sessions.", () -> 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/live/", "/health/readyness", "/metrics/x", "/favicon.ico"})
    void otherPath_isNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/health/live", "/health/ready", "/nodes"})
    void post_isNotAllowed(String path) throws Exception {
        HttpResponse<String> response = send(request(path).POST(BodyPublishers.ofString("x")));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void head_isAnsweredWithoutBody(String path) throws Exception {
        HttpResponse<String> response = send(request(path).method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void nodesOfRadios_areListed() throws Exception {
        assertThat(get("/nodes").body()).isEqualTo("[]\n");
        nodes = List.of(
                new RadioNode("xbee /dev/ttyUSB0", "0013a20040a1b2c3", "pump", -40, Duration.ofSeconds(75), 2, true),
                new RadioNode("xbee /dev/ttyUSB0", "1234", "", 0, Duration.ZERO, 0, false));

        assertThat(get("/nodes").body()).isEqualTo("""
                [{"link":"xbee /dev/ttyUSB0","address":"0013a20040a1b2c3","name":"pump","signal_dbm":-40,\
                "heard_s_ago":75,"waiting":2,"away":true},
                {"link":"xbee /dev/ttyUSB0","address":"1234","heard_s_ago":0,"waiting":0,"away":false}]
                """);
    }

    @Test
    void takenAddress_isRefused() {
        assertThatThrownBy(() -> AdminServer.open(server.address(), metrics, health, () -> nodes))
                .isInstanceOf(BindException.class);
    }

    @Test
    void closedServer_refusesConnections() {
        server.close();

        assertThatThrownBy(() -> get("/health/live")).isInstanceOf(ConnectException.class);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        InetSocketAddress address = server.address();
        return HttpRequest.newBuilder(URI.create("http://" + address.getHostString() + ":" + address.getPort() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static final class StubHealth implements Health {
        private volatile List<String> notLive = List.of();
        private volatile List<String> notReady = List.of();
        private volatile List<String> notes = List.of();

        @Override
        public List<String> whyNotLive() {
            return notLive;
        }

        @Override
        public List<String> whyNotReady() {
            return notReady;
        }

        @Override
        public List<String> notes() {
            return notes;
        }
    }
}
