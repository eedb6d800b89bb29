package io.causeway.radio.udp;

import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.udp.Inbox.Delivery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.radio.udp.Links.firstEndpoint;
import static io.netty.buffer.Unpooled.copiedBuffer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class UdpTransportTest {
    private final EventLoopGroup loops = Links.loops(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Inbox inbox = new Inbox();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        Links.stop(loops);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void answer_leavesFromTheAddressAndPortThatWereAsked(String loopback) throws IOException {
        UdpTransport transport = open(loopback, inbox);
        Peer peer = peer(loopback);
        InetSocketAddress endpoint = firstEndpoint(transport);

        peer.send("ping", endpoint);
        Delivery delivery = inbox.take();
        transport.send(delivery.from(), copiedBuffer("pong", US_ASCII));

        assertThat(delivery.text()).isEqualTo("ping");
        assertThat(delivery.multicast()).isFalse();
        assertThat(delivery.from()).hasToString(AddressText.of(peer.address(), ""));
        assertThat(delivery.from().admissionKey()).isEqualTo(peer.address().getAddress());
        assertThat(peer.receive()).isEqualTo(new Peer.Received("pong", 4, endpoint));
        await().untilAsserted(() ->
                assertThat(transport.counters()).isEqualTo(new LinkCounters(1, 4, 0, 1, 4, 0, 0, 0, 0, 0)));
    }

    @Test
    void twoDatagramsOfOnePeer_haveEqualAddresses() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        Peer peer = peer("127.0.0.1");
        Peer other = peer("127.0.0.1");
        peer.send("1", firstEndpoint(transport));
        peer.send("2", firstEndpoint(transport));
        other.send("3", firstEndpoint(transport));

        LinkAddress first = inbox.take().from();
        LinkAddress second = inbox.take().from();
        LinkAddress third = inbox.take().from();

        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second).isNotEqualTo(third);
        assertThat(first.admissionKey()).isEqualTo(third.admissionKey());
    }

    @Test
    void onePeerAtTwoTransports_hasTwoAddresses() throws IOException {
        UdpTransport first = open("127.0.0.1", inbox);
        UdpTransport second = open("127.0.0.1", inbox);
        Peer peer = peer("127.0.0.1");

        peer.send("a", firstEndpoint(first));
        LinkAddress atFirst = inbox.take().from();
        peer.send("b", firstEndpoint(second));
        LinkAddress atSecond = inbox.take().from();

        assertThat(atFirst).isNotEqualTo(atSecond);
        second.send(atSecond, copiedBuffer("from b", US_ASCII));
        assertThat(peer.receive().from()).isEqualTo(firstEndpoint(second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
    void octetsOfAnAddress_findThePeerAgainWithALaterTransport(String bind) throws IOException {
        String loopback = bind.contains(":") ? "::1" : "127.0.0.1";
        Peer peer = peer(loopback);
        byte[] octets;
        int port;
        try (UdpTransport earlier = open(bind, inbox)) {
            port = firstEndpoint(earlier).getPort();
            peer.send("here", new InetSocketAddress(loopback, port));
            LinkAddress from = inbox.take().from();
            octets = from.octets();
            assertThat(earlier.at(octets)).contains(from);
        }
        UdpTransport later = open(UdpSettings.at(new InetSocketAddress(bind, port)), inbox);

        later.send(later.at(octets).orElseThrow(), copiedBuffer("still there?", US_ASCII));

        assertThat(peer.receive().text()).isEqualTo("still there?");
    }

    @Test
    void octetsOfNoPeer_areNoAddress() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        String local = "7f000001";

        assertThat(List.of(
                        "",
                        "7f",
                        local + local,
                        local + "7f000001" + "0000", // no port
                        local + "00000000" + "1234", // nobody
                        local + "e1010101" + "1234", // a group
                        "7f000002" + local + "1234", // not an address of this link
                        local + local + "1234" + "00",
                        "00".repeat(34)))
                .allSatisfy(hex ->
                        assertThat(transport.at(HexFormat.of().parseHex(hex))).isEmpty());
        assertThat(transport.at(HexFormat.of().parseHex(local + local + "1234")))
                .get()
                .hasToString("127.0.0.1:4660");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void longestDatagram_passesBothWays(String loopback) throws IOException {
        UdpTransport transport = echo(loopback);
        Peer peer = peer(loopback);

        peer.send(new byte[UdpSettings.MAX_DATAGRAM_OCTETS], firstEndpoint(transport));

        assertThat(peer.receive().octets()).isEqualTo(UdpSettings.MAX_DATAGRAM_OCTETS);
    }

    @Test
    void burstOfLongestDatagrams_isAnsweredWhole() throws IOException {
        UdpTransport transport = echo("127.0.0.1");
        Peer peer = peer("127.0.0.1");
        peer.socket().setReceiveBufferSize(UdpSettings.DEFAULT_RECEIVE_BUFFER_OCTETS);

        for (int i = 0; i < 8; i++) {
            peer.send(new byte[UdpSettings.MAX_DATAGRAM_OCTETS], firstEndpoint(transport));
        }

        for (int i = 0; i < 8; i++) {
            assertThat(peer.receive().octets()).isEqualTo(UdpSettings.MAX_DATAGRAM_OCTETS);
        }
    }

    @Test
    void emptyDatagram_isDeliveredAndTheNextOneToo() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        Peer peer = peer("127.0.0.1");

        peer.send("", firstEndpoint(transport));
        peer.send("next", firstEndpoint(transport));

        assertThat(inbox.take().text()).isEmpty();
        assertThat(inbox.take().text()).isEqualTo("next");
    }

    @Test
    void tooLongForTheLink_isDroppedAndCountedAndTheNextOneSent() throws IOException {
        UdpSettings settings = new UdpSettings(at("127.0.0.1"), List.of(), 65_536, 10, 1, Duration.ofSeconds(5));
        UdpTransport transport = open(settings, inbox);
        Peer peer = peer("127.0.0.1");
        peer.send("longer than what may be sent", firstEndpoint(transport));
        LinkAddress address = inbox.take().from();

        ByteBuf tooLong = Unpooled.buffer().writeZero(11);
        transport.send(address, tooLong);
        transport.send(address, Unpooled.buffer().writeZero(10));

        assertThat(peer.receive().octets()).isEqualTo(10);
        assertThat(tooLong.refCnt()).isZero();
        assertThat(transport.counters().oversized()).isEqualTo(1);
        assertThat(transport.largestDatagramOctets(address)).isEqualTo(10);
    }

    @Test
    void listenerThrows_isCountedAndTheNextDatagramServed() throws IOException {
        UdpTransport transport = open("127.0.0.1", (from, datagram, multicast) -> {
            if (datagram.toString(US_ASCII).equals("poison")) {
                throw new IllegalStateException("a bug of the listener");
            }
            inbox.onDatagram(from, datagram, multicast);
        });
        Peer peer = peer("127.0.0.1");

        peer.send("poison", firstEndpoint(transport));
        peer.send("fine", firstEndpoint(transport));

        assertThat(inbox.take().text()).isEqualTo("fine");
        assertThat(transport.counters().listenerErrors()).isEqualTo(1);
        assertThat(transport.counters().received()).isEqualTo(2);
    }

    @Test
    void listenerThrowsAnError_socketStaysOpen() throws IOException {
        UdpTransport transport = open("127.0.0.1", (from, datagram, multicast) -> {
            if (datagram.toString(US_ASCII).equals("poison")) {
                throw new StackOverflowError("made up");
            }
            inbox.onDatagram(from, datagram, multicast);
        });
        Peer peer = peer("127.0.0.1");

        peer.send("poison", firstEndpoint(transport));
        peer.send("fine", firstEndpoint(transport));

        assertThat(inbox.take().text()).isEqualTo("fine");
    }

    @Test
    void answersToPeersThatHaveGone_doNoHarm() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        try (Peer gone = Peer.at("127.0.0.1")) {
            gone.send("bye", firstEndpoint(transport));
        }
        LinkAddress unreachable = inbox.take().from();

        for (int i = 0; i < 10; i++) {
            transport.send(unreachable, copiedBuffer("nobody there", US_ASCII));
        }

        Peer peer = peer("127.0.0.1");
        peer.send("still there?", firstEndpoint(transport));
        assertThat(inbox.take().text()).isEqualTo("still there?");
    }

    @Test
    void manySentFromAnotherThread_arriveInOrder() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        Peer peer = peer("127.0.0.1");
        peer.socket().setReceiveBufferSize(UdpSettings.DEFAULT_RECEIVE_BUFFER_OCTETS);
        peer.send("hello", firstEndpoint(transport));
        LinkAddress address = inbox.take().from();
        int count = 1_000;

        for (int i = 0; i < count; i++) {
            transport.send(address, copiedBuffer(String.valueOf(i), US_ASCII));
        }

        assertThat(IntStream.range(0, count).mapToObj(i -> peer.receive().text()))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(String::valueOf).toList());
        await().untilAsserted(() -> assertThat(transport.counters().sent()).isEqualTo(count));
    }

    @Test
    void moreThanTheLinkTakes_isDroppedAndCountedInsteadOfKept() throws Exception {
        UdpTransport transport = open("127.0.0.1", inbox);
        Peer peer = peer("127.0.0.1");
        peer.send("hello", firstEndpoint(transport));
        LinkAddress address = inbox.take().from();
        int count = 200; // 13 MB

        whileLoopIsBusy(() -> {
            for (int i = 0; i < count; i++) {
                transport.send(address, Unpooled.directBuffer().writeZero(UdpSettings.MAX_DATAGRAM_OCTETS));
            }
        });

        await().untilAsserted(() -> {
            LinkCounters counters = transport.counters();
            assertThat(counters.sendOverflows()).isPositive();
            assertThat(counters.sendOverflows() + counters.sent()).isEqualTo(count);
        });
        Peer other = peer("127.0.0.1");
        other.send("afterwards", firstEndpoint(transport));
        transport.send(inbox.take().from(), copiedBuffer("served", US_ASCII));
        assertThat(other.receive().text()).isEqualTo("served");
    }

    @Test
    void moreArrivesThanTheReceiveBufferHolds_isCountedAsKernelDrops() throws Exception {
        UdpSettings settings = new UdpSettings(at("127.0.0.1"), List.of(), 4_096, 1_000, 1, Duration.ofSeconds(5));
        UdpTransport transport = open(settings, inbox);
        Peer peer = peer("127.0.0.1");
        InetSocketAddress endpoint = firstEndpoint(transport);
        int count = 100;

        whileLoopIsBusy(() -> {
            for (int i = 0; i < count; i++) {
                peer.send(new byte[1_000], endpoint);
            }
        });

        await().untilAsserted(() -> {
            LinkCounters counters = transport.counters();
            assertThat(counters.kernelDrops()).isPositive();
            assertThat(counters.received() + counters.kernelDrops()).isEqualTo(count);
        });
    }

    @Test
    void portTaken_isRefusedNamingAddressPortAndHolder() throws IOException {
        UdpTransport first = open("127.0.0.1", inbox);
        InetSocketAddress taken = firstEndpoint(first);
        UdpTransport second = new UdpTransport(UdpSettings.at(taken), loops);

        assertThatThrownBy(() -> second.open(inbox))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen on UDP 127.0.0.1:" + taken.getPort() + ": ")
                .hasMessageContaining("held by ")
                .hasMessageEndingWith("(pid " + ProcessHandle.current().pid() + ")");
        assertThat(second.endpoints()).isEmpty();
    }

    @Test
    void addressOfAnotherMachine_isRefused() {
        UdpTransport transport = new UdpTransport(UdpSettings.at(new InetSocketAddress("203.0.113.1", 1883)), loops);

        assertThatThrownBy(() -> transport.open(inbox))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen on UDP 203.0.113.1:1883: ");
    }

    @Test
    void closed_portIsFreeAndSendingIsCountedAsFailed() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        Peer peer = peer("127.0.0.1");
        InetSocketAddress endpoint = firstEndpoint(transport);
        peer.send("hello", endpoint);
        LinkAddress address = inbox.take().from();

        transport.close();
        transport.close();
        ByteBuf late = copiedBuffer("late", US_ASCII);
        transport.send(address, late);

        assertThat(transport.endpoints()).isEmpty();
        assertThat(late.refCnt()).isZero();
        assertThat(transport.counters().sendFailures()).isEqualTo(1);
        new DatagramSocket(endpoint).close();
    }

    @Test
    void loopsStoppedFirst_sendingAndClosingDoNoHarm() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        Peer peer = peer("127.0.0.1");
        peer.send("hello", firstEndpoint(transport));
        LinkAddress address = inbox.take().from();

        Links.stop(loops);
        ByteBuf late = copiedBuffer("late", US_ASCII);
        transport.send(address, late);
        transport.close();

        assertThat(late.refCnt()).isZero();
    }

    @Test
    void openedTwiceOrAfterClosing_isABug() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        assertThatThrownBy(() -> transport.open(inbox)).isInstanceOf(IllegalStateException.class);

        transport.close();
        assertThatThrownBy(() -> transport.open(inbox)).isInstanceOf(IllegalStateException.class);
    }

    private record RadioAddress(String admissionKey, String storedForm) implements LinkAddress {
        @Override
        public byte[] octets() {
            return admissionKey.getBytes(US_ASCII);
        }
    }

    @Test
    void addressOfAnotherKind_isABug() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        ByteBuf datagram = copiedBuffer("x", US_ASCII);

        LinkAddress elsewhere = new RadioAddress("device", "device");

        assertThatThrownBy(() -> transport.send(elsewhere, datagram)).isInstanceOf(IllegalArgumentException.class);
        assertThat(datagram.refCnt()).isZero();
    }

    @Test
    void noGroup_broadcastReachesNobody() throws IOException {
        UdpTransport transport = open("127.0.0.1", inbox);
        ByteBuf datagram = copiedBuffer("x", US_ASCII);

        transport.broadcast(datagram, 0);

        assertThat(datagram.refCnt()).isZero();
        assertThat(transport.counters().sent()).isZero();
    }

    @Test
    void name_isWhatWasConfigured() {
        assertThat(new UdpTransport(UdpSettings.at(new InetSocketAddress("0.0.0.0", 1883)), loops).name())
                .isEqualTo("udp 0.0.0.0:1883");
        assertThat(new UdpTransport(UdpSettings.at(new InetSocketAddress("::", 1883)), loops).name())
                .isEqualTo("udp [::]:1883");
    }

    /** Keeps the only event loop from reading and writing until the task is done. */
    private void whileLoopIsBusy(Runnable task) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        loops.execute(() -> {
            busy.countDown();
            awaitUninterruptibly(done);
        });
        busy.await();
        task.run();
        done.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private UdpTransport echo(String address) throws IOException {
        UdpTransport transport = new UdpTransport(UdpSettings.at(at(address)), loops);
        opened.add(transport);
        transport.open((from, datagram, multicast) -> transport.send(from, datagram.copy()));
        return transport;
    }

    private UdpTransport open(String address, DatagramListener listener) throws IOException {
        return open(UdpSettings.at(at(address)), listener);
    }

    private UdpTransport open(UdpSettings settings, DatagramListener listener) throws IOException {
        UdpTransport transport = new UdpTransport(settings, loops);
        opened.add(transport);
        transport.open(listener);
        return transport;
    }

    private Peer peer(String address) {
        Peer peer = Peer.at(address);
        opened.add(peer);
        return peer;
    }

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(address, 0);
    }
}
