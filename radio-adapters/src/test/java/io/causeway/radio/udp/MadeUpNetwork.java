package io.causeway.radio.udp;

import io.causeway.radio.udp.Inbox.Delivery;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static io.causeway.radio.udp.Links.address;
import static io.netty.buffer.Unpooled.copiedBuffer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** Two links, {@code left} and {@code right}, and a transport between them; to be run in a network namespace. */
final class MadeUpNetwork {
    static final int PORT = 1883;

    /** Delivers to {@link #inbox}, and answers everything. */
    private final Inbox inbox = new Inbox();

    private final EventLoopGroup loops;

    private MadeUpNetwork(EventLoopGroup loops) {
        this.loops = loops;
    }

    public static void main(String[] args) throws Exception {
        EventLoopGroup loops = Links.loops(2);
        try {
            MadeUpNetwork network = new MadeUpNetwork(loops);
            network.link("left", "192.0.2.1/24", "fd00:1::1/64");
            network.link("right", "198.51.100.1/24", "fd00:2::1/64");
            NamespaceScenario.valueOf(args[0]).run(network);
        } finally {
            Links.stop(loops);
        }
    }

    void link(String name, String ipv4, String ipv6) throws Exception {
        String farEnd = name + "-far";
        ip("link", "add", name, "type", "veth", "peer", "name", farEnd);
        ip("link", "set", farEnd, "addrgenmode", "none", "up");
        ip("link", "set", name, "addrgenmode", "none", "up");
        ip("address", "add", ipv4, "dev", name);
        for (String address : List.of(ipv6, "fe80::1/64")) {
            ip("address", "add", address, "dev", name, "nodad");
        }
    }

    void ip(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        assertThat(status).as(String.join(" ", command)).isZero();
    }

    UdpTransport open(String address, InetSocketAddress group) throws IOException {
        UdpSettings settings = new UdpSettings(
                new InetSocketAddress(address, PORT),
                List.of(new MulticastGroup(group)),
                65_536,
                1_000,
                1,
                Duration.ofMillis(50));
        UdpTransport transport = new UdpTransport(settings, loops);
        transport.open((from, datagram, multicast) -> {
            inbox.onDatagram(from, datagram, multicast);
            transport.send(from, copiedBuffer("found", US_ASCII));
        });
        return transport;
    }

    void assertServed(String address) {
        InetSocketAddress endpoint = new InetSocketAddress(address(address), PORT);
        try (Peer peer = Peer.at(address)) {
            assertThat(peer.ask("connect", endpoint).from()).isEqualTo(endpoint);
            assertThat(inbox.take().multicast()).isFalse();
        }
    }

    void assertAnsweredFrom(
            UdpTransport transport, String peerAddress, String link, String gateway, InetSocketAddress group)
            throws IOException {
        NetworkInterface network = NetworkInterface.getByName(link);
        try (Peer peer = Peer.speakingOn(network, address(peerAddress))) {
            peer.send("search", onLink(group, network));
            Delivery delivery = inbox.take();
            assertThat(delivery.multicast()).isTrue();
            assertThat(peer.receive().from()).isEqualTo(new InetSocketAddress(address(gateway), PORT));
            assertThat(inbox.isEmpty()).as("one copy").isTrue();
        }
    }

    void assertBroadcast(UdpTransport transport, InetSocketAddress group, String link, String... gateways)
            throws IOException {
        NetworkInterface network = NetworkInterface.getByName(link);
        try (Peer member = Peer.memberOf(onLink(group, network), network)) {
            transport.broadcast(copiedBuffer("advertise", US_ASCII), 0);
            assertThat(Stream.of(gateways).map(unused -> member.receive().from()))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(gateways)
                            .map(gateway -> new InetSocketAddress(address(gateway), PORT))
                            .toList());
        }
    }

    private static InetSocketAddress onLink(InetSocketAddress group, NetworkInterface network) throws IOException {
        if (!(group.getAddress() instanceof Inet6Address)) {
            return group;
        }
        InetAddress scoped = Inet6Address.getByAddress("", group.getAddress().getAddress(), network.getIndex());
        return new InetSocketAddress(scoped, group.getPort());
    }
}
