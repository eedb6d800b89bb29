package io.causeway.forwarder;

import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkMeter;
import io.causeway.radio.LinkState;
import io.causeway.radio.LogLimit;
import io.causeway.radio.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket to gateways anywhere, over IPv4 and IPv6. It is not tied to an address of this machine, because that may
 * change under way, as on a mobile network; nor to a gateway, so that another one gets the same sender. Its port should
 * stay the same over restarts: by it and the node id a gateway knows each device.
 */
final class GatewaySocket implements Transport {
    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);
    private static final int LARGEST_DATAGRAM_OCTETS = 65_507;
    private static final int RECEIVE_BUFFER_OCTETS = 4 << 20;

    private final EventLoop loop;
    private final int port;
    private final LinkMeter meter = new LinkMeter();
    private final LogLimit errorLines = new LogLimit(System.nanoTime());
    private volatile @Nullable Channel channel;

    /** @param remote where a gateway is */
    private record GatewayAddress(InetSocketAddress remote) implements LinkAddress {
        @Override
        public Object admissionKey() {
            return remote.getAddress();
        }

        @Override
        public String storedForm() {
            return toString();
        }

        @Override
        public byte[] octets() {
            return remote.getAddress().getAddress();
        }

        @Override
        public String toString() {
            return NetUtil.toSocketAddressString(remote);
        }
    }

    /** @param port of this machine; 0 lets the system choose */
    GatewaySocket(EventLoop loop, int port) {
        this.loop = loop;
        this.port = port;
    }

    /** @param gateway resolved */
    LinkAddress address(InetSocketAddress gateway) {
        return new GatewayAddress(gateway);
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public int largestDatagramOctets(LinkAddress to) {
        return LARGEST_DATAGRAM_OCTETS;
    }

    @Override
    public LinkState state() {
        Channel open = channel;
        return open != null && open.isActive() ? LinkState.UP : new LinkState.Down("closed");
    }

    @Override
    public void open(DatagramListener listener) throws IOException {
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channelFactory(NioDatagramChannel::new)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_OCTETS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM_OCTETS))
                .handler(new Receiver(listener))
                .bind(port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot use UDP port " + port + ": " + bound.cause().getMessage(), bound.cause());
        }
        channel = bound.channel();
    }

    /** Gateways are found by their names. */
    @Override
    public Optional<LinkAddress> find(String storedForm) {
        return Optional.empty();
    }

    @Override
    public Optional<LinkAddress> at(byte[] octets) {
        return Optional.empty();
    }

    @Override
    public void send(LinkAddress to, ByteBuf datagram) {
        Channel open = channel;
        int octets = datagram.readableBytes();
        if (!(to instanceof GatewayAddress address) || open == null || octets > LARGEST_DATAGRAM_OCTETS) {
            datagram.release();
            meter.sendFailed();
        } else if (!open.isWritable()) {
            datagram.release();
            meter.sendOverflowed();
        } else {
            open.writeAndFlush(new DatagramPacket(datagram, address.remote)).addListener(done -> {
                if (done.isSuccess()) {
                    meter.sent(octets);
                } else {
                    meter.sendFailed();
                    log.debug(
                            "sending to gateway {} failed: {}", to, done.cause().toString());
                }
            });
        }
    }

    /** There is none to gateways anywhere. */
    @Override
    public void broadcast(ByteBuf datagram, int radius) {
        datagram.release();
    }

    @Override
    public List<String> endpoints() {
        Channel open = channel;
        return open == null
                ? List.of()
                : List.of(NetUtil.toSocketAddressString((InetSocketAddress) open.localAddress()));
    }

    @Override
    public LinkCounters counters() {
        return meter.read(LinkCounters.UNKNOWN);
    }

    @Override
    public void close() {
        Channel open = channel;
        if (open != null) {
            open.close().awaitUninterruptibly();
        }
    }

    /** Whatever one datagram causes ends here: the socket stays open. */
    private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
        private final DatagramListener listener;

        Receiver(DatagramListener listener) {
            this.listener = listener;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            meter.received(packet.content().readableBytes());
            try {
                listener.onDatagram(new GatewayAddress(packet.sender()), packet.content(), false);
            } catch (Exception e) {
                meter.listenerFailed();
                if (errorLines.passes(System.nanoTime())) {
                    log.error("a datagram of {} dropped, handling it failed", packet.sender(), e);
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            meter.receiveFailed();
            log.debug("receiving from gateways failed: {}", cause.toString());
        }
    }
}
