package io.causeway.harness;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.session.NetworkIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;

/** One address on the test's network: sends what it is told, packet or raw octets, and keeps what it gets, in order. */
public final class TestPeer {
    private final TestGateway gateway;
    private final NetworkIdentity address;
    private final Deque<Octets> received = new ArrayDeque<>();

    TestPeer(TestGateway gateway, NetworkIdentity address) {
        this.gateway = gateway;
        this.address = address;
    }

    public NetworkIdentity address() {
        return address;
    }

    public void send(Packet packet) {
        ByteBuf datagram = Unpooled.buffer();
        PacketCodec.encode(packet, datagram);
        gateway.receive(address, datagram);
    }

    /** One datagram, in hexadecimal; spaces between fields are for the reader. */
    public void sendHex(String hex) {
        gateway.receive(address, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    }

    /**
     * The packet that came first of those not asked for yet.
     *
     * @throws NoSuchElementException if nothing came
     */
    public Packet next() {
        return decode(received.remove());
    }

    /** All packets not asked for yet. */
    public List<Packet> all() {
        List<Packet> packets = new ArrayList<>();
        while (!received.isEmpty()) {
            packets.add(next());
        }
        return packets;
    }

    /** The octets that came first of those not asked for yet, in hexadecimal. */
    public String nextHex() {
        return received.remove().toHex();
    }

    public boolean heardNothing() {
        return received.isEmpty();
    }

    void onDatagram(ByteBuf datagram) {
        received.add(Octets.copyOf(datagram));
    }

    private static Packet decode(Octets octets) {
        try {
            return PacketCodec.decode(Unpooled.wrappedBuffer(octets.toByteArray()), Leniency.STRICT);
        } catch (MalformedPacketException ours) {
            throw new AssertionError("the gateway sent what is no packet: " + octets.toHex(), ours);
        }
    }
}
