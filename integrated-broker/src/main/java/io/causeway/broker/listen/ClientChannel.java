package io.causeway.broker.listen;

import io.causeway.access.Identity;
import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.session.BrokerCounters;
import io.causeway.broker.session.ConnectionPort;
import io.causeway.broker.session.MqttConnection;
import io.causeway.broker.session.MqttShard;
import io.causeway.broker.wire.BadPacketException;
import io.causeway.broker.wire.PacketWriter;
import io.causeway.broker.wire.WireSize;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network connection of a client that has been let in. Packets are written one behind the other into one buffer
 * and leave together. Owned by the loop that owns the session.
 */
final class ClientChannel extends ChannelInboundHandlerAdapter implements ConnectionPort {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClientChannel.class);

    private static final int SMALL_BATCH_OCTETS = 256;
    /** A batch that has grown so large is handed to the channel, which then knows of it. */
    private static final int FULL_BATCH_OCTETS = 16 * 1024;

    private final String address;
    private final PacketWriter writer;
    private final BrokerCounters counters;
    private @Nullable ChannelHandlerContext context;
    private @Nullable MqttConnection connection;
    private @Nullable ByteBuf batch;
    private boolean written;
    private int packetsRead;
    private int octetsRead;
    private int packetsInBatch;
    private boolean reading = true;
    private boolean closed;
    private String cause = CloseCause.CLOSED_BY_CLIENT;

    ClientChannel(String address, PacketWriter writer, BrokerCounters counters) {
        this.address = address;
        this.writer = writer;
        this.counters = counters;
    }

    /** Once, when this stands in the pipeline; starts reading, or closes if the client is refused. */
    void open(MqttShard shard, MqttConnectMessage connect, Identity identity) {
        read(connect);
        connection = shard.connect(connect, identity, this, System.nanoTime()).orElse(null);
        flush();
        adjustReading();
    }

    // ---- from the client -----------------------------------------------------------------------------------------

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closed || !(message instanceof MqttMessage packet)) {
            ReferenceCountUtil.release(message);
            return;
        }
        read(packet);
        connection().onPacket(packet, System.nanoTime());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        countRead();
        if (closed) {
            return;
        }
        connection().onReadComplete(System.nanoTime());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (closed || !channel().isWritable()) {
            return;
        }
        connection().onWritable(System.nanoTime());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        countRead();
        ByteBuf unsent = batch;
        if (unsent != null) {
            unsent.release();
            batch = null;
        }
        MqttConnection lost = connection;
        if (lost != null) {
            lost.onClosed(cause, System.nanoTime());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        if (thrown instanceof BadPacketException bad) {
            if (!closed) {
                connection().onMalformed(bad.reason(), String.valueOf(bad.getMessage()), System.nanoTime());
            }
            return;
        }
        if (!CloseCause.isPeers(thrown)) {
            LOGGER.error("a connection failed address={}", address, thrown);
        }
        cause = CloseCause.of(thrown);
        ChannelFuture unused = channel().close();
    }

    private void read(MqttMessage packet) {
        packetsRead++;
        octetsRead += WireSize.octets(packet);
    }

    /** Once for a batch: counters that all loops share are not for every packet. */
    private void countRead() {
        counters.add(BrokerCount.PACKETS_IN, packetsRead);
        counters.add(BrokerCount.OCTETS_IN, octetsRead);
        packetsRead = 0;
        octetsRead = 0;
    }

    // ---- to the client -------------------------------------------------------------------------------------------

    @Override
    public void send(MqttMessage packet) {
        try {
            if (!closed) {
                append(packet);
            }
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    @Override
    public void flush() {
        passOn();
        if (written) {
            written = false;
            context().flush();
        }
    }

    @Override
    public boolean isWritable() {
        return !closed && channel().isWritable();
    }

    @Override
    public void setReading(boolean newReading) {
        reading = newReading;
        adjustReading();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        passOn();
        Farewell.close(channel());
    }

    @Override
    public String address() {
        return address;
    }

    private void append(MqttMessage packet) {
        ByteBuf out = batch;
        if (out == null) {
            out = context().alloc().ioBuffer(SMALL_BATCH_OCTETS);
            batch = out;
        }
        writer.write(packet, out);
        packetsInBatch++;
        if (out.readableBytes() >= FULL_BATCH_OCTETS) {
            passOn();
        }
    }

    private void passOn() {
        ByteBuf full = batch;
        if (full != null) {
            batch = null;
            written = true;
            counters.add(BrokerCount.PACKETS_OUT, packetsInBatch);
            counters.add(BrokerCount.OCTETS_OUT, full.readableBytes());
            packetsInBatch = 0;
            ChannelFuture unused = context().write(full, channel().voidPromise());
        }
    }

    private void adjustReading() {
        if (!closed) {
            channel().config().setAutoRead(reading);
        }
    }

    private Channel channel() {
        return context().channel();
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext present = context;
        if (present == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return present;
    }

    private MqttConnection connection() {
        MqttConnection present = connection;
        if (present == null) {
            throw new IllegalStateException("not open");
        }
        return present;
    }
}
