package io.causeway.client;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packets to and from the datagrams of one socket, in a forwarder's envelope if there is one. Owned by the client's loop. */
final class DatagramLink extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger log = LoggerFactory.getLogger(DatagramLink.class);

    /** Relevant only towards the forwarder (1.2 §5.5). */
    private static final int NO_RADIUS = 0;

    private final Octets forwarderNodeId;
    private final CompletableFuture<DatagramLink> opened = new CompletableFuture<>();
    private final Channel channel;
    private Consumer<Packet> receiver = packet -> {};

    private DatagramLink(Endpoint endpoint, EventLoop loop) {
        this.forwarderNodeId = endpoint.forwarderNodeId();
        ChannelFuture opening = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .handler(this)
                .connect(endpoint.gateway(), endpoint.local());
        this.channel = opening.channel();
        opening.addListener(done -> {
            if (done.isSuccess()) {
                opened.complete(this);
            } else {
                opened.completeExceptionally(done.cause());
            }
        });
    }

    /** @return fails with an {@link java.io.IOException} if there is no such local address or no socket left */
    static CompletableFuture<DatagramLink> open(Endpoint endpoint, EventLoop loop) {
        return new DatagramLink(endpoint, loop).opened;
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    void onClosed(Runnable listener) {
        channel.closeFuture().addListener(closed -> listener.run());
    }

    /** May be called from any thread. */
    void close() {
        channel.close().addListener(closed -> log.debug("{} closed", channel));
    }

    void setReceiver(Consumer<Packet> newReceiver) {
        receiver = newReceiver;
    }

    /** What the network does not take gets lost, as any datagram may. */
    void send(Packet packet) {
        Packet outer = forwarderNodeId.isEmpty()
                ? packet
                : new Encapsulated(NO_RADIUS, forwarderNodeId, PacketCodec.encode(packet));
        ByteBuf datagram = channel.alloc().ioBuffer(PacketCodec.encodedLength(outer));
        PacketCodec.encode(outer, datagram);
        channel.writeAndFlush(datagram).addListener(sent -> {
            if (!sent.isSuccess()) {
                log.debug("{} not sent: {}", packet.type(), sent.cause().toString());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        try {
            Packet packet = PacketCodec.decode(datagram.content(), Leniency.FIELD);
            if (forwarderNodeId.isEmpty()) {
                receiver.accept(packet);
            } else if (packet instanceof Encapsulated envelope
                    && envelope.nodeId().equals(forwarderNodeId)) {
                receiver.accept(PacketCodec.decode(envelope.packet().asByteBuf(), Leniency.FIELD));
            }
        } catch (MalformedPacketException e) {
            log.debug("datagram from {} dropped: {}", datagram.sender(), e.reason());
        }
    }

    /** Mostly "port unreachable": the gateway is away, and repetition copes with that. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("on the socket of a client: {}", cause.toString());
    }
}
