package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.SearchGw;
import io.causeway.testkit.Requirement;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Looking for a gateway (1.2 §6.1). */
class GatewaySearchTest {
    private final ClientLoop loop = ClientLoop.start();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    @Requirement("C-DISC-01")
    void gwInfo_namesTheGatewayAndItsAddress() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(packet -> List.of(new GwInfo(7, Octets.EMPTY)))) {
            FoundGateway found = get(loop.searchGateway(GatewaySearch.at(gateway.address())));

            assertThat(found).isEqualTo(new FoundGateway(7, gateway.address()));
            assertThat(gateway.received()).containsExactly(new SearchGw(0));
        }
    }

    @Test
    @Requirement("C-DISC-01")
    void advertise_isAnAnswerToo() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(packet -> List.of(new Advertise(8, 900)))) {
            assertThat(get(loop.searchGateway(GatewaySearch.at(gateway.address())))
                            .gatewayId())
                    .isEqualTo(8);
        }
    }

    @Test
    @Requirement("C-DISC-08")
    void wordOfAnotherClient_isNotTakenForTheGateway() throws Exception {
        List<Packet> hearsayThenGateway = List.of(new GwInfo(7, Octets.ofHex("7f000001")), new GwInfo(9, Octets.EMPTY));
        try (UdpResponder gateway = UdpResponder.start(packet -> hearsayThenGateway)) {
            assertThat(get(loop.searchGateway(GatewaySearch.at(gateway.address())))
                            .gatewayId())
                    .isEqualTo(9);
        }
    }

    @Test
    @Requirement("C-DISC-06")
    void nobodyAnswers_failsAfterAllAttempts() throws Exception {
        try (UdpResponder silent = UdpResponder.start(packet -> List.of())) {
            var search = new GatewaySearch(silent.address(), 2, Duration.ofMillis(5), Duration.ofMillis(20), 3);

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> get(loop.searchGateway(search)))
                    .withCauseInstanceOf(NoResponseException.class);
            assertThat(silent.received()).containsExactly(new SearchGw(2), new SearchGw(2), new SearchGw(2));
        }
    }

    @Test
    void gatewayThatAnswersInTheGroup_isFound() throws Exception {
        Optional<NetworkInterface> link = multicastLink();
        assumeTrue(link.isPresent(), "no network interface here does multicast");
        try (var gateway = new MulticastSocket(0)) {
            var group = new InetSocketAddress(InetAddress.getByName("225.1.1.1"), gateway.getLocalPort());
            gateway.setNetworkInterface(link.get());
            gateway.setTimeToLive(0);
            CompletionStage<FoundGateway> search = loop.searchGateway(
                    new GatewaySearch(group, 1, Duration.ofHours(1), GatewaySearch.T_SEARCHGW, 1), link.get());

            while (!search.toCompletableFuture().isDone()) {
                send(new GwInfo(7, Octets.EMPTY), gateway, group);
                Thread.onSpinWait();
            }

            assertThat(get(search).gatewayId()).isEqualTo(7);
            assertThat(get(search).address().getPort()).isEqualTo(gateway.getLocalPort());
        }
    }

    @Test
    @Requirement("C-DISC-01")
    void watchedGroup_isAListOfItsGateways() throws Exception {
        Optional<NetworkInterface> link = multicastLink();
        assumeTrue(link.isPresent(), "no network interface here does multicast");
        try (var gateway = new MulticastSocket(0)) {
            var group = new InetSocketAddress(InetAddress.getByName("225.1.1.1"), gateway.getLocalPort());
            gateway.setNetworkInterface(link.get());
            gateway.setTimeToLive(0);
            var search = new GatewaySearch(group, 1, Duration.ZERO, GatewaySearch.T_SEARCHGW, 1);
            try (GatewayWatch watch = get(loop.watchGateways(search, link.get()))) {
                assertThat(watch.gateways()).isEmpty();

                send(new Advertise(7, 1), gateway, group);
                await().until(() -> !watch.gateways().isEmpty());
                assertThat(watch.gateways()).extracting(FoundGateway::gatewayId).containsExactly(7);
                assertThat(watch.addresses())
                        .extracting(InetSocketAddress::getPort)
                        .containsExactly(gateway.getLocalPort());
            }
        }
    }

    private static void send(Packet packet, MulticastSocket gateway, InetSocketAddress group) throws IOException {
        byte[] octets = PacketCodec.encode(packet).toByteArray();
        gateway.send(new DatagramPacket(octets, octets.length, group));
    }

    @Test
    void impossibleSearch_cannotBeMade() {
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1883);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GatewaySearch(target, 256, Duration.ZERO, GatewaySearch.T_SEARCHGW, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GatewaySearch(target, 0, Duration.ZERO, GatewaySearch.T_SEARCHGW, 0));
    }

    private static Optional<NetworkInterface> multicastLink() throws IOException {
        for (NetworkInterface link : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (link.isUp()
                    && link.supportsMulticast()
                    && link.inetAddresses().findAny().isPresent()) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
