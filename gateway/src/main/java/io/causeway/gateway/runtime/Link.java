package io.causeway.gateway.runtime;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;

/** One configured link: packets on this side, a transport's datagrams on the other. Safe for many threads. */
final class Link {
    private final Transport transport;
    private final int largestPacketOctets;

    Link(Transport transport) {
        this.transport = transport;
        this.largestPacketOctets = transport.largestDatagramOctets();
    }

    Transport transport() {
        return transport;
    }

    int largestPacketOctets() {
        return largestPacketOctets;
    }

    void open(ShardLoops loops) throws IOException {
        transport.open(
                (from, datagram, multicast) -> loops.current().onDatagram(new Peer(this, from), datagram, multicast));
    }

    void send(LinkAddress to, Packet packet) {
        transport.send(to, encode(packet));
    }

    void broadcast(Packet packet, int radius) {
        transport.broadcast(encode(packet), radius);
    }

    private static ByteBuf encode(Packet packet) {
        ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer(PacketCodec.encodedLength(packet));
        PacketCodec.encode(packet, datagram);
        return datagram;
    }
}
