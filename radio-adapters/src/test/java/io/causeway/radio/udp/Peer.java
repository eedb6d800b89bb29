package io.causeway.radio.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** A client on the network: an ordinary blocking socket. */
final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LONGEST_OCTETS = 0xffff;

    private final DatagramSocket socket;

    /** What a peer received, and from where. */
    record Received(String text, int octets, InetSocketAddress from) {}

    private Peer(DatagramSocket socket) {
        this.socket = socket;
    }

    static Peer at(String address) {
        try {
            return new Peer(new DatagramSocket(0, InetAddress.getByName(address)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whose multicast datagrams leave by an interface. */
    static Peer speakingOn(NetworkInterface network, InetAddress address) {
        try {
            DatagramSocket socket = new DatagramSocket(0, address);
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            return new Peer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that has joined a group on an interface. */
    static Peer memberOf(InetSocketAddress group, NetworkInterface network) {
        try {
            MulticastSocket socket = new MulticastSocket(group);
            socket.joinGroup(group, network);
            return new Peer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatagramSocket socket() {
        return socket;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(String text, InetSocketAddress to) {
        send(text.getBytes(US_ASCII), to);
    }

    void send(byte[] octets, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(octets, octets.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Received receive() {
        return receiveWithin(Duration.ofMillis(PATIENCE_MILLIS))
                .orElseThrow(() -> new AssertionError("nothing arrived at " + address()));
    }

    Optional<Received> receiveWithin(Duration patience) {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST_OCTETS], LONGEST_OCTETS);
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
        return Optional.of(new Received(
                new String(octets, US_ASCII), octets.length, (InetSocketAddress) packet.getSocketAddress()));
    }

    Received ask(String text, InetSocketAddress to) {
        send(text, to);
        return receive();
    }

    @Override
    public void close() {
        socket.close();
    }
}
