package io.causeway.broker.listen;

import io.causeway.access.Identity;
import io.causeway.broker.session.BrokerCount;
import io.causeway.testkit.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that have been let in, well-behaved or not, over real sockets. */
class ConnectedClientTest {
    /** Far more than the system and we together keep for one connection. */
    private static final long FLOOD_OCTETS = 64L * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final TestBroker broker = new TestBroker();
    private final MqttListener listener = broker.listen(ListenerScheme.MQTT);
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d"})
    void packetsSentTogetherWithConnect_areAnsweredInOrder_whicheverLoopOwnsTheClient(String clientId) {
        RawClient client = connect();

        client.send(RawClient.connect311(clientId) + "82 06 0001 0001 74 01" + RawClient.PINGREQ);

        assertThat(client.read(4)).isEqualTo(RawClient.CONNACK_311);
        assertThat(client.read(7)).isEqualTo("9003000101" + RawClient.PINGRESP);
    }

    @Test
    void packetsSentWhileTheClientIsAuthenticated_waitAndKeepTheirOrder() {
        CountDownLatch slow = new CountDownLatch(1);
        broker.useAuthenticator(credentials -> {
            awaitUninterruptibly(slow);
            return Optional.of(Identity.anonymous(credentials.clientId()));
        });
        RawClient client = connect().send(RawClient.CONNECT_311);
        for (int packetId = 1; packetId <= 100; packetId++) {
            client.send("82 06 %04x 0001 74 01".formatted(packetId));
        }

        slow.countDown();

        assertThat(client.read(4)).isEqualTo(RawClient.CONNACK_311);
        for (int packetId = 1; packetId <= 100; packetId++) {
            assertThat(client.read(5)).isEqualTo("9003%04x01".formatted(packetId));
        }
    }

    @Test
    void clientThatGoesWhileItIsAuthenticated_leavesNothing() {
        CountDownLatch slow = new CountDownLatch(1);
        broker.useAuthenticator(credentials -> {
            awaitUninterruptibly(slow);
            return Optional.of(Identity.anonymous(credentials.clientId()));
        });
        connect().send(RawClient.CONNECT_311).reset();
        connect().send(RawClient.CONNECT_5).close();

        slow.countDown();

        await().until(() -> listener.connections() == 0);
        assertThat(connect().send(RawClient.CONNECT_311).read(4)).isEqualTo(RawClient.CONNACK_311);
    }

    @Test
    void packetsInSmallPieces_areTheSame() {
        RawClient client = connect();
        String all = (RawClient.CONNECT_311 + "82 06 0001 0001 74 00" + RawClient.PINGREQ).replace(" ", "");
        for (int i = 0; i < all.length(); i += 2) {
            client.send(all.substring(i, i + 2));
        }

        assertThat(client.read(4)).isEqualTo(RawClient.CONNACK_311);
        assertThat(client.read(7)).isEqualTo("9003000100" + RawClient.PINGRESP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    malformed                  | 36                     | 81
                    topic is not UTF-8         | 30 05 0002 c328 00     | 81
                    second CONNECT             | 10 0e 0004 4d515454 05 02 003c 00 0001 61 | 82
                    SUBSCRIBE without a filter | 82 03 0001 00          | 82
                    oversized                  | 30 ffffff7f            | 95
                    """)
    @Requirement({"MQTT-4.13.1-1", "MQTT-3.1.0-2"})
    void badPacketOfMqtt5_isAnsweredWithTheReason_andClosed(String what, String packet, String reason) {
        RawClient client = connected5();

        client.send(packet + "00".repeat(10_000));

        assertThat(client.readToEnd()).as(what).startsWith("e0").contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"36", "00", "30 05 0002 c328 00", "30 ffffff7f", "f000"})
    void badPacketOfMqtt311_isClosed(String packet) {
        RawClient client = connected311("a");

        client.send(packet + "00".repeat(10_000));

        assertThat(client.readToEnd()).isEmpty();
    }

    @Test
    void takenOverClient_isToldAndClosed() {
        RawClient first = connected5();

        connected5();

        assertThat(first.readToEnd()).startsWith("e0").contains("8e");
    }

    @Test
    void clientThatNeverReads_takesUpNoMoreThanItMay_andDisturbsNobody() throws IOException {
        RawClient deaf = connect();
        deaf.socket().setReceiveBufferSize(4_096);
        deaf.send(RawClient.connect311("deaf"));
        assertThat(deaf.read(4)).isEqualTo(RawClient.CONNACK_311);
        assertThat(deaf.send("82 06 0001 0001 74 00").read(5)).isEqualTo("9003000100");
        RawClient neighbour = connected311("neighbour");
        RawClient publisher = connected311("publisher");
        String publish = "30 8320 0001 74 " + "61".repeat(4_096);

        for (int i = 0; i < 10_000; i++) {
            publisher.send(publish);
        }

        assertThat(publisher.isServed()).isTrue();
        assertThat(neighbour.isServed()).isTrue();
        await("what does not fit is dropped and counted").until(() -> broker.count(BrokerCount.DROPPED_QUEUE_FULL) > 0);
    }

    @Test
    void clientThatReadsNoAnswers_isNotReadAnyMore() throws IOException, InterruptedException {
        RawClient flooder = connected311("flooder");
        RawClient neighbour = connected311("neighbour");
        AtomicLong taken = new AtomicLong();
        Thread flood = new Thread(() -> floodWithPings(flooder, taken), "flood");

        flood.start();

        flood.join(PATIENCE.toMillis());
        assertThat(taken.get()).isLessThan(FLOOD_OCTETS);
        assertThat(neighbour.isServed()).isTrue();
        flooder.reset();
        flood.join();
    }

    private static void floodWithPings(RawClient flooder, AtomicLong taken) {
        byte[] pings = HexFormat.of().parseHex(RawClient.PINGREQ.repeat(32 * 1024));
        try {
            while (taken.get() < FLOOD_OCTETS) {
                flooder.socket().getOutputStream().write(pings);
                taken.addAndGet(pings.length);
            }
        } catch (IOException closed) {
            // by the test, when it has seen enough
        }
    }

    private RawClient connected311(String clientId) {
        RawClient client = connect().send(RawClient.connect311(clientId));
        assertThat(client.read(4)).isEqualTo(RawClient.CONNACK_311);
        return client;
    }

    /** Reads its CONNACK, whatever properties that has. */
    private RawClient connected5() {
        RawClient client = connect().send(RawClient.CONNECT_5);
        assertThat(client.read(1)).isEqualTo("20");
        client.read(Integer.parseInt(client.read(1), 16));
        return client;
    }

    private RawClient connect() {
        RawClient client = RawClient.to(listener.address());
        clients.add(client);
        return client;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
