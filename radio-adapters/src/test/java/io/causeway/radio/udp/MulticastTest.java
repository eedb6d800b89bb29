package io.causeway.radio.udp;

import io.causeway.radio.udp.Inbox.Delivery;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.causeway.radio.udp.Links.address;
import static io.causeway.radio.udp.Links.firstEndpoint;
import static io.netty.buffer.Unpooled.copiedBuffer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** IPv4 groups on the loopback interface; {@link NamespaceTest} has IPv6 and machines with several interfaces. */
class MulticastTest {
    private static final String LOOPBACK = "lo";

    private final EventLoopGroup loops = Links.loops(2);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Inbox inbox = new Inbox();
    private final InetSocketAddress group = new InetSocketAddress("225.1.1.1", freePort());
    private NetworkInterface loopback;

    @BeforeEach
    void aLoopbackInterface() throws SocketException {
        Optional<NetworkInterface> found = Optional.ofNullable(NetworkInterface.getByName(LOOPBACK));
        Assumptions.assumeTrue(found.isPresent(), "there is no interface of the name " + LOOPBACK);
        loopback = found.orElseThrow();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        Links.stop(loops);
    }

    @Test
    void sentToTheGroup_isAnsweredFromTheServiceEndpoint() throws IOException {
        UdpTransport transport = open(LOOPBACK);
        Peer peer = speaker();

        peer.send("search", group);
        Delivery delivery = inbox.take();
        transport.send(delivery.from(), copiedBuffer("found", US_ASCII));

        assertThat(delivery.text()).isEqualTo("search");
        assertThat(delivery.multicast()).isTrue();
        assertThat(peer.receive().from()).isEqualTo(firstEndpoint(transport));
    }

    @Test
    void unicastFromTheSamePeer_hasTheSameAddress() throws IOException {
        UdpTransport transport = open(LOOPBACK);
        Peer peer = speaker();

        peer.send("search", group);
        Delivery search = inbox.take();
        peer.send("connect", firstEndpoint(transport));
        Delivery connect = inbox.take();

        assertThat(connect.multicast()).isFalse();
        assertThat(connect.from()).isEqualTo(search.from());
    }

    @Test
    void broadcast_reachesTheMembersFromTheServiceEndpointAndNotOurselves() throws IOException {
        UdpTransport transport = open(LOOPBACK);
        Peer member = Peer.memberOf(group, loopback);
        opened.add(member);

        transport.broadcast(copiedBuffer("advertise", US_ASCII), 1);

        assertThat(member.receive()).isEqualTo(new Peer.Received("advertise", 9, firstEndpoint(transport)));
        speaker().send("search", group);
        assertThat(inbox.take().text()).isEqualTo("search");
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void twoGateways_bothHearTheGroup() throws IOException {
        open(LOOPBACK);
        open(LOOPBACK);

        speaker().send("search", group);

        assertThat(inbox.take().text()).isEqualTo("search");
        assertThat(inbox.take().text()).isEqualTo("search");
    }

    @Test
    void group_isListedAmongTheEndpoints() throws IOException {
        UdpTransport transport = open(LOOPBACK);

        assertThat(transport.endpoints()).hasSize(2).last().isEqualTo("225.1.1.1:" + group.getPort() + " on lo");
    }

    @Test
    void interfaceThatIsNotThere_unicastIsServedAllTheSame() throws IOException {
        UdpTransport transport = open("no-such0");
        Peer peer = speaker();

        peer.send("connect", firstEndpoint(transport));

        assertThat(inbox.take().text()).isEqualTo("connect");
        assertThat(transport.endpoints()).hasSize(1);
    }

    private UdpTransport open(String interfaceName) throws IOException {
        UdpSettings settings = UdpSettings.at(
                new InetSocketAddress(address("127.0.0.1"), 0),
                List.of(new MulticastGroup(group, List.of(interfaceName))));
        UdpTransport transport = new UdpTransport(settings, loops);
        opened.add(transport);
        transport.open(inbox);
        return transport;
    }

    private Peer speaker() {
        Peer peer = Peer.speakingOn(loopback, address("127.0.0.1"));
        opened.add(peer);
        return peer;
    }

    private static int freePort() {
        try (Peer peer = Peer.at("127.0.0.1")) {
            return peer.address().getPort();
        }
    }
}
