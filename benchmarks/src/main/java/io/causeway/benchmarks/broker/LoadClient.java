package io.causeway.benchmarks.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One MQTT 3.1.1 connection: publishes, subscribes, answers what it gets. What it writes while it reads leaves in one piece.
 * Owned by the loop.
 */
final class LoadClient extends ByteToMessageDecoder {
    private static final int LAST_PACKET_ID = 0xFFFF;
    private static final int ACCEPTED = 0;
    private static final int REFUSED = 0x80;
    private static final int INITIAL_OCTETS = 1_024;

    private final Channel channel;
    private final String clientId;
    private final CompletableFuture<LoadClient> connected;
    private final CompletableFuture<LoadClient> subscribed = new CompletableFuture<>();
    private final CompletableFuture<LoadClient> closed = new CompletableFuture<>();

    private Role role = Role.IDLE;

    /** Written by this client, and not handed to the channel yet. */
    private ByteBuf unsent = Unpooled.EMPTY_BUFFER;

    private int lastPacketId;

    /**
     * @param channel   to a broker, not yet active; this client goes into its pipeline
     * @param connected done at CONNACK; fails if the broker refuses
     */
    LoadClient(Channel channel, String clientId, CompletableFuture<LoadClient> connected) {
        this.channel = channel;
        this.clientId = clientId;
        this.connected = connected;
    }

    void play(Role newRole) {
        role = newRole;
    }

    /** @return done at SUBACK; fails if the broker refuses. A client subscribes once */
    CompletableFuture<LoadClient> subscribe(String filter, int qos) {
        Wire.writeSubscribe(out(), nextPacketId(), filter, qos);
        flush();
        return subscribed;
    }

    /**
     * Writes a PUBLISH; {@link #flush} sends it.
     *
     * @param payload lent; its indices stay
     */
    void publish(byte[] topic, int qos, boolean retain, ByteBuf payload) {
        Wire.writePublish(out(), topic, qos, retain, qos == 0 ? 0 : nextPacketId(), payload);
    }

    void flush() {
        if (unsent.isReadable()) {
            ByteBuf octets = unsent;
            unsent = Unpooled.EMPTY_BUFFER;
            ChannelFuture unused = channel.writeAndFlush(octets, channel.voidPromise());
        }
    }

    /** @return done when the broker has closed the connection, which leaves no port of this side in TIME_WAIT */
    CompletableFuture<LoadClient> disconnect() {
        role = Role.IDLE;
        if (channel.isActive()) {
            Wire.writeDisconnect(out());
            flush();
        }
        return closed;
    }

    void close() {
        role = Role.IDLE;
        ChannelFuture unused = channel.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Wire.writeConnect(out(), clientId);
        flush();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> messages) {
        long nowNanos = System.nanoTime();
        while (in.isReadable()) {
            int first = in.getUnsignedByte(in.readerIndex());
            int end = Wire.openPacket(in);
            if (end == Wire.INCOMPLETE) {
                return;
            }
            onPacket(first, in, end, nowNanos);
            in.readerIndex(end);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        unsent.release();
        unsent = Unpooled.EMPTY_BUFFER;
        IOException cause = new IOException("the broker has closed the connection of " + clientId);
        connected.completeExceptionally(cause);
        subscribed.completeExceptionally(cause);
        closed.complete(this);
        role.onLost();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connected.completeExceptionally(cause);
        ChannelFuture unused = context.close();
    }

    private void onPacket(int first, ByteBuf in, int end, long nowNanos) {
        switch (Wire.typeOf(first)) {
            case Wire.PUBLISH -> onPublish(Wire.qosOf(first), in, end, nowNanos);
            case Wire.PUBACK, Wire.PUBCOMP -> role.onAcknowledged();
            case Wire.PUBREC -> Wire.writeAcknowledgement(out(), Wire.PUBREL, in.readUnsignedShort());
            case Wire.PUBREL -> Wire.writeAcknowledgement(out(), Wire.PUBCOMP, in.readUnsignedShort());
            case Wire.CONNACK -> onAnswer(connected, in.getUnsignedByte(end - 1) == ACCEPTED, "CONNECT");
            case Wire.SUBACK -> onAnswer(subscribed, in.getUnsignedByte(end - 1) < REFUSED, "SUBSCRIBE");
            default -> throw new IllegalStateException("nobody asked for a packet " + Integer.toHexString(first));
        }
    }

    private void onPublish(int qos, ByteBuf in, int end, long nowNanos) {
        in.skipBytes(in.readUnsignedShort());
        if (qos > 0) {
            Wire.writeAcknowledgement(out(), qos == 1 ? Wire.PUBACK : Wire.PUBREC, in.readUnsignedShort());
        }
        role.onMessage(in, end - in.readerIndex(), nowNanos);
    }

    private void onAnswer(CompletableFuture<LoadClient> request, boolean isAccepted, String name) {
        if (isAccepted) {
            request.complete(this);
        } else {
            request.completeExceptionally(new IOException("the broker refuses the " + name + " of " + clientId));
        }
    }

    private ByteBuf out() {
        if (unsent.capacity() == 0) {
            unsent = channel.alloc().buffer(INITIAL_OCTETS);
        }
        return unsent;
    }

    private int nextPacketId() {
        lastPacketId = lastPacketId == LAST_PACKET_ID ? 1 : lastPacketId + 1;
        return lastPacketId;
    }
}
