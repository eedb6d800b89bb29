package io.causeway.radio.udp;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A group that peers send to when they know no gateway's address (1.2 §6.1).
 *
 * @param group      a multicast address and the port its members listen on
 * @param interfaces names of the interfaces to join it on, as in {@code eth0}; empty for every interface that the
 *                   transport serves and that is capable of multicast
 */
public record MulticastGroup(InetSocketAddress group, List<String> interfaces) {

    /** @throws IllegalArgumentException if the address is unresolved, not multicast, or has no port */
    public MulticastGroup {
        if (group.isUnresolved() || !group.getAddress().isMulticastAddress()) {
            throw new IllegalArgumentException("not a multicast address: " + group);
        }
        if (group.getPort() == 0) {
            throw new IllegalArgumentException("a group needs a port: " + group);
        }
        interfaces = List.copyOf(interfaces);
    }

    /** Joined on every interface that the transport serves and that is capable of multicast. */
    public MulticastGroup(InetSocketAddress group) {
        this(group, List.of());
    }

    boolean isFor(NetworkLink link) {
        return interfaces.isEmpty() ? link.multicast() : interfaces.contains(link.name());
    }
}
