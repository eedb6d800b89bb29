package io.causeway.dialect.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Packet;
import io.causeway.session.ClientPort;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.Shard;

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
        this.ports = new Ports(sink, trace);
        this.inbound = new InboundPackets(shard, settings, ports, trace);
        this.malformedAnswers = new MalformedAnswers(shard, ports, inbound);
    }

    public Shard shard() {
        return shard;
    }

    /** The way to a client whose session was stored. */
    public ClientPort portTo(NetworkIdentity identity, String clientId) {
        return ports.to(identity, clientId);
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
    record Ports(PacketSink sink, PacketTrace trace) {
        PacketPort to(NetworkIdentity identity, String clientId) {
            return new PacketPort(identity, clientId, sink, trace);
        }

        PacketPort toStranger(NetworkIdentity identity) {
            return to(identity, "");
        }
    }
}
