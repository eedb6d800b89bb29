package io.causeway.gateway.e2e;

import io.causeway.codec.Octets;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/** A UDP socket, where the octets matter. They are hex, like {@code 02 16}; the blanks do not count. */
final class RawSensor implements AutoCloseable {
    static final String PINGREQ = "0216";
    static final String PINGRESP = "0217";
    static final String DISCONNECT = "0218";
    static final String CONNACK_ACCEPTED = "030500";

    private static final int LARGEST_DATAGRAM_OCTETS = 65_507;

    private final DatagramSocket socket;
    private final InetSocketAddress gateway;

    private RawSensor(DatagramSocket socket, InetSocketAddress gateway) {
        this.socket = socket;
        this.gateway = gateway;
    }

    /** From any port of the gateway's own host. */
    static RawSensor open(InetSocketAddress gateway) throws IOException {
        return open(gateway, gateway.getAddress());
    }

    /** From any port of an address. */
    static RawSensor open(InetSocketAddress gateway, InetAddress local) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(local, 0));
        socket.setSoTimeout(Math.toIntExact(Patience.LIMIT.toMillis()));
        return new RawSensor(socket, gateway);
    }

    /** CONNECT with a clean session, without a will, keep-alive 60 s. */
    static String connect(String clientId) {
        return connect(clientId, 0x04);
    }

    static String connect(String clientId, int flags) {
        Octets id = Octets.utf8(clientId);
        return String.format("%02x04%02x01003c%s", 6 + id.length(), flags, id.toHex());
    }

    void send(String hex) throws IOException {
        byte[] octets = Octets.ofHex(hex.replace(" ", "")).toByteArray();
        socket.send(new DatagramPacket(octets, octets.length, gateway));
    }

    /** The next datagram; it must come from the address that is talked to. */
    String receive() throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[LARGEST_DATAGRAM_OCTETS], LARGEST_DATAGRAM_OCTETS);
        socket.receive(datagram);
        assertThat(datagram.getSocketAddress()).isEqualTo(gateway);
        return Octets.of(Arrays.copyOf(datagram.getData(), datagram.getLength()))
                .toHex();
    }

    /** The next datagram is this one. */
    void expect(String hex) throws IOException {
        assertThat(receive()).isEqualTo(hex.replace(" ", ""));
    }

    /** Whether a datagram has come that was not received yet. */
    boolean hasAnswer() throws IOException {
        socket.setSoTimeout(1);
        try {
            receive();
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }

    void exchange(String request, String answer) throws IOException {
        send(request);
        expect(answer);
    }

    @Override
    public void close() {
        socket.close();
    }
}
