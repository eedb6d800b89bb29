package io.causeway.broker.listen;

import io.causeway.access.Identity;
import io.causeway.broker.session.BrokerCount;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What comes in before anybody is let in, over real sockets. */
class StrangersAtTheDoorTest {
    /** MQTT 3.1.1, clean session, without a client id. */
    private static final String CONNECT = "10 0c 0004 4d515454 04 02 003c 0000";

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final TestBroker broker = new TestBroker();
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
        broker.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
                    an HTTP request           | 474554202f20485454502f312e310d0a0d0a               | nothing
                    PINGREQ first             | c000                                                | nothing
                    malformed before MQTT 5   | 10 0d 0004 4d515454 04 03 003c 0001 61              | nothing
                    another protocol          | 10 0d 0004 4d515455 04 02 003c 0001 61              | nothing
                    malformed of MQTT 5       | 10 0e 0004 4d515454 05 03 003c 00 0001 61           | 2003008100
                    property twice            | 10 14 0004 4d515454 05 02 003c 06 21 0001 21 0002 0001 61 | 2003008200
                    MQTT 6                    | 10 0d 0004 4d515454 06 02 003c 0001 61              | 2003008400
                    MQTT 2                    | 10 0d 0004 4d515454 02 02 003c 0001 61              | 20020001
                    MQTT 5 with a bridge's bit| 10 0d 0004 4d515454 85 02 003c 0001 61              | 20020001
                    oversized                 | 10 ffffff7f                                         | nothing
                    """)
    void badFirstPacket_isAnsweredWhereThereIsAWord_andClosed(String what, String sent, String answer) {
        RawClient client = connect(broker.listen(ListenerScheme.MQTT));

        client.send(sent);

        assertThat(client.readToEnd()).as(what).isEqualTo(answer == null ? "" : answer);
    }

    @Test
    void badPacketWithMuchBehindIt_isStillAnswered() {
        RawClient client = connect(broker.listen(ListenerScheme.MQTT));

        client.send("10 0e 0004 4d515454 05 03 003c 00 0001 61" + "00".repeat(30_000));

        assertThat(client.readToEnd()).isEqualTo("2003008100");
    }

    @Test
    void silence_isClosedInTime() {
        MqttListener listener = broker.listen(TestBroker.limits(10, 10, SHORT));

        assertThat(connect(listener).readToEnd()).isEmpty();

        assertThat(broker.count(BrokerCount.CONNECTS_TIMED_OUT)).isEqualTo(1);
        await().until(() -> listener.connections() == 0);
    }

    @Test
    void connectInDrops_isClosedInTime() {
        MqttListener listener = broker.listen(TestBroker.limits(10, 10, SHORT));
        RawClient slow = connect(listener);
        for (String octet : List.of("10", "0d", "00", "04")) {
            slow.send(octet);
        }

        assertThat(slow.readToEnd()).isEmpty();
    }

    @Test
    void strangersThatCloseOrReset_leaveNothing() {
        MqttListener listener = broker.listen(TestBroker.limits(10, 10, LONG));

        connect(listener).close();
        connect(listener).reset();
        connect(listener).send("10").reset();

        await().until(() -> listener.connections() == 0);
    }

    @Test
    void moreConnectionsThanAllowed_areClosedAtOnce() {
        MqttListener listener = broker.listen(TestBroker.limits(2, 10, LONG));
        connect(listener).send(CONNECT);
        connect(listener).send(CONNECT);
        await().until(() -> broker.count(BrokerCount.CONNECTS_ACCEPTED) == 2);

        assertThat(connect(listener).readToEnd()).isIn("", "reset");

        assertThat(broker.count(BrokerCount.CONNECTS_REFUSED_CONNECTIONS)).isEqualTo(1);
        clients.get(0).close();
        await().until(() -> listener.connections() == 1);
        connect(listener);
        await().until(() -> listener.connections() == 2);
    }

    @Test
    void silentConnection_givesWayWhereThereAreTooMany() {
        MqttListener listener = broker.listen(TestBroker.limits(2, 10, LONG));
        RawClient silent = connect(listener);
        await().until(() -> listener.connections() == 1);
        connect(listener);
        await().until(() -> listener.connections() == 2);

        connect(listener).send(CONNECT);

        await().until(() -> broker.count(BrokerCount.CONNECTS_ACCEPTED) == 1);
        assertThat(silent.readToEnd()).isIn("", "reset");
        assertThat(listener.connections()).isEqualTo(2);
    }

    @Test
    void moreConnectionsOfOneAddressThanAllowed_areClosedAtOnce() {
        MqttListener listener = broker.listen(new ListenerLimits(10, 1, 10, LONG, 64 * 1024));
        connect(listener);
        await().until(() -> listener.connections() == 1);

        assertThat(connect(listener).readToEnd()).isIn("", "reset");
    }

    @Test
    void tooManyStrangers_theOldestGoes() {
        MqttListener listener = broker.listen(TestBroker.limits(100, 2, LONG));
        RawClient oldest = connect(listener);
        await().until(() -> listener.connections() == 1);
        connect(listener);
        await().until(() -> listener.connections() == 2);

        connect(listener);

        assertThat(oldest.readToEnd()).isIn("", "reset");
        await().until(() -> listener.connections() == 2);
    }

    @Test
    void unknownUser_isRefusedInTheWordsOfItsVersion() {
        broker.useAuthenticator(credentials -> Optional.empty());
        MqttListener listener = broker.listen(ListenerScheme.MQTT);

        assertThat(connect(listener).send(RawClient.CONNECT_311).readToEnd()).isEqualTo("20020005");
        assertThat(connect(listener).send(RawClient.CONNECT_5).readToEnd())
                .startsWith("20")
                .contains("0087");
        String withUser = "10 10 0004 4d515454 04 82 003c 0001 61 0001 75";
        assertThat(connect(listener).send(withUser).readToEnd()).isEqualTo("20020004");
        assertThat(broker.count(BrokerCount.CONNECTS_REFUSED_AUTHENTICATION)).isEqualTo(3);
    }

    @Test
    void authenticatorThatFails_letsNobodyIn() {
        broker.useAuthenticator(credentials -> {
            throw new IllegalStateException("the file is gone");
        });

        assertThat(connect(broker.listen(ListenerScheme.MQTT))
                        .send(RawClient.CONNECT_311)
                        .readToEnd())
                .isEqualTo("20020005");
    }

    @Test
    void moreClientsThanCanBeAuthenticated_areToldThatTheServerIsBusy() {
        CountDownLatch slow = new CountDownLatch(1);
        broker.useAuthenticator(credentials -> {
            awaitUninterruptibly(slow);
            return Optional.of(Identity.anonymous(credentials.clientId()));
        });
        MqttListener listener = broker.listen(ListenerScheme.MQTT);
        int oneAtWorkAndTheQueue = 5;
        for (int i = 0; i < oneAtWorkAndTheQueue; i++) {
            connect(listener).send(RawClient.connect311("patient" + i));
        }
        await().until(() -> listener.connections() == oneAtWorkAndTheQueue);

        RawClient tooLate = connect(listener);
        String answer = tooLate.send(RawClient.CONNECT_5).readToEnd();

        slow.countDown();
        assertThat(answer).startsWith("20").contains("0089");
        assertThat(clients.get(0).read(4)).isEqualTo(RawClient.CONNACK_311);
    }

    @Test
    void addressInUse_isNamed() {
        MqttListener first = broker.listen(ListenerScheme.MQTT);
        ListenerSettings same = new ListenerSettings(ListenerScheme.MQTT, first.address(), null);

        assertThatThrownBy(() -> MqttListener.open(same, broker))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(first.endpoint())
                .hasMessageContaining("in use");
    }

    @Test
    void closedListener_closesItsConnections() {
        MqttListener listener = broker.listen(ListenerScheme.MQTT);
        RawClient client = connect(listener);
        await().until(() -> listener.connections() == 1);

        listener.close();

        assertThat(client.readToEnd()).isIn("", "reset");
        assertThat(listener.endpoint())
                .isEqualTo("mqtt://127.0.0.1:" + listener.address().getPort());
    }

    private RawClient connect(MqttListener listener) {
        InetSocketAddress address = listener.address();
        RawClient client = RawClient.to(address);
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
