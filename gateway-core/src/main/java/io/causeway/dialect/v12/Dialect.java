package io.causeway.dialect.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Packet;
import io.causeway.session.ClientPort;
import io.causeway.session.Count;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.Shard;
import io.causeway.store.KeptSession;
import org.jspecify.annotations.Nullable;

/**
 * MQTT-SN 1.2 for one shard: brings each packet to the session of its sender. Owned by the shard's loop, which brings
 * one packet at a time.
 */
public final class Dialect {
    private final Shard shard;
    private final Ports ports;
    private final InboundPackets inbound;
    private final MalformedAnswers malformedAnswers;

    public Dialect(Shard shard, DialectSettings settings, PacketSink sink, PacketTrace trace) {
        this.shard = shard;
        this.ports = new Ports(sink, trace, () -> shard.count(Count.PACKETS_NOT_HELD));
        this.inbound = new InboundPackets(shard, settings, ports, trace);
        this.malformedAnswers = new MalformedAnswers(shard, ports, inbound);
    }

    public Shard shard() {
        return shard;
    }

    /**
     * Takes up a session that was kept: see {@link Shard#restore(KeptSession, NetworkIdentity, ClientPort, long)}.
     *
     * @param address where its client is served from now on, or null if that cannot be found again
     */
    public void restore(KeptSession kept, @Nullable NetworkIdentity address, long nowNanos) {
        PacketPort port =
                address == null ? null : ports.to(address, kept.values().clientId());
        shard.restore(kept, address, port, nowNanos);
    }

    /** A packet for this shard: its sender is here, or its client id falls here, or nobody knows it. */
    public void onPacket(NetworkIdentity from, Packet packet, long nowNanos) {
        inbound.onPacket(from, packet, nowNanos);
    }

    /** Octets that are no packet; a client that would wait for an answer in vain gets one, if enough could be read. */
    public void onMalformed(NetworkIdentity from, MalformedPacketException malformed, long nowNanos) {
        malformedAnswers.onMalformed(from, malformed, nowNanos);
    }

    /** Makes ports; they differ in nothing but whom they lead to. */
    record Ports(PacketSink sink, PacketTrace trace, Runnable whenNotHeld) {
        PacketPort to(NetworkIdentity identity, String clientId) {
            return new PacketPort(identity, clientId, sink, trace, whenNotHeld);
        }

        PacketPort toStranger(NetworkIdentity identity) {
            return to(identity, "");
        }
    }
}
