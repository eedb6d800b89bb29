package io.causeway.gateway.e2e;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** Packets over UDP to a gateway that may not be there at times. For one thread. */
final class CrashSocket implements AutoCloseable {
    private static final int LARGEST_DATAGRAM_OCTETS = 65_507;
    private static final int ANSWER_MILLIS = 250;

    private final DatagramSocket socket;
    private final InetSocketAddress gateway;
    private final DatagramPacket datagram =
            new DatagramPacket(new byte[LARGEST_DATAGRAM_OCTETS], LARGEST_DATAGRAM_OCTETS);

    CrashSocket(InetSocketAddress gateway) throws IOException {
        this.gateway = gateway;
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    void send(Packet packet) throws IOException {
        ByteBuf encoded = Unpooled.buffer();
        PacketCodec.encode(packet, encoded);
        byte[] octets = ByteBufUtil.getBytes(encoded);
        socket.send(new DatagramPacket(octets, octets.length, gateway));
    }

    /** The next packet, or nothing if none comes for a while. */
    Optional<Packet> receive() throws IOException {
        try {
            socket.receive(datagram);
        } catch (SocketTimeoutException silence) {
            return Optional.empty();
        }
        try {
            ByteBuf octets = Unpooled.wrappedBuffer(datagram.getData(), 0, datagram.getLength());
            return Optional.of(PacketCodec.decode(octets, Leniency.STRICT));
        } catch (MalformedPacketException e) {
            throw new IOException("the gateway has sent nonsense", e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
