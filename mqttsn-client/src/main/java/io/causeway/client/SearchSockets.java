package io.causeway.client;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of a search: one that asks and, for a multicast group, one that listens in it from before the first question.
 * Owned by the event loop.
 */
@Sharable
final class SearchSockets extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger log = LoggerFactory.getLogger(SearchSockets.class);

    private final EventLoop loop;
    private final GatewaySearch search;
    private final BiConsumer<Packet, InetSocketAddress> receiver;
    private final SocketProtocolFamily family;
    private final CompletableFuture<Channel> asking = new CompletableFuture<>();

    /** All of the search; once closed, those that are added later are closed, too. */
    private final ChannelGroup sockets;

    /** @param receiver told packets and their senders */
    SearchSockets(EventLoop loop, GatewaySearch search, BiConsumer<Packet, InetSocketAddress> receiver) {
        this.loop = loop;
        this.search = search;
        this.receiver = receiver;
        this.sockets = new DefaultChannelGroup(loop, true);
        this.family = search.target().getAddress() instanceof Inet4Address
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6;
    }

    /** @param via the link to ask on, for a multicast group; null for one host */
    CompletionStage<Channel> open(@Nullable NetworkInterface via) {
        if (via == null) {
            whenDone(bootstrap().bind(new InetSocketAddress(0)), asking::complete);
        } else {
            listenInGroup(via, () -> whenDone(askingVia(via).bind(new InetSocketAddress(0)), asking::complete));
        }
        return asking;
    }

    private void listenInGroup(NetworkInterface via, Runnable next) {
        InetSocketAddress group = search.target();
        ChannelFuture listening =
                bootstrap().option(ChannelOption.SO_REUSEADDR, true).bind(new InetSocketAddress(group.getPort()));
        whenDone(
                listening,
                listener -> whenDone(((NioDatagramChannel) listener).joinGroup(group, via), joined -> next.run()));
    }

    private Bootstrap bootstrap() {
        ChannelFactory<NioDatagramChannel> channels = () -> new NioDatagramChannel(family);
        return new Bootstrap().group(loop).channelFactory(channels).handler(this);
    }

    private Bootstrap askingVia(NetworkInterface via) {
        Bootstrap asker = bootstrap().option(ChannelOption.IP_MULTICAST_IF, via);
        return search.radius() == 0 ? asker : asker.option(ChannelOption.IP_MULTICAST_TTL, search.radius());
    }

    private void whenDone(ChannelFuture future, Consumer<Channel> next) {
        future.addListener(done -> {
            if (done.isSuccess()) {
                next.accept(future.channel());
            } else {
                close();
                asking.completeExceptionally(done.cause());
            }
        });
    }

    /** What the network does not take gets lost, as any datagram may. */
    void ask(Packet question) {
        Channel channel = asking.join();
        ByteBuf datagram = channel.alloc().ioBuffer();
        PacketCodec.encode(question, datagram);
        channel.writeAndFlush(new DatagramPacket(datagram, search.target())).addListener(sent -> {
            if (!sent.isSuccess()) {
                log.debug("SEARCHGW not sent: {}", sent.cause().toString());
            }
        });
    }

    void close() {
        sockets.close().addListener(closed -> log.debug("the search is over"));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        sockets.add(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        try {
            receiver.accept(PacketCodec.decode(datagram.content(), Leniency.FIELD), datagram.sender());
        } catch (MalformedPacketException e) {
            log.debug("datagram from {} dropped: {}", datagram.sender(), e.reason());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("on the socket of a search: {}", cause.toString());
    }
}
