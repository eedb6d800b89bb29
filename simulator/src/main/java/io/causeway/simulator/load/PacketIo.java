package io.causeway.simulator.load;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** Packets through connected, non-blocking sockets, all by the same two buffers. Owned by the thread of the run. */
final class PacketIo implements AutoCloseable {
    private static final int BUFFER_OCTETS = 1 << 16;

    private final ByteBuf output = Unpooled.directBuffer(BUFFER_OCTETS);
    private final ByteBuf input = Unpooled.directBuffer(BUFFER_OCTETS);

    /** @return whether the system took it */
    boolean send(Packet packet, DatagramChannel channel) throws IOException {
        output.clear();
        PacketCodec.encode(packet, output);
        return channel.write(output.internalNioBuffer(0, output.writerIndex())) > 0;
    }

    /** One datagram; empty if there is none. */
    Optional<Packet> receive(DatagramChannel channel) throws IOException, MalformedPacketException {
        ByteBuffer room = input.clear().internalNioBuffer(0, BUFFER_OCTETS);
        int octets = channel.read(room);
        if (octets <= 0) {
            return Optional.empty();
        }
        input.writerIndex(octets);
        return Optional.of(PacketCodec.decode(input, Leniency.FIELD));
    }

    @Override
    public void close() {
        output.release();
        input.release();
    }
}
