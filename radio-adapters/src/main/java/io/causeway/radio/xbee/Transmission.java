package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.Octets;

/** A datagram on its way to a node. Owned by the loop. */
final class Transmission {
    final Node node;
    final Octets payload;
    final long queuedNanos;

    /** Whether nothing had been delivered to the node when this was queued. */
    final boolean isForStranger;

    /** Of a broadcast, in hops; 0 for as many as the network has. */
    int radius;

    /** How often it may have gone out. */
    int attempts;

    /** How often it certainly has not, though the radio was asked. */
    int refusals;

    int frameId;
    long sentNanos;
    long timeOutNanos;

    Transmission(Node node, Octets payload, int radius, long queuedNanos) {
        this.node = node;
        this.payload = payload;
        this.radius = radius;
        this.queuedNanos = queuedNanos;
        this.isForStranger = !node.isProven;
    }
}
