package io.causeway.client;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, or a few, for any number of clients, each with a UDP socket of its own. A client stays on the thread that it
 * was opened on. The methods may be called from any thread but these, which must not block.
 */
public final class ClientLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClientLoop.class);
    private static final Duration CLOSING_TIME = Duration.ofSeconds(2);

    private final MultiThreadIoEventLoopGroup group;
    private final List<LoopThread> threads;
    private final AtomicInteger opened = new AtomicInteger();
    private final Set<MqttSnClient> clients = ConcurrentHashMap.newKeySet();

    private ClientLoop(int threadCount) {
        group = new MultiThreadIoEventLoopGroup(
                threadCount, new DefaultThreadFactory("mqtt-sn-client", true), NioIoHandler.newFactory());
        threads = IntStream.range(0, threadCount)
                .mapToObj(unused -> new LoopThread(group.next()))
                .toList();
    }

    /** Starts one thread, a daemon: enough for some thousand clients. */
    public static ClientLoop start() {
        return start(1);
    }

    /**
     * Starts daemon threads, among which the clients are spread evenly. More than there are processors are of no use.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public static ClientLoop start(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("clients need a thread: " + threads);
        }
        return new ClientLoop(threads);
    }

    /**
     * Opens the socket of a new client, which is not connected yet. When its connection is lost, it is up to the application
     * to connect again.
     *
     * @return fails with an {@link java.io.IOException} if there is no such local address or no socket left
     */
    public CompletionStage<MqttSnClient> open(
            Endpoint endpoint, ClientSettings settings, MessageListener messages, ConnectionListener connection) {
        return open(endpoint, settings, null, messages, connection);
    }

    /**
     * Opens the socket of a new client, which is not connected yet. When a connection of it is lost, it connects again by
     * itself. To connect the first time, and to return from a sleep, is up to the application.
     *
     * @return fails with an {@link java.io.IOException} if there is no such local address or no socket left
     */
    public CompletionStage<MqttSnClient> openReconnecting(
            Endpoint endpoint,
            ClientSettings settings,
            Reconnection reconnection,
            MessageListener messages,
            ConnectionListener connection) {
        return open(endpoint, settings, reconnection, messages, connection);
    }

    private CompletionStage<MqttSnClient> open(
            Endpoint endpoint,
            ClientSettings settings,
            @Nullable Reconnection reconnection,
            MessageListener messages,
            ConnectionListener connection) {
        LoopThread thread = nextThread();
        return DatagramLink.open(endpoint, thread.loop())
                .thenApplyAsync(
                        link -> {
                            var client = new MqttSnClient(
                                    settings,
                                    thread,
                                    endpoint,
                                    link,
                                    reconnection,
                                    messages,
                                    connection,
                                    clients::remove);
                            clients.add(client);
                            return client;
                        },
                        thread.loop());
    }

    /**
     * Looks for a gateway by asking one host (1.2 §6.1).
     *
     * @return fails with {@link NoResponseException} if there is none, with an {@link java.io.IOException} if there is no
     *     socket
     */
    public CompletionStage<FoundGateway> searchGateway(GatewaySearch search) {
        return new Searcher(nextThread(), search).begin(null);
    }

    /**
     * Looks for a gateway by asking a multicast group (1.2 §6.1).
     *
     * @param via the link to ask on
     * @return fails with {@link NoResponseException} if there is none, with an {@link java.io.IOException} if the group
     *     cannot be joined
     */
    public CompletionStage<FoundGateway> searchGateway(GatewaySearch search, NetworkInterface via) {
        return new Searcher(nextThread(), search).begin(via);
    }

    /**
     * Keeps a list of the gateways in a multicast group (1.2 §6.1), and asks for them once at the beginning.
     *
     * @param via the link to ask on
     * @return fails with an {@link java.io.IOException} if the group cannot be joined
     */
    public CompletionStage<GatewayWatch> watchGateways(GatewaySearch search, NetworkInterface via) {
        return new GatewayWatch(nextThread(), search).open(via);
    }

    /**
     * Disconnects all clients that are connected and not asleep, so that no will of theirs is published, and closes. What is
     * under way is awaited first.
     *
     * @param patience the longest time to wait for all that
     */
    public void closeInOrder(Duration patience) {
        CompletableFuture<?>[] farewells = clients.stream()
                .map(client -> client.leaveIfActive().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(farewells)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    log.debug("not all clients could leave in order: {}", failure.toString());
                    return null;
                })
                .join();
        close();
    }

    /** Closes all clients, without a word to their gateways, and ends the threads. Waits a little for both. */
    @Override
    public void close() {
        threads.forEach(LoopThread::stop);
        boolean isDone = group.shutdownGracefully(0, CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSING_TIME.toMillis());
        if (!isDone) {
            log.warn("the threads of the clients have not ended within {}", CLOSING_TIME);
        }
    }

    private LoopThread nextThread() {
        return threads.get(Math.floorMod(opened.getAndIncrement(), threads.size()));
    }
}
