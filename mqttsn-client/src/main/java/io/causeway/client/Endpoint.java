package io.causeway.client;

import io.causeway.codec.Octets;
import java.net.InetSocketAddress;

/**
 * Where the datagrams of a client go.
 *
 * @param gateway         address and port of the gateway, resolved
 * @param local           address and port to send from; port 0 for any
 * @param forwarderNodeId empty to talk to the gateway directly; else all packets travel in a forwarder's envelope with this
 *                        wireless node id (1.2 §5.5), 1 to 252 octets
 */
public record Endpoint(InetSocketAddress gateway, InetSocketAddress local, Octets forwarderNodeId) {
    private static final int MAX_NODE_ID_OCTETS = 252;

    /** @throws IllegalArgumentException if the gateway's name could not be resolved or the node id is too long */
    public Endpoint {
        if (gateway.isUnresolved()) {
            throw new IllegalArgumentException("unknown host: " + gateway.getHostString());
        }
        if (forwarderNodeId.length() > MAX_NODE_ID_OCTETS) {
            throw new IllegalArgumentException("a wireless node id has at most 252 octets");
        }
    }

    /** From any port of this host, without an envelope. */
    public static Endpoint of(InetSocketAddress gateway) {
        return new Endpoint(gateway, new InetSocketAddress(0), Octets.EMPTY);
    }

    /** The same, in the envelope of a forwarder. */
    public Endpoint behindForwarder(Octets nodeId) {
        return new Endpoint(gateway, local, nodeId);
    }

    /** The same, to another gateway. */
    public Endpoint to(InetSocketAddress newGateway) {
        return new Endpoint(newGateway, local, forwarderNodeId);
    }

    /** The same, from another address. */
    public Endpoint from(InetSocketAddress newLocal) {
        return new Endpoint(gateway, newLocal, forwarderNodeId);
    }

    boolean isBehindForwarder() {
        return !forwarderNodeId.isEmpty();
    }
}
