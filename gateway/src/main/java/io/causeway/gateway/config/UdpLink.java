package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import io.causeway.settings.HostPort;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MQTT-SN over UDP: an entry of {@code links} with {@code type: udp}.
 *
 * @param bind the address and port to receive on
 * @param discoveryGroups multicast groups on which SEARCHGW is heard and ADVERTISE sent; literals of the family of
 *     {@code bind}; empty: no discovery
 * @param interfaces names of the network interfaces on which the groups are joined; empty: all that can
 * @param advertise the time between two ADVERTISE, 1 s to 65535 s, as its Duration is an uint16 of seconds (1.2 §5.4.1)
 * @param receiveBufferOctets what is asked of the system for SO_RCVBUF, 64 KiB to 1 GiB
 * @param maxPacketOctets the largest datagram sent or accepted, 32 to 65507
 * @param retryInterval T_retry towards its devices, 100 ms to 10 min; null: that of {@code retry}
 */
public record UdpLink(
        HostPort bind,
        List<HostPort> discoveryGroups,
        List<String> interfaces,
        Duration advertise,
        long receiveBufferOctets,
        int maxPacketOctets,
        @Nullable Duration retryInterval)
        implements LinkConfig {

    /** Room for the burst of a large fleet while a loop is busy. */
    static final long USUAL_RECEIVE_BUFFER_OCTETS = 4L << 20;

    static final Bounds<Long> RECEIVE_BUFFER_OCTETS = new Bounds<>(64L << 10, 1L << 30);
    static final Bounds<Integer> MAX_PACKET_OCTETS = new Bounds<>(32, 65_507);

    /** @throws IllegalArgumentException if a value is out of bounds, or a group is no multicast address of its family */
    public UdpLink {
        discoveryGroups = List.copyOf(discoveryGroups);
        interfaces = List.copyOf(interfaces);
        ADVERTISE.require("advertise", advertise);
        RECEIVE_BUFFER_OCTETS.require("receive-buffer", receiveBufferOctets);
        MAX_PACKET_OCTETS.require("max-packet", maxPacketOctets);
        if (retryInterval != null) {
            RetryConfig.INTERVAL.require("retry-interval", retryInterval);
        }
        for (HostPort group : discoveryGroups) {
            requireMulticast(group);
            if ((bind.isIpv4() && group.isIpv6()) || (bind.isIpv6() && group.isIpv4())) {
                throw new IllegalArgumentException(
                        "discovery-group " + group + " and bind " + bind + " are of different IP versions");
            }
        }
    }

    /** A link with the default of every setting but its address, and without discovery. */
    public static UdpLink on(HostPort bind) {
        return on(bind, List.of());
    }

    /** A link with the default of every other setting. */
    public static UdpLink on(HostPort bind, List<HostPort> discoveryGroups) {
        return new UdpLink(
                bind,
                discoveryGroups,
                List.of(),
                USUAL_ADVERTISE,
                USUAL_RECEIVE_BUFFER_OCTETS,
                MAX_PACKET_OCTETS.most(),
                null);
    }

    @Override
    public boolean isAdvertised() {
        return !discoveryGroups.isEmpty();
    }

    @Override
    public String placeKey() {
        return "bind";
    }

    /** @throws IllegalArgumentException if the host is no literal of a multicast address */
    static HostPort requireMulticast(HostPort group) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(group.host());
        if (address == null || !address.isMulticastAddress()) {
            throw new IllegalArgumentException(group.host() + " is no multicast address");
        }
        return group;
    }
}
