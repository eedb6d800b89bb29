package io.causeway.simulator.verify;

import io.causeway.simulator.network.SocketLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Lets those who speak MQTT over WebSocket at {@code /mqtt} through to a broker that does not. */
final class WebSocketGate extends ChannelInitializer<Channel> {
    private static final int MAX_HANDSHAKE_OCTETS = 1 << 16;

    private final URI broker;
    private final @Nullable SslContext tls;

    private WebSocketGate(URI broker, @Nullable SslContext tls) {
        this.broker = broker;
        this.tls = tls;
    }

    /**
     * Listens until the loop is closed.
     *
     * @param tls null: not encrypted
     * @return the port
     */
    static int open(SocketLoop loop, URI broker, @Nullable SslContext tls) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop.eventLoop())
                .channel(NioServerSocketChannel.class)
                .childHandler(new WebSocketGate(broker, tls))
                .bind(InetAddress.getLoopbackAddress(), 0);
        loop.runUntil(bound::isDone, BrokerConnection.PATIENCE);
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    @Override
    protected void initChannel(Channel client) {
        if (tls != null) {
            client.pipeline().addLast(tls.newHandler(client.alloc()));
        }
        ChannelFuture connected = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .handler(new FromBroker(client))
                .connect(broker.getHost(), broker.getPort());
        client.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(MAX_HANDSHAKE_OCTETS),
                        new WebSocketServerProtocolHandler("/mqtt", "mqtt"),
                        new FromClient(connected));
    }

    private static final class FromBroker extends SimpleChannelInboundHandler<ByteBuf> {
        private final Channel client;

        FromBroker(Channel client) {
            this.client = client;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf octets) {
            ChannelFuture unused = client.writeAndFlush(new BinaryWebSocketFrame(octets.retain()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ChannelFuture unused = client.close();
        }
    }

    private static final class FromClient extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
        private final ChannelFuture connected;

        FromClient(ChannelFuture connected) {
            this.connected = connected;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, BinaryWebSocketFrame frame) {
            ByteBuf octets = frame.content().retain();
            ChannelFuture unused = connected.addListener(broker -> write(octets));
        }

        private void write(ByteBuf octets) {
            ChannelFuture unused = connected.channel().writeAndFlush(octets);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ChannelFuture unused = connected.channel().close();
        }
    }
}
