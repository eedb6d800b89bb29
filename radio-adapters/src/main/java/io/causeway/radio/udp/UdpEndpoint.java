package io.causeway.radio.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An address and port of ours that peers talk to. It outlives its socket: an address that goes and comes again is the
 * same endpoint, so that whoever kept a peer's {@link UdpAddress} can still send there.
 *
 * <p>Sending is free to any thread; {@link ServiceSockets} gives it its sockets, one after the other.
 */
final class UdpEndpoint {
    private final TrafficLog traffic;
    private volatile Binding binding;

    private record Binding(LocalAddress local, @Nullable Channel channel) {
        boolean isOpen() {
            return channel != null && channel.isActive();
        }
    }

    /** Without a socket yet. */
    UdpEndpoint(LocalAddress local, TrafficLog traffic) {
        this.binding = new Binding(local, null);
        this.traffic = traffic;
    }

    void use(LocalAddress local, Channel channel) {
        binding = new Binding(local, channel);
    }

    LocalAddress local() {
        return binding.local;
    }

    boolean isOpen() {
        return binding.isOpen();
    }

    /** Takes over the datagram's reference. */
    void send(InetSocketAddress to, ByteBuf datagram) {
        Channel channel = binding.channel;
        if (channel != null && channel.isWritable()) {
            int octets = datagram.readableBytes();
            count(channel.writeAndFlush(new DatagramPacket(datagram, to)), octets, to);
        } else {
            drop(datagram);
        }
    }

    private void drop(ByteBuf datagram) {
        datagram.release();
        if (isOpen()) {
            traffic.sendOverflowed();
        } else {
            traffic.endpointClosed();
        }
    }

    /** Takes over the datagram's reference. */
    void broadcast(InetSocketAddress group, ByteBuf datagram, int hops) {
        Channel channel = binding.channel;
        if (channel == null) {
            drop(datagram);
            return;
        }
        try {
            channel.eventLoop().execute(() -> broadcastNow(channel, group, datagram, hops));
        } catch (RejectedExecutionException e) {
            drop(datagram);
        }
    }

    /**
     * On the event loop. The hop limit belongs to the socket, so the datagram goes past the handler that gathers writes,
     * straight to the system, before the next limit can be set.
     */
    private void broadcastNow(Channel channel, InetSocketAddress group, ByteBuf datagram, int hops) {
        if (!channel.isWritable()) {
            drop(datagram);
            return;
        }
        channel.config().setOption(ChannelOption.IP_MULTICAST_TTL, hops);
        int octets = datagram.readableBytes();
        ChannelHandlerContext pastGathering = channel.pipeline().context(FlushConsolidationHandler.class);
        count(pastGathering.writeAndFlush(new DatagramPacket(datagram, group)), octets, group);
    }

    private void count(ChannelFuture outcome, int octets, InetSocketAddress to) {
        outcome.addListener(done -> {
            if (done.isSuccess()) {
                traffic.sent(octets);
            } else {
                traffic.sendFailed(to, done.cause());
            }
        });
    }

    void close() {
        Channel channel = binding.channel;
        if (channel != null) {
            DatagramSockets.close(channel);
        }
    }
}
