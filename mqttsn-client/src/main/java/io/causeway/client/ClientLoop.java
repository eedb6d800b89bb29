package io.causeway.client;

import io.causeway.timer.TimerWheel;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for any number of clients, each with a UDP socket of its own, and all with one timer wheel. The methods may be
 * called from any thread.
 */
public final class ClientLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClientLoop.class);

    /** How late a repetition or a PINGREQ may be. */
    private static final Duration TICK = Duration.ofMillis(20);

    private static final Duration CLOSING_TIME = Duration.ofSeconds(2);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("mqtt-sn-client", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final TimerWheel wheel = new TimerWheel(TICK, System.nanoTime());

    private final Future<?> ticking =
            loop.scheduleAtFixedRate(this::tick, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);

    private ClientLoop() {}

    /** Starts the thread, a daemon. */
    public static ClientLoop start() {
        return new ClientLoop();
    }

    /**
     * Opens the socket of a new client, which is not connected yet.
     *
     * @return fails with an {@link java.io.IOException} if there is no such local address or no socket left
     */
    public CompletionStage<MqttSnClient> open(
            Endpoint endpoint, ClientSettings settings, MessageListener messages, ConnectionListener connection) {
        CompletableFuture<MqttSnClient> opened = new CompletableFuture<>();
        DatagramLink link = new DatagramLink(endpoint.forwarderNodeId());
        ChannelFuture opening = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .handler(link)
                .connect(endpoint.gateway(), endpoint.local());
        opening.addListener(done -> {
            if (done.isSuccess()) {
                opened.complete(new MqttSnClient(settings, wheel, opening.channel(), link, messages, connection));
            } else {
                opened.completeExceptionally(done.cause());
            }
        });
        return opened;
    }

    /**
     * Looks for a gateway by asking one host (1.2 §6.1).
     *
     * @return fails with {@link NoResponseException} if there is none, with an {@link java.io.IOException} if there is no
     *     socket
     */
    public CompletionStage<FoundGateway> searchGateway(GatewaySearch search) {
        return new Searcher(loop, search).begin();
    }

    /**
     * Looks for a gateway by asking a multicast group (1.2 §6.1).
     *
     * @param via the link to ask on
     * @return fails with {@link NoResponseException} if there is none, with an {@link java.io.IOException} if the group
     *     cannot be joined
     */
    public CompletionStage<FoundGateway> searchGateway(GatewaySearch search, NetworkInterface via) {
        return new Searcher(loop, search).begin(via);
    }

    /** Closes all clients and ends the thread. Waits a little for both. */
    @Override
    public void close() {
        ticking.cancel(false);
        group.shutdownGracefully(0, CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSING_TIME.toMillis());
    }

    private void tick() {
        try {
            wheel.advance(System.nanoTime());
        } catch (RuntimeException e) {
            log.error("a timer of a client failed", e);
        }
    }
}
