package io.causeway.simulator.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * UDP sockets, each connected to the gateway, so that the system tells when nobody is there. An address that was given up
 * is kept from others for a while: the gateway still takes it for the sensor's that had it. Owned by the thread of the run.
 */
public final class UdpSockets implements Medium {
    /** How many addresses that were given up are kept, the latest, each with a file descriptor. */
    public static final int MOST_KEPT = 500;

    private static final int MAX_DATAGRAM_OCTETS = 1 << 16;

    private final InetSocketAddress gateway;
    private final LongSupplier clock;
    private final SocketLoop loop;
    private final Set<UdpSocket> open = new HashSet<>();
    private final Deque<UdpSocket> givenUp = new ArrayDeque<>();
    private final ByteBuf input = Unpooled.directBuffer(MAX_DATAGRAM_OCTETS);

    private UdpSockets(InetSocketAddress gateway, LongSupplier clock, SocketLoop loop) {
        this.gateway = gateway;
        this.clock = clock;
        this.loop = loop;
    }

    /** As many sockets as sensors. */
    public static MediumSource towards(InetSocketAddress gateway) {
        return (clock, loop) -> new UdpSockets(gateway, clock, loop);
    }

    @Override
    public SensorSocket open(DatagramReceiver receiver) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(gateway);
            UdpSocket socket = new UdpSocket(channel, receiver);
            loop.listen(socket);
            open.add(socket);
            return socket;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void receive(long mostNanos) {
        loop.run(mostNanos);
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(UdpSocket::release);
        input.release();
    }

    private final class UdpSocket implements SensorSocket, NioIoHandle {
        private final DatagramChannel channel;
        private final DatagramReceiver receiver;
        private boolean isGivenUp;

        UdpSocket(DatagramChannel channel, DatagramReceiver receiver) {
            this.channel = channel;
            this.receiver = receiver;
        }

        @Override
        public SelectableChannel selectableChannel() {
            return channel;
        }

        /** One datagram; the loop tells if there are more. */
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            try {
                input.clear();
                int octets = channel.read(input.internalNioBuffer(0, MAX_DATAGRAM_OCTETS));
                if (octets > 0 && !isGivenUp) {
                    input.writerIndex(octets);
                    receiver.onDatagram(input, clock.getAsLong());
                }
            } catch (IOException e) {
                receiver.onSocketTrouble(wordsOf(e));
            }
        }

        @Override
        public void send(ByteBuf datagram) {
            try {
                if (channel.write(datagram.internalNioBuffer(datagram.readerIndex(), datagram.readableBytes())) == 0) {
                    receiver.onSocketTrouble("the system's send buffer is full");
                }
            } catch (IOException e) {
                receiver.onSocketTrouble(wordsOf(e));
            }
        }

        @Override
        public void close() {
            if (isGivenUp) {
                return;
            }
            isGivenUp = true;
            givenUp.add(this);
            if (givenUp.size() > MOST_KEPT) {
                givenUp.remove().release();
            }
        }

        /** Gives its address back. */
        private void release() {
            open.remove(this);
            try {
                channel.close();
            } catch (IOException e) {
                receiver.onSocketTrouble(wordsOf(e));
            }
        }

        private static String wordsOf(IOException e) {
            if (e instanceof PortUnreachableException) {
                return "the port is closed";
            }
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }
}
