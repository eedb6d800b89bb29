package io.causeway.simulator.fleet;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** A gateway on loopback that says yes to everything, and does nothing with it. */
public final class UdpResponder implements AutoCloseable {
    private static final int MAX_DATAGRAM_OCTETS = 1 << 16;
    private static final int TOPIC_ID = 1;
    private static final int RECEIVE_BUFFER_OCTETS = 4 << 20;

    private final DatagramChannel channel;
    private final ByteBuf output = Unpooled.directBuffer(MAX_DATAGRAM_OCTETS);

    private UdpResponder(DatagramChannel channel) {
        this.channel = channel;
    }

    static UdpResponder start() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_OCTETS);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        UdpResponder responder = new UdpResponder(channel);
        Thread thread = new Thread(responder::run, "udp-responder");
        thread.setDaemon(true);
        thread.start();
        return responder;
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void run() {
        ByteBuf input = Unpooled.directBuffer(MAX_DATAGRAM_OCTETS);
        try {
            while (true) {
                ByteBuffer room = input.clear().internalNioBuffer(0, MAX_DATAGRAM_OCTETS);
                SocketAddress sensor = channel.receive(room);
                input.writerIndex(room.position());
                respond(PacketCodec.decode(input, Leniency.STRICT), sensor);
            }
        } catch (AsynchronousCloseException e) {
            // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedPacketException e) {
            throw new AssertionError("a sensor sent no packet", e);
        }
    }

    private void respond(Packet packet, SocketAddress sensor) throws IOException {
        Optional<Packet> answer = answer(packet);
        if (answer.isPresent()) {
            output.clear();
            PacketCodec.encode(answer.get(), output);
            channel.send(output.internalNioBuffer(0, output.writerIndex()), sensor);
        }
    }

    /** What it says to a packet, if anything. */
    public static Optional<Packet> answer(Packet packet) {
        if (packet instanceof Publish publish && publish.qos() == Qos.AT_LEAST_ONCE) {
            return Optional.of(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Connect) {
            return Optional.of(new ConnAck(ReturnCode.ACCEPTED));
        } else if (packet instanceof Register register) {
            return Optional.of(new RegAck(TOPIC_ID, register.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Subscribe subscribe) {
            return Optional.of(new SubAck(subscribe.qos(), TOPIC_ID, subscribe.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof PingReq) {
            return Optional.of(new PingResp());
        }
        return packet instanceof Disconnect ? Optional.of(Disconnect.plain()) : Optional.empty();
    }
}
