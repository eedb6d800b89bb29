package io.causeway.broker.listen;

import io.causeway.access.Identity;
import io.causeway.testkit.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that are let in or not, over real sockets (MQTT 5 §3.1.4, §4.2). */
class RefusedClientTest {
    private static final String RETAINED_PUBLISH = "31 05 0001 74 00 78";
    private static final String SUBSCRIBE = "82 07 0001 00 0001 74 00";
    private static final String SUBACK = "900400010000";

    private final TestBroker broker = new TestBroker();
    private final MqttListener listener = broker.listen(ListenerScheme.MQTT);
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
        broker.close();
    }

    @Test
    @Requirement({"MQTT-3.1.4-6", "MQTT-3.1.4-2"})
    void whatFollowsARefusedConnect_isNotProcessed() {
        broker.useAuthenticator(credentials -> credentials.clientId().equals("a")
                ? Optional.empty()
                : Optional.of(Identity.anonymous(credentials.clientId())));
        assertThat(connect().send(RawClient.CONNECT_5 + RETAINED_PUBLISH).readToEnd())
                .startsWith("20")
                .contains("0087");

        RawClient other = connected("62");
        other.send(SUBSCRIBE + RawClient.PINGREQ);

        assertThat(other.read(8)).isEqualTo(SUBACK + RawClient.PINGRESP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c000",
                "e000",
                "10 0e 0004 4d515454 05 03 003c 00 0001 61",
                "10 14 0004 4d515454 05 02 003c 06 21 0001 21 0002 0001 61",
                "10 12 0004 4d515454 05 02 003c 04 15 0001 58 0001 61",
                "10 ffffff7f"
            })
    @Requirement({"MQTT-3.14.0-1", "MQTT-3.1.4-1"})
    void clientThatIsNotLetIn_isClosedWithoutDisconnect(String first) {
        assertThat(connect().send(first).readToEnd()).matches("(20.*)?");
    }

    @Test
    @Requirement({"MQTT-3.2.2-16", "MQTT-3.1.3-6"})
    void clientsWithoutClientId_getOneEachInConnAck() {
        assertThat(assignedClientId()).isNotEqualTo(assignedClientId());
    }

    @Test
    @Requirement("MQTT-4.2.0-1")
    void manyPackets_arriveWholeAndInOrder() {
        RawClient client = connected("61");
        assertThat(client.send(SUBSCRIBE).read(6)).isEqualTo(SUBACK);
        String publishes = IntStream.range(0, 500)
                .mapToObj(i -> "300600017400%04x".formatted(i))
                .collect(Collectors.joining());

        client.send(publishes);

        assertThat(client.read(publishes.length() / 2)).isEqualTo(publishes);
    }

    private String assignedClientId() {
        RawClient client = connect().send("10 0d 0004 4d515454 05 02 003c 00 0000");
        assertThat(client.read(1)).isEqualTo("20");
        String connAck = client.read(Integer.parseInt(client.read(1), 16));
        String property = "120025";
        assertThat(connAck).contains(property);
        int start = connAck.indexOf(property) + property.length();
        return connAck.substring(start, start + 2 * 0x25);
    }

    /** Reads its CONNACK, whatever properties that has. */
    private RawClient connected(String clientId) {
        RawClient client = connect().send("10 0e 0004 4d515454 05 02 003c 00 0001" + clientId);
        assertThat(client.read(1)).isEqualTo("20");
        client.read(Integer.parseInt(client.read(1), 16));
        return client;
    }

    private RawClient connect() {
        RawClient client = RawClient.to(listener.address());
        clients.add(client);
        return client;
    }
}
