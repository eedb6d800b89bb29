package io.causeway.broker.listen;

import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.wire.PacketDecoder;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** Turns away connections beyond the limits, and gives the others what their scheme needs. */
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {
    /** Room for a will of 64 KiB, the largest there is, and names and passwords of any use. */
    private static final int MAX_CONNECT_OCTETS = 128 * 1024;
    /** Room for that, for what frames and headers add, and for what is read at once behind it. */
    private static final int MAX_STRANGERS_OCTETS = 2 * MAX_CONNECT_OCTETS;

    private final Entrance entrance;
    private final @Nullable SslContext tls;

    ConnectionInitializer(Entrance entrance, @Nullable SslContext tls) {
        this.entrance = entrance;
        this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        ListenerSettings settings = entrance.settings();
        if (channel.remoteAddress() == null) {
            ChannelFuture unused = channel.close(); // gone already
            return;
        }
        if (!entrance.tryAdd(channel)) {
            entrance.context().counters().add(BrokerCount.CONNECTS_REFUSED_CONNECTIONS);
            entrance.log()
                    .warn(
                            "connection refused address=" + entrance.addressOf(channel),
                            "too many connections",
                            System.nanoTime());
            ChannelFuture unused = channel.close();
            return;
        }
        entrance.context().counters().add(BrokerCount.SOCKETS_ACCEPTED);
        ChannelPipeline pipeline = channel.pipeline();
        SslContext secured = tls;
        if (secured != null) {
            SslHandler handler =
                    secured.newHandler(channel.alloc(), entrance.context().authentication());
            handler.setHandshakeTimeoutMillis(settings.limits().connectTimeout().toMillis());
            pipeline.addLast(handler);
        }
        if (settings.scheme().isWebSocket()) {
            pipeline.addLast(new StrangersOctets(MAX_STRANGERS_OCTETS));
            WebSocketGate.addTo(pipeline, settings);
        }
        PacketDecoder decoder =
                new PacketDecoder(settings.limits().maxPacketOctets(), MAX_CONNECT_OCTETS, entrance.unfinished());
        pipeline.addLast(decoder, new Reception(entrance, decoder));
    }
}
