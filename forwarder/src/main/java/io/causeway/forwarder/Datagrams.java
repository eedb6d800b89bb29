package io.causeway.forwarder;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/** Buffers for transports, which release them. */
final class Datagrams {
    private Datagrams() {}

    static ByteBuf of(Packet packet) {
        ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer(PacketCodec.encodedLength(packet));
        PacketCodec.encode(packet, datagram);
        return datagram;
    }

    static ByteBuf of(Octets octets) {
        ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer(octets.length());
        octets.writeTo(datagram);
        return datagram;
    }
}
