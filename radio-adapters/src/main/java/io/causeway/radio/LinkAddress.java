package io.causeway.radio;

/**
 * A peer as seen through one endpoint of one link: what a datagram came from, and all that is needed to answer it from
 * the place that was asked. An opaque, immutable value; {@code equals} and {@code hashCode} are cheap enough for a map
 * lookup per datagram, and {@code toString} is what an operator knows the peer by, for instance {@code
 * 192.168.1.7:4711}.
 *
 * <p>An open interface: every adapter has its own kind of address, and only that adapter looks inside.
 */
public interface LinkAddress {
    /** Leaves room beside it in a wireless node id (MQTT-SN 1.2 §5.5). */
    int MAX_OCTETS = 127;

    /**
     * What a rate limit counts as one source, because a peer cannot choose it as freely as its whole address: over UDP
     * the {@link java.net.InetAddress} without the port, on a radio the device's own address.
     *
     * @return an immutable value with {@code equals} and {@code hashCode}
     */
    Object admissionKey();

    /** As text from which {@link Transport#find} makes it again, in this process or a later one. */
    String storedForm();

    /**
     * As octets from which {@link Transport#at} makes it again, in this process or a later one: short, because they may
     * be part of every datagram of a forwarder. None on a link with a single peer.
     *
     * @return a copy, at most {@value #MAX_OCTETS} octets
     */
    byte[] octets();
}
