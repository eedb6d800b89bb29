package io.causeway.simulator.load;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * As much of an MQTT 3.1.1 client as it takes to count: one subscription of QoS 0, clean session, no keep-alive, nothing
 * allocated per message. Owned by the thread of the run.
 */
final class MqttSubscriber implements Receiver, AutoCloseable {
    /** Receives the payload of every message; the buffer is lent for the call. */
    interface Counter {
        void onMessage(ByteBuffer payload, long nowNanos);
    }

    private static final Duration HANDSHAKE_TIME = Duration.ofSeconds(10);
    private static final int BUFFER_OCTETS = 1 << 20;

    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH = 0x30;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 0x90;
    private static final int DISCONNECT = 0xE0;
    private static final int TYPE_MASK = 0xF0;
    private static final byte PROTOCOL_LEVEL = 4;
    private static final byte CLEAN_SESSION = 0x02;
    private static final short NO_KEEP_ALIVE = 0;
    private static final short PACKET_ID = 1;
    private static final byte QOS_0 = 0;
    private static final int REFUSED = 0x80;

    /** Of the packets that are sent: their length is a single octet. */
    private static final int MAX_BODY_OCTETS = 127;

    private static final int MIN_PACKET_OCTETS = 2;
    private static final int MAX_HEADER_OCTETS = 5;

    private final SocketChannel channel;
    private final Counter counter;
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER_OCTETS);

    private MqttSubscriber(SocketChannel channel, Counter counter) {
        this.channel = channel;
        this.counter = counter;
    }

    /**
     * Connects and subscribes, and waits for both answers.
     *
     * @throws IOException if the broker is away or refuses
     */
    static MqttSubscriber open(InetSocketAddress broker, String clientId, String filter, Counter counter)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_OCTETS);
            channel.socket().connect(broker, (int) HANDSHAKE_TIME.toMillis());
            channel.socket().setSoTimeout((int) HANDSHAKE_TIME.toMillis());
            shakeHands(channel, clientId, filter);
            channel.configureBlocking(false);
            return new MqttSubscriber(channel, counter);
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot subscribe at the broker " + broker + ": " + e.getMessage(), e);
        }
    }

    private static void shakeHands(SocketChannel channel, String clientId, String filter) throws IOException {
        DataInputStream answers = new DataInputStream(channel.socket().getInputStream());
        ByteBuffer connect = ByteBuffer.allocate(MAX_BODY_OCTETS);
        putText("MQTT", connect);
        connect.put(PROTOCOL_LEVEL).put(CLEAN_SESSION).putShort(NO_KEEP_ALIVE);
        putText(clientId, connect);
        send(channel, CONNECT, connect);
        int connAck = answers.readInt();
        if (connAck >>> 24 != CONNACK || (connAck & 0xFF) != 0) {
            throw new IOException("CONNECT was refused with code " + (connAck & 0xFF));
        }
        ByteBuffer subscribe = ByteBuffer.allocate(MAX_BODY_OCTETS);
        subscribe.putShort(PACKET_ID);
        putText(filter, subscribe);
        subscribe.put(QOS_0);
        send(channel, SUBSCRIBE, subscribe);
        int subAck = answers.readInt();
        if (subAck >>> 24 != SUBACK || answers.readUnsignedByte() >= REFUSED) {
            throw new IOException("SUBSCRIBE to " + filter + " was refused");
        }
    }

    private static void putText(String text, ByteBuffer out) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) octets.length).put(octets);
    }

    private static void send(SocketChannel channel, int type, ByteBuffer body) throws IOException {
        body.flip();
        ByteBuffer packet = ByteBuffer.allocate(2 + body.remaining());
        packet.put((byte) type).put((byte) body.remaining()).put(body).flip();
        while (packet.hasRemaining()) {
            channel.write(packet);
        }
    }

    /** From now on what comes is read when the selector says so. */
    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    @Override
    public void onReadable(long nowNanos) throws IOException {
        if (channel.read(input) < 0) {
            throw new EOFException("the broker has closed the connection of the subscriber");
        }
        input.flip();
        int packetStart = input.position();
        while (readPacket(nowNanos)) {
            packetStart = input.position();
        }
        input.position(packetStart);
        input.compact();
    }

    /** Consumes one packet, or some octets of one that is not complete yet. */
    private boolean readPacket(long nowNanos) throws IOException {
        if (input.remaining() < MIN_PACKET_OCTETS) {
            return false;
        }
        int type = input.get();
        int length = 0;
        int digit;
        int shift = 0;
        do {
            if (!input.hasRemaining()) {
                return false;
            }
            digit = input.get();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while (digit < 0);
        if (input.remaining() < length) {
            requireRoomFor(length);
            return false;
        }
        int end = input.position() + length;
        if ((type & TYPE_MASK) == PUBLISH) {
            count(end, nowNanos);
        }
        input.position(end);
        return true;
    }

    private void requireRoomFor(int length) throws IOException {
        if (length > BUFFER_OCTETS - MAX_HEADER_OCTETS) {
            throw new IOException("the broker sends a packet of " + length + " octets");
        }
    }

    /** A PUBLISH of QoS 0: topic name and payload. */
    private void count(int end, long nowNanos) {
        int topicOctets = Short.toUnsignedInt(input.getShort());
        input.position(input.position() + topicOctets);
        int limit = input.limit();
        input.limit(end);
        counter.onMessage(input, nowNanos);
        input.limit(limit);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            send(channel, DISCONNECT, ByteBuffer.allocate(0));
        }
    }
}
