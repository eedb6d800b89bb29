package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.harness.TestAddress;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.harness.TestPeer;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.ClientPattern;
import io.causeway.session.ClientPolicy;
import io.causeway.session.Count;
import io.causeway.session.PredefinedTopics;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Floods of CONNECTs with invented addresses and ids: bounded, and no harm to clients that are there. */
@Requirement("G-ROB-06")
class FloodTest {
    private static final ConnAck ACCEPTED = new ConnAck(ReturnCode.ACCEPTED);
    private static final ConnAck CONGESTION = new ConnAck(ReturnCode.CONGESTION);
    private static final int MANY_SESSIONS = 100_000;

    private static TestGateway gatewayWith(int maxSessions, int perSecond, int perAddress) {
        return new TestGateway(Options.DEFAULTS.with(new AdmissionSettings(maxSessions, perSecond, perAddress)));
    }

    /** From an address that nobody listens at. */
    private static void send(TestGateway gateway, String host, int port, Packet packet) {
        gateway.receive(new TestAddress(host, port), PacketCodec.encode(packet).asByteBuf());
    }

    private static Connect connect(boolean will, String clientId) {
        return new Connect(will, true, Connect.PROTOCOL_ID, Sensor.KEEP_ALIVE_SECONDS, clientId);
    }

    private static void connectsThatAreInvented(TestGateway gateway, int count, boolean will) {
        for (int i = 0; i < count; i++) {
            send(gateway, "10.1." + i, i, connect(will, "invented-" + i));
        }
    }

    @Test
    @Requirement("G-CONN-11")
    void moreNewClientsThanTheRateAllows_areRefusedWithCongestionUntilThereIsRoom() {
        TestGateway gateway = gatewayWith(MANY_SESSIONS, 10, 1_000);
        connectsThatAreInvented(gateway, 10, false);
        Sensor late = Sensor.at(gateway, 1, "late");

        late.peer().send(late.connectPacket(false, true));
        late.hears(CONGESTION);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_RATE)).isEqualTo(1);

        gateway.advance(Duration.ofMillis(110));
        late.connectClean();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05 04 04 01 00", // malformed
                "07 04 04 02 003c 61", // unknown protocol id
                "06 04 04 01 003c", // no client id
                "08 04 04 01 003c 612f", // a client id that is not allowed
                "07 04 04 01 003c 61", // more than the admission rate
                "07 04 0c 01 003c 62" // the same, with a will
            })
    @Requirement("G-CONN-11")
    void refusedConnects_areAnsweredAtALimitedRateOnly(String connect) {
        PredefinedTopics perClient =
                new PredefinedTopics(List.of(new PredefinedTopics.Entry(1, "of/{client}", ClientPattern.ALL)));
        TestGateway gateway = new TestGateway(Options.DEFAULTS
                .with(new AdmissionSettings(1, 1, 1))
                .with(new ClientPolicy(List.of(ClientPattern.ALL), perClient)));
        Sensor.at(gateway, 1, "there").connectClean();
        TestPeer invented = gateway.peer("10.6.6.6", 6);
        for (int i = 0; i < 5_010; i++) {
            invented.sendHex(connect);
        }

        assertThat(invented.all()).hasSize(5_000);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_UNANSWERED)).isEqualTo(10);

        gateway.advance(Duration.ofMillis(10));
        invented.sendHex(connect);
        assertThat(invented.all()).hasSize(1);
    }

    @Test
    void refusedConnectsWhileThereIsNoBroker_areAnsweredAtALimitedRateOnly() {
        TestGateway gateway = new TestGateway();
        gateway.upstream().setAvailable(false);
        Sensor device = Sensor.at(gateway, 1, "sensor");
        for (int i = 0; i < 5_010; i++) {
            device.peer().send(device.connectPacket(false, true));
        }

        assertThat(device.peer().all()).hasSize(5_000).containsOnly(CONGESTION);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_CONGESTION)).isEqualTo(5_010);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_UNANSWERED)).isEqualTo(10);
    }

    @Test
    void moreNewClientsThanOneHostMayHave_doNotKeepOthersOut() {
        TestGateway gateway = gatewayWith(MANY_SESSIONS, 1_000, 5);
        for (int port = 1; port <= 100; port++) {
            send(gateway, "10.6.6.6", port, connect(false, "invented-" + port));
        }

        assertThat(gateway.census().active()).isEqualTo(5);
        Sensor.at(gateway, 1, "from elsewhere").connectClean();
        Sensor sameHost = new Sensor(gateway.peer("10.6.6.6", 9_999), "same host");
        sameHost.peer().send(sameHost.connectPacket(false, true));
        sameHost.hears(CONGESTION);
    }

    @Test
    void nodesBehindOneForwarder_countAsOneHost() {
        TestGateway gateway = gatewayWith(MANY_SESSIONS, 1_000, 5);
        for (int node = 1; node <= 10; node++) {
            Octets nodeId = Octets.ofHex("%02x".formatted(node));
            Octets packet = PacketCodec.encode(connect(false, "node-" + node));
            send(gateway, "10.0.0.1", 1883, new Encapsulated(0, nodeId, packet));
        }

        assertThat(gateway.census().active()).isEqualTo(5);
    }

    @Test
    void clientsThatHaveASession_areExemptFromTheRates() {
        TestGateway gateway = gatewayWith(MANY_SESSIONS, 10, 10);
        Sensor known = Sensor.connected(gateway, 1, "known");
        Sensor away = Sensor.connected(gateway, 2, "away");
        away.disconnect();
        connectsThatAreInvented(gateway, 100, false);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_RATE)).isPositive();

        for (int i = 0; i < 20; i++) {
            known.connect();
        }
        away.connect();
        Sensor moved = Sensor.at(gateway, 3, "known");
        moved.connect();
        moved.connectWithWill(false, "will/topic", "gone");
    }

    @Test
    void repeatedConnects_countOnce() {
        TestGateway gateway = gatewayWith(MANY_SESSIONS, 3, 3);
        Sensor plain = Sensor.at(gateway, 1, "plain");
        Sensor prompted = Sensor.at(gateway, 2, "prompted");
        for (int i = 0; i < 10; i++) {
            plain.connectClean();
            prompted.peer().send(prompted.connectPacket(true, true));
            prompted.hears(new WillTopicReq());
        }

        Sensor.at(gateway, 3, "third").connectClean();
        assertThat(gateway.count(Count.CONNECTS_REFUSED_RATE)).isZero();
    }

    @Test
    void floodThatFillsAllSessions_leavesThoseThatAreThereAlone() {
        TestGateway gateway = gatewayWith(50, 1_000, 1_000);
        Sensor live = Sensor.connected(gateway, 1, "live");
        int topicId = live.subscribe("a/b", Qos.AT_LEAST_ONCE);
        connectsThatAreInvented(gateway, 500, false);

        assertThat(gateway.census().active()).isEqualTo(50);
        live.publish(topicId, "undisturbed");
        live.receives("undisturbed");
        live.connect();
        live.connectClean();
        live.disconnect();
        connectsThatAreInvented(gateway, 500, false);
        assertThat(gateway.census().active()).isEqualTo(50);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_CONGESTION)).isEqualTo(451 + 450);
    }

    @Test
    @Requirement({"G-ROB-02", "G-WILL-03"})
    void halfOpenConnections_doNotKeepClientsOutThatHaveASession() {
        TestGateway gateway = gatewayWith(MANY_SESSIONS, 100_000, 100_000);
        Sensor known = Sensor.connected(gateway, 1, "known");
        connectsThatAreInvented(gateway, 10_000, true);
        Sensor stranger = Sensor.at(gateway, 2, "stranger");

        stranger.peer().send(stranger.connectPacket(true, true));
        stranger.hears(CONGESTION);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_CONGESTION)).isEqualTo(1);
        known.connectWithWill(false, "will/topic", "gone");
        stranger.connectClean();
        assertThat(gateway.census().active()).isEqualTo(2);

        gateway.advance(Duration.ofSeconds(41));
        stranger.connectWithWill(true, "will/topic", "gone");
    }

    @Test
    void promptingsThatAreDone_takeUpNoRoom() {
        TestGateway gateway = gatewayWith(MANY_SESSIONS, 100_000, 100_000);
        for (int i = 0; i < 10_001; i++) {
            String host = "10.1." + i;
            send(gateway, host, i, connect(true, "client-" + i));
            send(gateway, host, i, new WillTopic(Qos.AT_MOST_ONCE, false, "a/b"));
            send(gateway, host, i, new WillMsg(Octets.EMPTY));
        }

        assertThat(gateway.census().active()).isEqualTo(10_001);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sessionsThatEnd_makeRoomForOthers(boolean orderly) {
        TestGateway gateway = gatewayWith(1, 1_000, 1_000);
        for (int i = 0; i < 10; i++) {
            Sensor device = Sensor.at(gateway, i, "client-" + i);
            device.peer().send(device.connectPacket(false, true));
            device.hears(ACCEPTED);
            if (orderly) {
                device.disconnect();
            } else {
                gateway.advance(Duration.ofSeconds(91));
            }
        }

        assertThat(gateway.count(Count.CONNECTS_REFUSED_CONGESTION)).isZero();
    }
}
