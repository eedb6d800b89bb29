package io.causeway.broker.listen;

import io.causeway.broker.wire.UnfinishedPackets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One address that MQTT clients connect to. Safe for many threads. */
public final class MqttListener implements AutoCloseable {
    /** Unfinished packets may take the eighth part of the memory; buffers grow by doubling. */
    private static final int MEMORY_PER_UNFINISHED = 8;

    private static final int LARGEST_AT_LEAST = 4;
    private static final Logger LOGGER = LoggerFactory.getLogger(MqttListener.class);

    /** Connections that the system holds for us until they are accepted. */
    private static final int BACKLOG = 1_024;
    /** What a client leaves unread before its session holds messages back, and where the session goes on. */
    private static final WriteBufferWaterMark UNREAD_OCTETS = new WriteBufferWaterMark(32 * 1024, 128 * 1024);
    /** An idle connection has no buffer at all; one that wakes up begins with a small one. */
    private static final int SMALLEST_READ_OCTETS = 64;

    private static final int FIRST_READ_OCTETS = 512;
    private static final int LARGEST_READ_OCTETS = 64 * 1024;

    private final ListenerScheme scheme;
    private final Channel server;
    private final OpenConnections connections;

    private MqttListener(ListenerScheme scheme, Channel server, OpenConnections connections) {
        this.scheme = scheme;
        this.server = server;
        this.connections = connections;
    }

    /**
     * Binds, and takes connections from then on. Waits for the system; not for an event loop.
     *
     * @throws IOException if the address cannot be listened on, or a file for TLS not be used; the message says which
     *                     and why
     */
    public static MqttListener open(ListenerSettings settings, ListenerContext context) throws IOException {
        ListenerTls tlsSettings = settings.tls();
        @Nullable SslContext tls = tlsSettings == null ? null : ServerTls.of(tlsSettings);
        OccasionalLog log = new OccasionalLog(LOGGER, System.nanoTime());
        OpenConnections connections = new OpenConnections(settings.limits());
        Entrance entrance = new Entrance(
                settings,
                context,
                connections,
                new Strangers(settings.limits().maxStrangers()),
                new UnfinishedPackets(maxUnfinishedOctets(settings.limits())),
                log);
        String wanted = endpoint(settings.scheme(), settings.bind());
        ChannelFuture bound = new ServerBootstrap()
                .group(context.group())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD_OCTETS)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(SMALLEST_READ_OCTETS, FIRST_READ_OCTETS, LARGEST_READ_OCTETS))
                .handler(new AcceptErrors(wanted, log))
                .childHandler(new ConnectionInitializer(entrance, tls))
                .bind(settings.bind())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + wanted + ": " + bound.cause().getMessage(), bound.cause());
        }
        return new MqttListener(settings.scheme(), bound.channel(), connections);
    }

    /** A share of the memory that buffers can have, and room for some packets of the largest size. */
    private static long maxUnfinishedOctets(ListenerLimits limits) {
        return Math.max(
                Runtime.getRuntime().maxMemory() / MEMORY_PER_UNFINISHED,
                (long) LARGEST_AT_LEAST * limits.maxPacketOctets());
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** For people: {@code mqtt://127.0.0.1:1883}. */
    public String endpoint() {
        return endpoint(scheme, address());
    }

    /** Open now, whether their clients have been let in or not. */
    public int connections() {
        return connections.size();
    }

    /**
     * Takes no more connections, and closes those that there are; shards that are shut down before have told their
     * clients why. Not for an event loop.
     */
    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        connections.closeAll();
    }

    private static String endpoint(ListenerScheme scheme, InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return scheme.text() + "://" + NetUtil.toSocketAddressString(host, address.getPort());
    }
}
