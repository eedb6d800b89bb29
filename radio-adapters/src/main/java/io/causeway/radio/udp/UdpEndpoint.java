package io.causeway.radio.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;

/**
 * An address and port of ours that peers talk to. It outlives its socket: an address that goes and comes again is the
 * same endpoint, so that whoever kept a peer's {@link UdpAddress} can still send there.
 *
 * <p>Sending is free to any thread; {@link ServiceSockets} gives it its sockets, one after the other.
 */
final class UdpEndpoint {
    private final TrafficLog traffic;
    private volatile Binding binding;

    private record Binding(LocalAddress local, Channel channel) {}

    UdpEndpoint(LocalAddress local, Channel channel, TrafficLog traffic) {
        this.binding = new Binding(local, channel);
        this.traffic = traffic;
    }

    void use(LocalAddress local, Channel channel) {
        binding = new Binding(local, channel);
    }

    LocalAddress local() {
        return binding.local;
    }

    boolean isOpen() {
        return binding.channel.isActive();
    }

    /** Takes over the datagram's reference. */
    void send(InetSocketAddress to, ByteBuf datagram) {
        Channel channel = binding.channel;
        if (!channel.isWritable()) {
            datagram.release();
            drop(channel, to);
            return;
        }
        int octets = datagram.readableBytes();
        count(channel.writeAndFlush(new DatagramPacket(datagram, to)), octets, to);
    }

    private void drop(Channel channel, InetSocketAddress to) {
        if (channel.isActive()) {
            traffic.sendOverflowed();
        } else {
            traffic.sendFailed(to, new ClosedChannelException());
        }
    }

    /**
     * Takes over the datagram's reference. The hop limit belongs to the socket, so the datagram goes past the handler
     * that gathers writes, straight to the system, before the next limit can be set.
     */
    void broadcast(InetSocketAddress group, ByteBuf datagram, int hops) {
        Channel channel = binding.channel;
        int octets = datagram.readableBytes();
        try {
            channel.eventLoop().execute(() -> {
                channel.config().setOption(ChannelOption.IP_MULTICAST_TTL, hops);
                DatagramPacket packet = new DatagramPacket(datagram, group);
                count(
                        channel.pipeline()
                                .context(FlushConsolidationHandler.class)
                                .writeAndFlush(packet),
                        octets,
                        group);
            });
        } catch (RejectedExecutionException e) {
            datagram.release();
            traffic.sendFailed(group, e);
        }
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
        DatagramSockets.close(binding.channel);
    }
}
