package io.causeway.client;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.SearchGw;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends SEARCHGW until a gateway answers, by unicast or, to a multicast group, also in the group (1.2 §6.1). A GWINFO with
 * an address is another client's word for a gateway; as its format is nowhere defined, the gateway itself is waited for.
 * Owned by the event loop.
 */
@Sharable
final class Searcher extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger log = LoggerFactory.getLogger(Searcher.class);

    private final EventLoop loop;
    private final GatewaySearch search;
    private final SocketProtocolFamily family;
    private final CompletableFuture<FoundGateway> found = new CompletableFuture<>();

    /** All of the search; once closed, those that are added later are closed, too. */
    private final ChannelGroup sockets;

    Searcher(EventLoop loop, GatewaySearch search) {
        this.loop = loop;
        this.search = search;
        this.sockets = new DefaultChannelGroup(loop, true);
        this.family = search.target().getAddress() instanceof Inet4Address
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6;
    }

    /** Asks one host. */
    CompletableFuture<FoundGateway> begin() {
        whenDone(bootstrap().bind(new InetSocketAddress(0)), this::askAfterDelay);
        return found;
    }

    /** Asks a group, and listens in it from before the first question. */
    CompletableFuture<FoundGateway> begin(NetworkInterface via) {
        InetSocketAddress group = search.target();
        ChannelFuture listening =
                bootstrap().option(ChannelOption.SO_REUSEADDR, true).bind(new InetSocketAddress(group.getPort()));
        whenDone(listening, listener -> {
            ChannelFuture joining = ((NioDatagramChannel) listener).joinGroup(group, via);
            whenDone(joining, joined -> whenDone(askingVia(via).bind(new InetSocketAddress(0)), this::askAfterDelay));
        });
        return found;
    }

    private Bootstrap bootstrap() {
        ChannelFactory<NioDatagramChannel> channels = () -> new NioDatagramChannel(family);
        return new Bootstrap().group(loop).channelFactory(channels).handler(this);
    }

    private Bootstrap askingVia(NetworkInterface via) {
        Bootstrap asking = bootstrap().option(ChannelOption.IP_MULTICAST_IF, via);
        return search.radius() == 0 ? asking : asking.option(ChannelOption.IP_MULTICAST_TTL, search.radius());
    }

    private void whenDone(ChannelFuture future, Consumer<Channel> next) {
        future.addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                next.accept(done.channel());
            } else {
                fail(done.cause());
            }
        });
    }

    private void askAfterDelay(Channel channel) {
        after(search.delay(), () -> ask(channel, search.attempts(), search.interval()));
    }

    private void ask(Channel channel, int attemptsLeft, Duration interval) {
        if (found.isDone()) {
            return;
        }
        if (attemptsLeft == 0) {
            fail(new NoResponseException());
            return;
        }
        ByteBuf question = channel.alloc().ioBuffer();
        PacketCodec.encode(new SearchGw(search.radius()), question);
        channel.writeAndFlush(new DatagramPacket(question, search.target())).addListener(sent -> {
            if (!sent.isSuccess()) {
                log.debug("SEARCHGW not sent: {}", sent.cause().toString());
            }
        });
        after(interval, () -> ask(channel, attemptsLeft - 1, interval.multipliedBy(2)));
    }

    private void after(Duration delay, Runnable task) {
        loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS).addListener(done -> {
            if (!done.isSuccess()) {
                fail(done.cause());
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        sockets.add(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        try {
            Packet packet = PacketCodec.decode(datagram.content(), Leniency.FIELD);
            if (packet instanceof GwInfo info && info.gwAdd().isEmpty()) {
                succeed(new FoundGateway(info.gwId(), datagram.sender()));
            } else if (packet instanceof Advertise advertise) {
                succeed(new FoundGateway(advertise.gwId(), datagram.sender()));
            }
        } catch (MalformedPacketException e) {
            log.debug("datagram from {} dropped: {}", datagram.sender(), e.reason());
        }
    }

    private void succeed(FoundGateway gateway) {
        found.complete(gateway);
        closeSockets();
    }

    private void fail(Throwable cause) {
        found.completeExceptionally(cause);
        closeSockets();
    }

    private void closeSockets() {
        sockets.close().addListener(closed -> log.debug("the search is over"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("on the socket of a search: {}", cause.toString());
    }
}
