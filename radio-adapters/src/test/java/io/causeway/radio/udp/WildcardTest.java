package io.causeway.radio.udp;

import io.causeway.radio.LinkAddress;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.radio.udp.Links.address;
import static io.causeway.radio.udp.Links.parse;
import static io.netty.buffer.Unpooled.copiedBuffer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A transport on a wildcard address, on a machine whose addresses the test makes up (all of 127/8 can be bound). */
class WildcardTest {
    private static final InetAddress ANY_IPV4 = address("0.0.0.0");
    private static final InetAddress ANY_IPV6 = address("::");
    private static final LocalAddress FIRST = local("127.0.0.11", 1);
    private static final LocalAddress SECOND = local("127.0.0.12", 1);
    private static final LocalAddress IPV6 = local("::1", 1);
    private static final LocalAddress UNUSABLE = local("203.0.113.1", 1);

    private final EventLoopGroup loops = Links.loops(2);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Inbox inbox = new Inbox();
    private volatile List<LocalAddress> present = List.of();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        Links.stop(loops);
    }

    @Test
    void eachAddress_answersFromItself() throws IOException {
        present = List.of(FIRST, SECOND);
        UdpTransport transport = echo(ANY_IPV4, 0);
        Peer peer = peer();

        List<InetSocketAddress> endpoints =
                transport.endpoints().stream().map(Links::parse).toList();

        assertThat(endpoints)
                .extracting(InetSocketAddress::getAddress)
                .containsExactly(FIRST.address(), SECOND.address());
        assertThat(endpoints)
                .extracting(InetSocketAddress::getPort)
                .doesNotContain(0)
                .containsOnly(endpoints.get(0).getPort());
        for (InetSocketAddress endpoint : endpoints) {
            assertThat(peer.ask("who?", endpoint).from()).isEqualTo(endpoint);
        }
    }

    @Test
    void bothWildcards_shareOnePort() throws IOException {
        present = List.of(FIRST, IPV6);
        UdpTransport ipv4 = echo(ANY_IPV4, 0);
        int port = Links.firstEndpoint(ipv4).getPort();

        UdpTransport ipv6 = echo(ANY_IPV6, port);

        assertThat(ipv4.endpoints()).containsExactly("127.0.0.11:" + port);
        assertThat(ipv6.endpoints()).containsExactly("[::1]:" + port);
    }

    @Test
    void newAddress_isServed() throws IOException {
        present = List.of(FIRST);
        UdpTransport transport = echo(ANY_IPV4, 0);
        InetSocketAddress late = new InetSocketAddress(
                SECOND.address(), Links.firstEndpoint(transport).getPort());

        present = List.of(FIRST, SECOND);
        awaitEndpoints(transport, 2);

        assertThat(peer().ask("new?", late).from()).isEqualTo(late);
    }

    @Test
    void addressGone_isClosedAndTheOthersServed() throws IOException {
        present = List.of(FIRST, SECOND);
        UdpTransport transport = echo(ANY_IPV4, 0);
        InetSocketAddress stays = parse(transport.endpoints().get(0));
        InetSocketAddress goes = parse(transport.endpoints().get(1));

        present = List.of(FIRST);
        awaitEndpoints(transport, 1);

        new DatagramSocket(goes).close();
        assertThat(peer().ask("still there?", stays).from()).isEqualTo(stays);
    }

    @Test
    void addressComesAgain_peersKnownThereCanBeSentTo() throws IOException {
        present = List.of(FIRST);
        UdpTransport transport = open(ANY_IPV4, 0);
        Peer peer = peer();
        peer.send("hello", Links.firstEndpoint(transport));
        LinkAddress known = inbox.take().from();

        present = List.of();
        awaitEndpoints(transport, 0);
        transport.send(known, copiedBuffer("lost", US_ASCII));
        present = List.of(FIRST);
        awaitEndpoints(transport, 1);
        transport.send(known, copiedBuffer("found", US_ASCII));

        assertThat(peer.receive().text()).isEqualTo("found");
        assertThat(transport.counters().sendFailures()).isEqualTo(1);
        peer.send("again", Links.firstEndpoint(transport));
        assertThat(inbox.take().from()).isEqualTo(known);
    }

    @Test
    void peerOfAnEarlierProcess_isFoundBeforeTheLinkIsOpenAndSentToFromWhereItAsked() throws IOException {
        present = List.of(FIRST, SECOND);
        UdpTransport earlier = open(ANY_IPV4, 0);
        InetSocketAddress asked = parse(earlier.endpoints().get(1));
        Peer peer = peer();
        peer.send("hello", asked);
        String stored = inbox.take().from().storedForm();
        earlier.close();

        UdpTransport transport = transport(ANY_IPV4, asked.getPort());
        LinkAddress found = transport.find(stored).orElseThrow();
        transport.send(found, copiedBuffer("lost", US_ASCII));
        transport.open(inbox);
        transport.send(found, copiedBuffer("found", US_ASCII));

        assertThat(peer.receive()).isEqualTo(new Peer.Received("found", 5, asked));
        assertThat(transport.counters().sendFailures()).isEqualTo(1);
        peer.send("again", asked);
        assertThat(inbox.take().from()).isEqualTo(found);
    }

    @Test
    void peerOfAnAddressThatIsNotThereYet_isReachedWhenItComes() throws IOException {
        UdpTransport transport = open(ANY_IPV4, 0);
        Peer peer = peer();
        LinkAddress found = transport
                .find("127.0.0.11 " + AddressText.of(peer.address(), ""))
                .orElseThrow();

        present = List.of(FIRST);
        awaitEndpoints(transport, 1);
        transport.send(found, copiedBuffer("found", US_ASCII));

        assertThat(peer.receive().text()).isEqualTo("found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.11",
                "::1 [::1]:4711",
                "somewhere 127.0.0.1:4711",
                "127.0.0.11 127.0.0.1",
                "127.0.0.11 127.0.0.1:65536"
            })
    void textThatIsNoPeerOfThisLink_findsNobody(String text) {
        assertThat(transport(ANY_IPV4, 0).find(text)).isEmpty();
    }

    @Test
    void interfaceMadeAnew_isServedByANewSocket() throws IOException {
        present = List.of(FIRST);
        UdpTransport transport = open(ANY_IPV4, 0);
        Peer peer = peer();
        peer.send("hello", Links.firstEndpoint(transport));
        LinkAddress known = inbox.take().from();

        present = List.of(local("127.0.0.11", 2));
        await().until(() -> ((UdpAddress) known).endpoint().local().link().index() == 2);
        transport.send(known, copiedBuffer("found", US_ASCII));

        assertThat(peer.receive().text()).isEqualTo("found");
    }

    @Test
    void noAddressYet_isServedWhenOneComes() throws IOException {
        UdpTransport transport = echo(ANY_IPV6, 0);
        assertThat(transport.endpoints()).isEmpty();

        present = List.of(IPV6);
        awaitEndpoints(transport, 1);

        assertThat(Peer.at("::1")
                        .ask("at last?", Links.firstEndpoint(transport))
                        .text())
                .isEqualTo("at last?");
    }

    @Test
    void addressThatCannotBeUsedYet_isLeftForLater() throws IOException {
        present = List.of(UNUSABLE, FIRST);

        UdpTransport transport = echo(ANY_IPV4, 0);

        assertThat(Links.firstEndpoint(transport).getAddress()).isEqualTo(FIRST.address());
        assertThat(transport.endpoints()).hasSize(1);
    }

    @Test
    void portTakenOnOneAddress_isRefusedAndNothingStaysOpen() throws IOException {
        present = List.of(FIRST, SECOND);
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(SECOND.address(), 0))) {
            UdpTransport transport = transport(ANY_IPV4, other.getLocalPort());

            assertThatThrownBy(() -> transport.open(inbox))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.12:" + other.getLocalPort());

            assertThat(transport.endpoints()).isEmpty();
            new DatagramSocket(new InetSocketAddress(FIRST.address(), other.getLocalPort())).close();
        }
    }

    @Test
    void portTakenOnANewAddress_isServedOnceItIsFree() throws IOException {
        present = List.of(FIRST);
        UdpTransport transport = echo(ANY_IPV4, 0);
        InetSocketAddress taken = new InetSocketAddress(
                SECOND.address(), Links.firstEndpoint(transport).getPort());
        Peer peer = peer();

        try (DatagramSocket other = new DatagramSocket(taken)) {
            present = List.of(FIRST, SECOND);
            assertThat(peer.ask("others?", Links.firstEndpoint(transport)).text())
                    .isEqualTo("others?");
            assertThat(other.isBound()).isTrue();
        }
        awaitEndpoints(transport, 2);

        assertThat(peer.ask("free?", taken).from()).isEqualTo(taken);
    }

    @Test
    void oneAddressOnTwoLinks_isServedOnce() throws IOException {
        present = List.of(FIRST, local("127.0.0.11", 2));

        assertThat(echo(ANY_IPV4, 0).endpoints()).hasSize(1);
    }

    @Test
    void looksForAddressesFail_whatIsOpenStaysOpen() throws IOException {
        present = List.of(FIRST);
        int[] looks = {0};
        UdpTransport transport = new UdpTransport(settings(ANY_IPV4, 0), loops, () -> {
            looks[0]++;
            if (looks[0] == 2) {
                throw new IOException("made up");
            }
            return present;
        });
        opened.add(transport);
        transport.open((from, datagram, multicast) -> transport.send(from, datagram.copy()));

        present = List.of(FIRST, SECOND);
        awaitEndpoints(transport, 2);

        assertThat(peer().ask("fine?", Links.firstEndpoint(transport)).text()).isEqualTo("fine?");
    }

    @Test
    void thisMachine_hasItsLoopbackAddress() throws IOException {
        assertThat(LocalAddresses.ofThisMachine().now())
                .anyMatch(local -> local.address().equals(address("127.0.0.1"))
                        && local.prefixBits() == 8
                        && local.link().index() > 0);
    }

    private static LocalAddress local(String address, int linkIndex) {
        return new LocalAddress(address(address), 8, new NetworkLink("made-up", linkIndex, false));
    }

    private static void awaitEndpoints(UdpTransport transport, int count) {
        await().until(() -> transport.endpoints().size() == count);
    }

    private static UdpSettings settings(InetAddress address, int port) {
        return new UdpSettings(
                new InetSocketAddress(address, port), List.of(), 65_536, 1_000, 1, Duration.ofMillis(20));
    }

    private UdpTransport transport(InetAddress address, int port) {
        UdpTransport transport = new UdpTransport(settings(address, port), loops, () -> present);
        opened.add(transport);
        return transport;
    }

    private UdpTransport open(InetAddress address, int port) throws IOException {
        UdpTransport transport = transport(address, port);
        transport.open(inbox);
        return transport;
    }

    private UdpTransport echo(InetAddress address, int port) throws IOException {
        UdpTransport transport = transport(address, port);
        transport.open((from, datagram, multicast) -> transport.send(from, datagram.copy()));
        return transport;
    }

    private Peer peer() {
        Peer peer = Peer.at("127.0.0.1");
        opened.add(peer);
        return peer;
    }
}
