package io.causeway.benchmarks.store;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.stream.IntStream;

/** One socket for many clients: each packet goes in an envelope that names its node (1.2 §5.5). For one thread. */
final class Forwarder implements AutoCloseable {
    private static final int BUFFER_OCTETS = 8 * 1024 * 1024;
    private static final int LARGEST_DATAGRAM_OCTETS = 2_048;
    private static final int NODE_ID_OCTETS = 4;
    private static final long REPEAT_NANOS = 1_000_000_000L;
    private static final long SCAN_NANOS = 200_000_000L;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress gateway;
    private final List<Node> nodes;
    private final ByteBuffer datagram = ByteBuffer.allocate(LARGEST_DATAGRAM_OCTETS);
    private long lastScanNanos = System.nanoTime();

    /** What is done with what comes in. */
    @FunctionalInterface
    interface Handler {
        void on(Node node, Packet packet) throws IOException;
    }

    private Forwarder(DatagramChannel channel, Selector selector, InetSocketAddress gateway, int nodes) {
        this.channel = channel;
        this.selector = selector;
        this.gateway = gateway;
        this.nodes = IntStream.range(0, nodes).mapToObj(Node::new).toList();
    }

    static Forwarder open(InetSocketAddress gateway, int nodes) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_OCTETS);
        channel.bind(new InetSocketAddress(gateway.getAddress(), 0));
        channel.configureBlocking(false);
        Selector selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
        return new Forwarder(channel, selector, gateway, nodes);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Sends what is to be answered, and sends it again until {@link Node#answered}. */
    void request(Node node, Packet packet) throws IOException {
        node.sent(packet, System.nanoTime());
        send(node, packet);
    }

    void send(Node node, Packet packet) throws IOException {
        byte[] nodeId =
                ByteBuffer.allocate(NODE_ID_OCTETS).putInt(node.number()).array();
        Encapsulated envelope = new Encapsulated(0, Octets.of(nodeId), PacketCodec.encode(packet));
        ByteBuf out = Unpooled.buffer(PacketCodec.encodedLength(envelope));
        PacketCodec.encode(envelope, out);
        channel.send(out.nioBuffer(), gateway);
    }

    /** Takes what has come, waiting so long for the first of it; repeats what is overdue. */
    void serve(long waitMillis, Handler handler) throws IOException {
        if (waitMillis > 0) {
            selector.select(waitMillis);
        } else {
            selector.selectNow();
        }
        selector.selectedKeys().clear();
        datagram.clear();
        while (channel.receive(datagram) != null) {
            datagram.flip();
            take(Unpooled.wrappedBuffer(datagram), handler);
            datagram.clear();
        }
        long nowNanos = System.nanoTime();
        if (nowNanos - lastScanNanos >= SCAN_NANOS) {
            lastScanNanos = nowNanos;
            repeat(nowNanos);
        }
    }

    private void take(ByteBuf octets, Handler handler) throws IOException {
        try {
            if (PacketCodec.decode(octets, Leniency.STRICT) instanceof Encapsulated envelope) {
                int number = ByteBuffer.wrap(envelope.nodeId().toByteArray()).getInt();
                Packet packet = PacketCodec.decode(envelope.packet().asByteBuf(), Leniency.STRICT);
                handler.on(nodes.get(number), packet);
            }
        } catch (MalformedPacketException e) {
            throw new IOException("the gateway has sent nonsense", e);
        }
    }

    private void repeat(long nowNanos) throws IOException {
        for (Node node : nodes) {
            Packet request = node.request();
            if (request != null && nowNanos - node.sentNanos() >= REPEAT_NANOS) {
                request(node, request);
            }
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
