package io.causeway.simulator.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** UDP sockets, each connected to the gateway, so that the system tells when nobody is there. Owned by the thread of the run. */
public final class UdpSockets implements Medium {
    private static final int MAX_DATAGRAM_OCTETS = 1 << 16;

    private final InetSocketAddress gateway;
    private final LongSupplier clock;
    private final Selector selector;
    private final ByteBuf input = Unpooled.directBuffer(MAX_DATAGRAM_OCTETS);

    private UdpSockets(InetSocketAddress gateway, LongSupplier clock, Selector selector) {
        this.gateway = gateway;
        this.clock = clock;
        this.selector = selector;
    }

    /** @param clock {@link System#nanoTime()} */
    public static UdpSockets towards(InetSocketAddress gateway, LongSupplier clock) throws IOException {
        return new UdpSockets(gateway, clock, Selector.open());
    }

    @Override
    public SensorSocket open(DatagramReceiver receiver) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(gateway);
            UdpSocket socket = new UdpSocket(channel, receiver);
            channel.register(selector, SelectionKey.OP_READ, socket);
            return socket;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void receive(long mostNanos) throws IOException {
        if (mostNanos <= 0) {
            selector.selectNow(this::read);
        } else {
            long mostMillis = TimeUnit.NANOSECONDS.toMillis(mostNanos - 1) + 1;
            selector.select(this::read, mostMillis);
        }
    }

    private void read(SelectionKey key) {
        ((UdpSocket) key.attachment()).read();
    }

    @Override
    public void close() throws IOException {
        List<SelectionKey> keys = new ArrayList<>(selector.keys());
        for (SelectionKey key : keys) {
            key.channel().close();
        }
        selector.close();
        input.release();
    }

    private final class UdpSocket implements SensorSocket {
        private final DatagramChannel channel;
        private final DatagramReceiver receiver;

        UdpSocket(DatagramChannel channel, DatagramReceiver receiver) {
            this.channel = channel;
            this.receiver = receiver;
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

        /** One datagram; the selector tells if there are more. */
        void read() {
            try {
                input.clear();
                int octets = channel.read(input.internalNioBuffer(0, MAX_DATAGRAM_OCTETS));
                if (octets > 0) {
                    input.writerIndex(octets);
                    receiver.onDatagram(input, clock.getAsLong());
                }
            } catch (IOException e) {
                receiver.onSocketTrouble(wordsOf(e));
            }
        }

        @Override
        public void close() {
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
