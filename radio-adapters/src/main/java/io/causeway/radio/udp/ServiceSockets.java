package io.causeway.radio.udp;

import io.causeway.radio.DatagramListener;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Comparator.comparing;

/**
 * The sockets that peers talk to, one for each address served. A socket on a wildcard address could not tell which
 * address a datagram was sent to, and its answer might leave from another; so there is none.
 *
 * <p>Opened, followed and closed under the transport's lock; what is open may be asked from any thread.
 */
final class ServiceSockets {
    private static final Logger log = LoggerFactory.getLogger(UdpTransport.class);

    /** How often to look for a port that is free on all addresses. */
    private static final int PORT_CHOICES = 16;

    private final String transport;
    private final InetSocketAddress asked;
    private final DatagramSockets sockets;
    private final SocketTable table;
    private final DatagramListener listener;
    private final TrafficLog traffic;

    /** One whose address has gone stays: sessions know it, and the address may come again. */
    private final CopyOnWriteArrayList<UdpEndpoint> endpoints = new CopyOnWriteArrayList<>();

    private final Set<String> refused = new HashSet<>();
    private volatile int port;

    ServiceSockets(
            String transport,
            InetSocketAddress asked,
            DatagramSockets sockets,
            SocketTable table,
            DatagramListener listener,
            TrafficLog traffic) {
        this.transport = transport;
        this.asked = asked;
        this.port = asked.getPort();
        this.sockets = sockets;
        this.table = table;
        this.listener = listener;
        this.traffic = traffic;
    }

    /**
     * Opens a socket on every address asked for, all with the same port.
     *
     * @throws IOException if one cannot be had; nothing stays open then
     */
    void open(List<LocalAddress> present) throws IOException {
        Collection<LocalAddress> wanted = wanted(present);
        if (wanted.isEmpty()) {
            log.warn("{}: this machine has no such address yet; serving them as they come", transport);
        }
        for (int choice = 1; ; choice++) {
            try {
                for (LocalAddress local : wanted) {
                    open(local);
                }
                return;
            } catch (IOException e) {
                close();
                boolean anotherPortMayDo = asked.getPort() == 0 && port != 0 && choice < PORT_CHOICES;
                if (!anotherPortMayDo) {
                    throw e;
                }
                port = 0;
            }
        }
    }

    /** Opens and closes sockets as addresses came and went since the last time. */
    void follow(List<LocalAddress> present) {
        Collection<LocalAddress> wanted = wanted(present);
        for (UdpEndpoint endpoint : open()) {
            LocalAddress local = endpoint.local();
            if (wanted.stream().noneMatch(local::isStill)) {
                endpoint.close();
                log.info("{}: {} has gone", transport, text(local));
            }
        }
        for (LocalAddress local : wanted) {
            if (find(local).filter(UdpEndpoint::isOpen).isEmpty()) {
                openLate(local);
            }
        }
    }

    private void openLate(LocalAddress local) {
        try {
            open(local);
            refused.remove(local.text());
        } catch (IOException e) {
            if (refused.add(local.text())) {
                log.warn("{}: {}; trying again", transport, e.getMessage());
            }
        }
    }

    /** An IPv6 address is shown some seconds before it can be used; one of many that cannot yet is left for later. */
    private void open(LocalAddress local) throws IOException {
        try {
            bind(local);
        } catch (IOException e) {
            boolean oneOfMany = asked.getAddress().isAnyLocalAddress();
            if (!oneOfMany || isUsable(local.address())) {
                throw new IOException(refusal(local, e), e);
            }
            log.debug("{}: {} cannot be used yet", transport, text(local));
        }
    }

    private void bind(LocalAddress local) throws IOException {
        NioDatagramChannel channel = sockets.create(local.address());
        UdpEndpoint endpoint = find(local).orElseGet(() -> new UdpEndpoint(local, traffic));
        endpoint.use(local, channel);
        try {
            sockets.bind(
                    channel,
                    new InetSocketAddress(local.address(), port),
                    (sender, datagram) -> listener.onDatagram(new UdpAddress(endpoint, sender), datagram, false));
        } catch (IOException e) {
            DatagramSockets.close(channel);
            throw e;
        }
        broadcastOn(local.link(), channel);
        port = channel.localAddress().getPort();
        endpoints.addIfAbsent(endpoint);
        log.info("{}: serving {}", transport, text(local));
    }

    private void broadcastOn(NetworkLink link, NioDatagramChannel channel) {
        try {
            NetworkInterface network = NetworkInterface.getByIndex(link.index());
            if (network != null) {
                channel.config().setOption(ChannelOption.IP_MULTICAST_IF, network);
            }
        } catch (SocketException | ChannelException e) {
            log.debug("{}: cannot broadcast on {}", transport, link.name(), e);
        }
    }

    private static boolean isUsable(InetAddress address) {
        try {
            new DatagramSocket(0, address).close();
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    private String refusal(LocalAddress local, IOException cause) {
        String holder = table.holder(local.address(), port)
                .map(name -> ", held by " + name)
                .orElse("");
        return "cannot listen on UDP " + text(local) + ": " + cause.getMessage() + holder;
    }

    private Collection<LocalAddress> wanted(List<LocalAddress> present) {
        InetAddress address = asked.getAddress();
        if (!address.isAnyLocalAddress()) {
            return List.of(present.stream()
                    .filter(local -> local.isMeantBy(address))
                    .findFirst()
                    .orElse(LocalAddress.withoutLink(address)));
        }
        Map<String, LocalAddress> byText = new LinkedHashMap<>(); // point-to-point links may share one address
        for (LocalAddress local : present) {
            if (local.address().getClass() == address.getClass()) {
                byText.putIfAbsent(local.text(), local);
            }
        }
        return byText.values();
    }

    /** The endpoint with this address, if there has been one; may be asked from any thread. */
    Optional<UdpEndpoint> find(LocalAddress local) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.local().text().equals(local.text()))
                .findFirst();
    }

    /** The endpoint with this address, with a socket or not yet; nothing if none is asked for there. */
    Optional<UdpEndpoint> at(LocalAddress local) {
        InetAddress address = asked.getAddress();
        boolean oneOfMany = address.isAnyLocalAddress() && local.address().getClass() == address.getClass();
        if (!oneOfMany && !local.address().equals(address)) {
            return Optional.empty();
        }
        Optional<UdpEndpoint> known = find(local);
        if (known.isPresent()) {
            return known;
        }
        UdpEndpoint awaited = new UdpEndpoint(local, traffic);
        endpoints.add(awaited);
        return Optional.of(awaited);
    }

    List<UdpEndpoint> open() {
        return endpoints.stream().filter(UdpEndpoint::isOpen).toList();
    }

    /** The open endpoint on one of the links that a peer, or the members of a group, can best answer to. */
    Optional<UdpEndpoint> nearest(InetAddress peer, Collection<NetworkLink> links) {
        return open().stream()
                .filter(endpoint -> links.contains(endpoint.local().link()))
                .max(comparing((UdpEndpoint endpoint) -> endpoint.local().isNeighbourOf(peer))
                        .thenComparing(endpoint -> endpoint.local().isInScopeOf(peer)));
    }

    /** Whether a datagram with this sender is one of our own, come back. */
    boolean isOurs(InetSocketAddress sender) {
        return sender.getPort() == port
                && open().stream()
                        .anyMatch(endpoint -> endpoint.local().address().equals(sender.getAddress()));
    }

    /** The addresses served so far, those included that have gone. */
    List<InetAddress> addresses() {
        return endpoints.stream().map(endpoint -> endpoint.local().address()).toList();
    }

    /** The port of all endpoints, 0 if the system is still to choose one. */
    int port() {
        return port;
    }

    String text(LocalAddress local) {
        return AddressText.of(
                new InetSocketAddress(local.address(), port), local.link().name());
    }

    void close() {
        open().forEach(UdpEndpoint::close);
    }
}
