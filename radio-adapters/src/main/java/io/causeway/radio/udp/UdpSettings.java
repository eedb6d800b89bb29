package io.causeway.radio.udp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How a {@link UdpTransport} is to be set up.
 *
 * @param bind                  where to listen: one address of this machine, or {@code 0.0.0.0} for all its IPv4 or
 *                              {@code [::]} for all its IPv6 addresses, as they come and go; port 0 lets the system
 *                              choose one, the same for all addresses
 * @param groups                multicast groups, of the same address family as {@code bind}; none for no discovery
 * @param receiveBufferOctets   the socket receive buffer to ask the system for, above 0
 * @param largestDatagramOctets the longest datagram to send, 1 to {@value #MAX_DATAGRAM_OCTETS}; longer ones are
 *                              received all the same
 * @param hops                  how far a broadcast travels when its radius does not say, 1 to 255
 * @param scanInterval          how often to look for addresses and interfaces that came or went, above zero
 */
public record UdpSettings(
        InetSocketAddress bind,
        List<MulticastGroup> groups,
        int receiveBufferOctets,
        int largestDatagramOctets,
        int hops,
        Duration scanInterval) {

    /** What an IPv4 datagram can carry: 65,535 less 20 of IP header and 8 of UDP header. */
    public static final int MAX_DATAGRAM_OCTETS = 65_507;

    /** Some seconds' worth of a fleet that comes back all at once: most loss below saturation is a full buffer. */
    public static final int DEFAULT_RECEIVE_BUFFER_OCTETS = 4 << 20;

    private static final Duration DEFAULT_SCAN_INTERVAL = Duration.ofSeconds(5);
    private static final int MAX_HOPS = 255;

    /** @throws IllegalArgumentException if a value is out of its range */
    public UdpSettings {
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException("bind is not an address: " + bind);
        }
        if (bind.getAddress().isMulticastAddress()) {
            throw new IllegalArgumentException("bind is a multicast address: " + bind);
        }
        groups = List.copyOf(groups);
        for (MulticastGroup group : groups) {
            if (group.group().getAddress().getClass() != bind.getAddress().getClass()) {
                throw new IllegalArgumentException(
                        "group " + group.group() + " is not of the address family of bind " + bind);
            }
        }
        requireRange("receiveBufferOctets", receiveBufferOctets, Integer.MAX_VALUE);
        requireRange("largestDatagramOctets", largestDatagramOctets, MAX_DATAGRAM_OCTETS);
        requireRange("hops", hops, MAX_HOPS);
        if (scanInterval.isNegative() || scanInterval.isZero()) {
            throw new IllegalArgumentException("scanInterval must be above zero: " + scanInterval);
        }
    }

    /** Without groups, and with the defaults for the rest. */
    public static UdpSettings at(InetSocketAddress bind) {
        return at(bind, List.of());
    }

    /** With the defaults for the rest. A broadcast stays on the local network: its hop limit is 1. */
    public static UdpSettings at(InetSocketAddress bind, List<MulticastGroup> groups) {
        return new UdpSettings(
                bind, groups, DEFAULT_RECEIVE_BUFFER_OCTETS, MAX_DATAGRAM_OCTETS, 1, DEFAULT_SCAN_INTERVAL);
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " must be 1 to " + max + ": " + value);
        }
    }
}
