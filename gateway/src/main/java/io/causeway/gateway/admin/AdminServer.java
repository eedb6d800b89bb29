package io.causeway.gateway.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * HTTP for operators: {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready}, which answer 200
 * or, with the reasons in JSON, 503, and {@code /nodes}, which lists what radios hear. It has two threads of its own and
 * touches nothing but the suppliers it was given.
 */
public final class AdminServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int WAITING_REQUESTS = 64;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    /** Tells HttpServer that no body follows. */
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private AdminServer(HttpServer server, ThreadPoolExecutor threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Opens the endpoint.
     *
     * @param listen the address and port; port 0 lets the system choose
     * @param nodes  of all radios; called by the thread that answers a request
     * @throws IOException if the address cannot be bound
     */
    public static AdminServer open(
            InetSocketAddress listen, Metrics metrics, Health health, Supplier<List<RadioNode>> nodes)
            throws IOException {
        HttpServer server = HttpServer.create(listen, 0);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_REQUESTS), AdminServer::thread);
        MetricsHandler metricsHandler = new MetricsHandler(metrics.registry());
        server.createContext("/", exchange -> answerNothing(exchange, NOT_FOUND));
        server.createContext("/metrics", exchange -> {
            if (accepts(exchange)) {
                metricsHandler.handle(exchange);
            }
        });
        server.createContext("/health/live", exchange -> answerHealth(exchange, "live", health::whyNotLive, List::of));
        server.createContext(
                "/health/ready", exchange -> answerHealth(exchange, "ready", health::whyNotReady, health::notes));
        server.createContext("/nodes", exchange -> {
            if (accepts(exchange)) {
                answer(exchange, OK, Json.nodes(nodes.get()));
            }
        });
        server.setExecutor(threads);
        server.start();
        return new AdminServer(server, threads);
    }

    /** The address and port that are open. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Closes the endpoint at once; requests under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "admin-http");
        thread.setDaemon(true);
        return thread;
    }

    private static void answerHealth(
            HttpExchange exchange, String state, Supplier<List<String>> reasons, Supplier<List<String>> notes)
            throws IOException {
        if (!accepts(exchange)) {
            return;
        }
        List<String> why = reasons.get();
        answer(exchange, why.isEmpty() ? OK : UNAVAILABLE, Json.health(state, why, notes.get()));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        try (exchange) {
            exchange.sendResponseHeaders(status, head ? NO_BODY : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Whether this is a GET or HEAD of exactly the path; if not, it is answered. A context includes what is below it. */
    private static boolean accepts(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(exchange.getHttpContext().getPath())) {
            answerNothing(exchange, NOT_FOUND);
            return false;
        }
        if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answerNothing(exchange, METHOD_NOT_ALLOWED);
            return false;
        }
        return true;
    }

    private static void answerNothing(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, NO_BODY);
        }
    }
}
