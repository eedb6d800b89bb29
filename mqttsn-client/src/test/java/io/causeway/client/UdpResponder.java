package io.causeway.client;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A socket on loopback that answers packets as a function says, on a thread of its own. */
final class UdpResponder implements AutoCloseable {
    private static final int MAX_DATAGRAM_OCTETS = 65_507;

    private final DatagramSocket socket;
    private final Function<Packet, List<Packet>> answers;
    private final Queue<Packet> received = new ConcurrentLinkedQueue<>();

    private UdpResponder(DatagramSocket socket, Function<Packet, List<Packet>> answers) {
        this.socket = socket;
        this.answers = answers;
    }

    static UdpResponder start(Function<Packet, List<Packet>> answers) throws SocketException {
        var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var responder = new UdpResponder(socket, answers);
        var thread = new Thread(responder::run, "udp-responder");
        thread.setDaemon(true);
        thread.start();
        return responder;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    List<Packet> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void run() {
        try {
            while (true) {
                answer();
            }
        } catch (SocketException e) {
            // closed: the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedPacketException e) {
            throw new AssertionError("the client sent no packet", e);
        }
    }

    private void answer() throws IOException, MalformedPacketException {
        var datagram = new DatagramPacket(new byte[MAX_DATAGRAM_OCTETS], MAX_DATAGRAM_OCTETS);
        socket.receive(datagram);
        var content = Unpooled.wrappedBuffer(datagram.getData(), 0, datagram.getLength());
        Packet packet = PacketCodec.decode(content, Leniency.STRICT);
        received.add(packet);
        for (Packet answer : answers.apply(packet)) {
            Octets octets = PacketCodec.encode(answer);
            socket.send(new DatagramPacket(octets.toByteArray(), octets.length(), datagram.getSocketAddress()));
        }
    }
}
