package io.causeway.radio.udp;

import io.causeway.radio.DatagramListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets that receive what is sent to multicast groups. They are bound to the group's own address, so they leave
 * unicast datagrams alone, and share it with other processes. They never send: answers and broadcasts leave from the
 * service sockets, since peers take the sender of either for the gateway's address (1.2 §6.1).
 *
 * <p>Opened, followed and closed under the transport's lock; the rest may be asked from any thread.
 */
final class GroupSockets {
    private static final Logger log = LoggerFactory.getLogger(UdpTransport.class);

    private final String transport;
    private final List<MulticastGroup> groups;
    private final DatagramSockets sockets;
    private final ServiceSockets services;
    private final DatagramListener listener;
    private final CopyOnWriteArrayList<Joined> joined = new CopyOnWriteArrayList<>();
    private final Set<String> complaints = new HashSet<>();

    /** A group and the links that one socket has joined it on. */
    private record Membership(InetSocketAddress group, List<NetworkLink> links) {
        /** Where this socket listens; in a link-local group the scope keeps the datagrams of other links away. */
        private InetSocketAddress bindAddress() {
            return links.size() == 1 ? groupOn(links.get(0)) : group;
        }

        /** The group as one link's members know it. */
        private InetSocketAddress groupOn(NetworkLink link) {
            if (group.getAddress() instanceof Inet4Address) {
                return group;
            }
            try {
                byte[] octets = group.getAddress().getAddress();
                return new InetSocketAddress(Inet6Address.getByAddress("", octets, link.index()), group.getPort());
            } catch (UnknownHostException e) {
                throw new IllegalStateException("not an IPv6 address: " + group, e);
            }
        }

        @Override
        public String toString() {
            List<String> names = links.stream().map(NetworkLink::name).toList();
            return AddressText.of(group, "") + " on " + String.join(", ", names);
        }
    }

    private record Joined(Membership membership, NioDatagramChannel channel) {}

    GroupSockets(
            String transport,
            List<MulticastGroup> groups,
            DatagramSockets sockets,
            ServiceSockets services,
            DatagramListener listener) {
        this.transport = transport;
        this.groups = groups;
        this.sockets = sockets;
        this.services = services;
        this.listener = listener;
    }

    /** Joins and leaves as links came and went since the last time. What cannot be joined is tried again each time. */
    void follow() {
        Set<Membership> wanted = wanted();
        for (Joined each : joined) {
            if (!wanted.contains(each.membership) || !each.channel.isActive()) {
                leave(each);
                log.info("{}: left group {}", transport, each.membership);
            }
        }
        for (Membership membership : wanted) {
            if (joined.stream().noneMatch(each -> each.membership.equals(membership))) {
                joinOrTryLater(membership);
            }
        }
    }

    private Set<Membership> wanted() {
        Set<Membership> wanted = new LinkedHashSet<>();
        for (MulticastGroup group : groups) {
            List<NetworkLink> links = services.open().stream()
                    .map(endpoint -> endpoint.local().link())
                    .filter(group::isFor)
                    .distinct()
                    .toList();
            missing(group, links).ifPresent(this::complain);
            if (isSeparable(group.group().getAddress())) {
                links.forEach(link -> wanted.add(new Membership(group.group(), List.of(link))));
            } else if (!links.isEmpty()) {
                wanted.add(new Membership(group.group(), links));
            }
        }
        return wanted;
    }

    /**
     * Whether a socket can be had for each link, which then tells the link a datagram came in by. Not for IPv6 groups
     * of wider scope: there each of the sockets would get what comes in by any of the links.
     */
    private static boolean isSeparable(InetAddress group) {
        return group instanceof Inet4Address || group.isMCLinkLocal() || group.isMCNodeLocal();
    }

    private static Optional<String> missing(MulticastGroup group, List<NetworkLink> links) {
        List<String> missing = new ArrayList<>(group.interfaces());
        links.forEach(link -> missing.remove(link.name()));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("no address served on " + String.join(", ", missing) + " to join group "
                        + AddressText.of(group.group(), "") + " there");
    }

    private void joinOrTryLater(Membership membership) {
        try {
            joined.add(new Joined(membership, join(membership)));
            log.info("{}: joined group {}", transport, membership);
        } catch (IOException e) {
            complain("cannot join group " + membership + ": " + e.getMessage());
        }
    }

    private NioDatagramChannel join(Membership membership) throws IOException {
        InetSocketAddress group = membership.group;
        NioDatagramChannel channel = sockets.create(group.getAddress());
        try {
            channel.config().setReuseAddress(true);
            sockets.bind(
                    channel, membership.bindAddress(), (sender, datagram) -> receive(membership, sender, datagram));
            for (NetworkLink link : membership.links) {
                DatagramSockets.complete(channel.joinGroup(group, networkInterface(link)));
            }
            return channel;
        } catch (IOException | ChannelException e) {
            DatagramSockets.close(channel);
            throw new IOException(e.getMessage(), e);
        }
    }

    private static NetworkInterface networkInterface(NetworkLink link) throws IOException {
        return Optional.ofNullable(NetworkInterface.getByIndex(link.index()))
                .orElseThrow(() -> new IOException("interface " + link.name() + " has gone"));
    }

    private void complain(String complaint) {
        if (complaints.add(complaint)) {
            log.warn("{}: {}; trying again", transport, complaint);
        }
    }

    private void receive(Membership membership, InetSocketAddress sender, ByteBuf datagram) {
        if (services.isOurs(sender)) {
            return;
        }
        services.nearest(sender.getAddress(), membership.links)
                .ifPresent(endpoint -> listener.onDatagram(new UdpAddress(endpoint, sender), datagram, true));
    }

    /** Takes over the datagram's reference. */
    void broadcast(ByteBuf datagram, int hops) {
        for (Joined each : joined) {
            Membership membership = each.membership;
            for (NetworkLink link : membership.links) {
                services.nearest(membership.group.getAddress(), List.of(link))
                        .ifPresent(endpoint ->
                                endpoint.broadcast(membership.groupOn(link), datagram.retainedDuplicate(), hops));
            }
        }
        datagram.release();
    }

    List<String> texts() {
        return joined.stream().map(each -> each.membership.toString()).toList();
    }

    void close() {
        joined.forEach(this::leave);
    }

    private void leave(Joined each) {
        joined.remove(each);
        DatagramSockets.close(each.channel);
    }
}
