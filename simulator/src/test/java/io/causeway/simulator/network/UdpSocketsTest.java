package io.causeway.simulator.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UdpSocketsTest implements DatagramReceiver {
    private static final int SOCKETS = UdpSockets.MOST_KEPT + 1;

    @Test
    void addressGivenUp_isNotGivenToAnotherSoon() throws IOException {
        Set<Integer> ports = new HashSet<>();
        try (DatagramSocket gateway = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SocketLoop loop = new SocketLoop();
                Medium sockets = UdpSockets.towards(
                                new InetSocketAddress(gateway.getLocalAddress(), gateway.getLocalPort()))
                        .open(System::nanoTime, loop)) {
            gateway.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            for (int count = 0; count < SOCKETS; count++) {
                SensorSocket socket = sockets.open(this);
                socket.send(Unpooled.directBuffer().writeByte(1));
                socket.close();
                DatagramPacket received = new DatagramPacket(new byte[1], 1);
                gateway.receive(received);
                ports.add(received.getPort());
            }
        }

        assertThat(ports).hasSize(SOCKETS);
    }

    @Override
    public void onDatagram(ByteBuf datagram, long nowNanos) {
        throw new AssertionError("nobody sends any");
    }

    @Override
    public void onSocketTrouble(String cause) {
        throw new AssertionError(cause);
    }
}
