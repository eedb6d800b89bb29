package io.causeway.gateway.runtime;

import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.dialect.v12.ForwardedIdentity;
import io.causeway.dialect.v12.PacketSink;
import io.causeway.session.NetworkIdentity;

/** Finds a packet's way out: the link of its address, in the envelope of the forwarder before it. */
final class LinkSink implements PacketSink {
    private static final int NO_RADIUS = 0;
    /** All that the two bits of Ctrl can say (1.2 §5.5). */
    private static final int MAX_FORWARDED_RADIUS = 3;

    @Override
    public void send(NetworkIdentity to, Packet packet) {
        if (to instanceof ForwardedIdentity forwarded) {
            send(forwarded.forwarder(), envelope(forwarded, packet, NO_RADIUS));
            return;
        }
        Peer peer = peer(to);
        peer.link().send(peer.address(), packet);
    }

    @Override
    public void broadcast(NetworkIdentity onLinkOf, Packet packet, int radius) {
        if (onLinkOf instanceof ForwardedIdentity forwarded) {
            // The forwarder's clients are on its own network: it alone can reach them all.
            send(forwarded.forwarder(), envelope(forwarded, packet, Math.min(radius, MAX_FORWARDED_RADIUS)));
            return;
        }
        peer(onLinkOf).link().broadcast(packet, radius);
    }

    private static Encapsulated envelope(ForwardedIdentity to, Packet packet, int radius) {
        return new Encapsulated(radius, to.nodeId(), PacketCodec.encode(packet));
    }

    private static Peer peer(NetworkIdentity identity) {
        if (identity instanceof Peer peer) {
            return peer;
        }
        throw new IllegalArgumentException("not an address of this gateway: " + identity);
    }
}
