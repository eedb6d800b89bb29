package io.causeway.broker.differential;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One connection of a client that keeps no rules: it sends the octets it is told to and hands out what comes, packet by
 * packet. Of the protocol it knows only what a topic alias stands for. For one thread.
 */
final class RawClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final PacketReader reader;
    private final Map<String, String> topicsByAlias = new HashMap<>();

    RawClient(int port, Version version) {
        this.reader = new PacketReader(version);
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says nothing if the broker has closed already: {@link #read} tells. */
    void send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (SocketException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next packet; empty if the broker has ended the connection. */
    Optional<Packet> read() {
        try {
            return Optional.of(resolveAlias(reader.read(in)));
        } catch (EOFException | SocketException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing comes from the broker", e);
        }
    }

    /** As {@link #read}, of a broker that must not end the connection. */
    Packet next() {
        return read().orElseThrow(() -> new IllegalStateException("the broker has ended the connection"));
    }

    /** The next packet, which has to be of the type. */
    Packet expect(PacketType type) {
        Packet packet = next();
        if (packet.type() != type) {
            throw new IllegalStateException("expected " + type + ", not " + packet);
        }
        return packet;
    }

    private Packet resolveAlias(Packet packet) {
        Optional<String> alias = packet.properties().first(Property.TOPIC_ALIAS);
        if (alias.isEmpty()) {
            return packet;
        }
        if (!packet.topic().isEmpty()) {
            topicsByAlias.put(alias.get(), packet.topic());
        }
        String topic = Optional.ofNullable(topicsByAlias.get(alias.get()))
                .orElseThrow(() -> new IllegalStateException("unknown topic alias in " + packet));
        return packet.withTopic(topic);
    }

    /** Without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
