package io.causeway.radio.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** Takes the datagrams of one socket on its event loop. Whatever one of them causes ends here: the socket stays open. */
final class DatagramReceiver extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Recipient recipient;
    private final TrafficLog traffic;

    /** Knows who the sender of a datagram is to the listener. */
    @FunctionalInterface
    interface Recipient {
        /** @param datagram borrowed for the call */
        void received(InetSocketAddress sender, ByteBuf datagram);
    }

    DatagramReceiver(Recipient recipient, TrafficLog traffic) {
        this.recipient = recipient;
        this.traffic = traffic;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        int octets = packet.content().readableBytes();
        traffic.received(octets);
        try {
            recipient.received(packet.sender(), packet.content());
        } catch (Exception e) {
            traffic.listenerFailed(packet.sender(), octets, e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        traffic.receiveFailed(cause);
    }
}
