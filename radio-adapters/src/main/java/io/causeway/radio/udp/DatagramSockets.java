package io.causeway.radio.udp;

import io.causeway.radio.udp.DatagramReceiver.Recipient;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the sockets of one transport and spreads them over its event loops. Guarded by the transport's lock. */
final class DatagramSockets {
    private static final Logger log = LoggerFactory.getLogger(UdpTransport.class);

    /**
     * What may wait for a socket before more is dropped. It has to hold what one batch of the longest datagrams is
     * answered with, and the answers of the other loops while this one is busy; more would only be late.
     */
    private static final WriteBufferWaterMark OUTBOUND_LIMIT = new WriteBufferWaterMark(4 << 20, 8 << 20);

    /** Answers of a batch are gathered, but no more than this many. */
    private static final int WRITES_PER_FLUSH = 64;

    /** A loop this busy is in trouble; nobody waits for it longer. */
    private static final long CLOSING_PATIENCE_MILLIS = 2_000;

    private final String transport;
    private final EventLoopGroup loops;
    private final int receiveBufferOctets;
    private final TrafficLog traffic;
    private final Map<EventLoop, ReceiveSlab> slabs = new HashMap<>();
    private boolean receiveBufferChecked;

    DatagramSockets(String transport, EventLoopGroup loops, int receiveBufferOctets, TrafficLog traffic) {
        this.transport = transport;
        this.loops = loops;
        this.receiveBufferOctets = receiveBufferOctets;
        this.traffic = traffic;
    }

    /** Makes a socket of the family of {@code address} on one of the event loops, not yet bound to anything. */
    NioDatagramChannel create(InetAddress address) throws IOException {
        EventLoop loop = loops.next();
        try {
            NioDatagramChannel channel = new NioDatagramChannel(
                    address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
            channel.config()
                    .setReceiveBufferSize(receiveBufferOctets)
                    .setRecvByteBufAllocator(slabs.computeIfAbsent(loop, unused -> new ReceiveSlab()))
                    .setWriteBufferWaterMark(OUTBOUND_LIMIT);
            complete(loop.register(channel));
            return channel;
        } catch (ChannelException | UnsupportedOperationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Binds the socket and begins to receive. */
    void bind(NioDatagramChannel channel, InetSocketAddress local, Recipient recipient) throws IOException {
        channel.pipeline()
                .addLast(new FlushConsolidationHandler(WRITES_PER_FLUSH, true))
                .addLast(new DatagramReceiver(recipient, traffic));
        complete(channel.bind(local));
        checkReceiveBuffer(channel.config().getReceiveBufferSize());
    }

    /** Waits until the system has done it, or has said why not. */
    static void complete(ChannelFuture change) throws IOException {
        Throwable refusal = change.awaitUninterruptibly().cause();
        if (refusal != null) {
            throw new IOException(refusal.getMessage(), refusal);
        }
    }

    /**
     * Closes the socket, if it is open, and waits until its port is free. A selector lets go of a closed socket when it
     * is next asked for events; the loop does that before it comes to what was scheduled after the closing.
     */
    static void close(Channel channel) {
        EventLoop loop = channel.eventLoop();
        Promise<Void> released = loop.newPromise();
        try {
            complete(channel.close());
            loop.execute(() ->
                    loop.schedule(() -> {}, 0, TimeUnit.NANOSECONDS).addListener(done -> released.trySuccess(null)));
            if (!released.awaitUninterruptibly(CLOSING_PATIENCE_MILLIS)) {
                log.warn("{} is closed but may still hold its port", channel);
            }
        } catch (IOException | RejectedExecutionException e) {
            log.debug("{} was not closed by its event loop", channel, e);
        }
    }

    private void checkReceiveBuffer(int grantedOctets) {
        if (grantedOctets < receiveBufferOctets && !receiveBufferChecked) {
            log.warn(
                    "{}: the system gives a receive buffer of {} octets, {} were asked for; bursts may be lost. "
                            + "To allow it: sysctl -w net.core.rmem_max={}",
                    transport,
                    grantedOctets,
                    receiveBufferOctets,
                    receiveBufferOctets);
        }
        receiveBufferChecked = true;
    }
}
