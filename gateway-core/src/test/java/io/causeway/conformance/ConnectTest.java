package io.causeway.conformance;

import io.causeway.access.Authorizer;
import io.causeway.access.ClientPattern;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.harness.TestPeer;
import io.causeway.session.AdmissionSettings;
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

/** From CONNECT to CONNACK, without a will (1.2 §6.2). */
class ConnectTest {
    private static final ConnAck ACCEPTED = new ConnAck(ReturnCode.ACCEPTED);
    private static final ConnAck CONGESTION = new ConnAck(ReturnCode.CONGESTION);
    private static final ConnAck NOT_SUPPORTED = new ConnAck(ReturnCode.NOT_SUPPORTED);

    private final TestGateway gateway = new TestGateway();
    private final TestPeer stranger = gateway.peer("10.0.0.9", 9000);

    @Test
    @Requirement("G-CONN-01")
    void connectWithoutWill_isAcceptedAtOnce() {
        stranger.sendHex("0c 04 04 01 003c 73656e736f72");

        assertThat(stranger.nextHex()).isEqualTo("030500");
        assertThat(stranger.heardNothing()).isTrue();
        assertThat(gateway.census().active()).isEqualTo(1);
        assertThat(gateway.count(Count.CONNECTS_ACCEPTED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-CONN-02")
    void repeatedConnect_isAnsweredAgainAndTheSessionStaysUsable(boolean cleanSession) {
        Sensor device = Sensor.at(gateway, 1, "sensor");
        Connect connect = device.connectPacket(false, cleanSession);
        device.peer().send(connect);
        int topicId = subscribedAfter(device);

        device.peer().send(connect);
        device.hears(ACCEPTED);

        device.publish(topicId, "mine");
        device.receives("mine");
        assertThat(gateway.census().active()).isEqualTo(1);
    }

    private static int subscribedAfter(Sensor device) {
        device.hears(ACCEPTED);
        return device.subscribe("a/b", Qos.AT_LEAST_ONCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    @Requirement("G-CONN-03")
    void otherProtocol_isRefusedAsNotSupported(int protocolId) {
        stranger.send(new Connect(false, true, protocolId, 60, "sensor"));

        assertThat(stranger.all()).containsExactly(NOT_SUPPORTED);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_PROTOCOL)).isEqualTo(1);
        assertThat(gateway.census().active()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "sensor 01", "0123456789ABCDEFGHIJKLM", "a/b", "+", "sensör", "测"})
    @Requirement("G-CONN-04")
    void clientIdOf1To23Characters_isAccepted(String clientId) {
        Sensor device = Sensor.connected(gateway, 1, clientId);

        device.publish(device.register("a/b"), "usable");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 64, 256})
    @Requirement("G-CONN-05")
    void longerClientId_isAcceptedAndToldFromOthers(int octets) {
        String common = "x".repeat(octets - 1);

        Sensor.connected(gateway, 1, common + "1").isConnected();
        Sensor.connected(gateway, 2, common + "2").isConnected();

        assertThat(gateway.census().active()).isEqualTo(2);
    }

    @Test
    @Requirement("G-CONN-05")
    void clientIdOfTooManyOctets_isRefused() {
        stranger.send(new Connect(false, true, 1, 60, "x".repeat(257)));
        stranger.send(new Connect(false, true, 1, 60, "€".repeat(86)));

        assertThat(stranger.all()).containsExactly(NOT_SUPPORTED, NOT_SUPPORTED);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_CLIENT_ID)).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "06 04 04 01 003c", // empty
                "08 04 04 01 003c 6100", // trailing NUL: stripped, see below; here as the only octet
                "08 04 04 01 003c c328", // not UTF-8
                "09 04 04 01 003c 610062" // NUL within
            })
    @Requirement("G-CONN-05")
    void clientIdOfOddOctets_isAnsweredAndDoesNoHarm(String connect) {
        stranger.sendHex(connect);

        assertThat(stranger.all()).singleElement().isInstanceOf(ConnAck.class);
        Sensor.connected(gateway, 1, "next").isConnected();
    }

    @Test
    @Requirement("G-CONN-05")
    void clientIdEndingInNuls_isTheSameWithoutThem() {
        Sensor device = Sensor.connected(gateway, 1, "sensor");
        stranger.sendHex("0e 04 00 01 003c 73656e736f72 0000");

        assertThat(stranger.all()).containsExactly(ACCEPTED);
        device.hears(Disconnect.plain());
        assertThat(gateway.count(Count.TAKEOVERS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0"})
    @Requirement("G-CONN-05")
    void noClientId_isRefused(String ending) {
        stranger.sendHex(ending.isEmpty() ? "06 04 04 01 003c" : "07 04 04 01 003c 00");

        assertThat(stranger.all()).containsExactly(NOT_SUPPORTED);
        assertThat(gateway.census().active()).isZero();
    }

    @Test
    @Requirement("G-CONN-06")
    void clients_areIndependentOfEachOther() {
        Sensor first = Sensor.connected(gateway, 1, "first");
        Sensor second = Sensor.connected(gateway, 2, "second");
        int firstTopic = first.register("topic/of/first");
        int secondTopic = second.register("topic/of/second");
        assertThat(secondTopic).as("ids are the client's own").isEqualTo(firstTopic);

        second.disconnect();

        first.publish(firstTopic, "hello");
        assertThat(gateway.upstream().published())
                .singleElement()
                .satisfies(each -> assertThat(each.topic()).isEqualTo("topic/of/first"));
    }

    @Test
    @Requirement("G-CONN-10")
    void durationZero_isNeverSupervised() {
        stranger.send(new Connect(false, true, 1, 0, "sensor"));
        assertThat(stranger.all()).containsExactly(ACCEPTED);

        gateway.advance(Duration.ofHours(3));

        assertThat(gateway.census().active()).isEqualTo(1);
        assertThat(stranger.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-CONN-11")
    void noBroker_isCongestion() {
        gateway.upstream().setAvailable(false);

        stranger.send(new Connect(false, true, 1, 60, "sensor"));

        assertThat(stranger.all()).containsExactly(CONGESTION);
        assertThat(gateway.count(Count.CONNECTS_REFUSED_CONGESTION)).isEqualTo(1);
    }

    @Test
    @Requirement("G-CONN-11")
    void oneSessionTooMany_isCongestionUntilThereIsRoom() {
        TestGateway small = new TestGateway(Options.DEFAULTS.with(new AdmissionSettings(2, 1_000, 1_000)));
        Sensor first = Sensor.at(small, 1, "first");
        first.connectClean();
        Sensor.connected(small, 2, "second");
        Sensor third = Sensor.at(small, 3, "third");

        third.peer().send(third.connectPacket(false, true));
        third.hears(CONGESTION);
        first.connectClean();

        first.disconnect();
        third.connect();
    }

    @Test
    @Requirement("G-CONN-12")
    void lateCopyOfACleanConnect_doesNotWipeTheSessionItOpened() {
        Sensor device = Sensor.at(gateway, 1, "sensor");
        device.connectClean();
        int topicId = device.subscribe("a/b", Qos.AT_LEAST_ONCE);

        gateway.advance(Duration.ofSeconds(39));
        device.connectClean();

        device.publish(topicId, "kept");
        device.receives("kept");
        assertThat(gateway.count(Count.CONNECTS_REPEATED)).isEqualTo(1);
    }

    @Test
    void lateCopy_isASignOfLife() {
        Sensor device = Sensor.at(gateway, 1, "sensor");
        device.connectClean();
        gateway.advance(Duration.ofSeconds(35));
        device.connectClean();

        gateway.advance(Duration.ofSeconds(89));

        assertThat(gateway.census().active()).isEqualTo(1);
    }

    @Test
    @Requirement("G-CS-01")
    void sameCleanConnectLongAfter_isAClientThatBeginsAnew() {
        Sensor device = Sensor.at(gateway, 1, "sensor");
        device.connectClean();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);

        gateway.advance(Duration.ofSeconds(40));
        device.connectClean();

        device.publish(device.register("a/b"), "nobody's");
        device.hearsNothing();
        assertThat(gateway.count(Count.CONNECTS_REPEATED)).isZero();
    }

    @Test
    @Requirement("G-CS-01")
    void otherCleanConnectAtOnce_isAClientThatBeginsAnew() {
        Sensor device = Sensor.at(gateway, 1, "sensor");
        device.connectClean();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);

        device.peer().send(new Connect(false, true, 1, Sensor.KEEP_ALIVE_SECONDS + 1, "sensor"));
        device.hears(ACCEPTED);

        device.publish(device.register("a/b"), "nobody's");
        device.hearsNothing();
    }

    @Test
    void cleanConnectAtOnceAfterDisconnect_isNoLateCopy() {
        Sensor device = Sensor.at(gateway, 1, "sensor");
        device.connectClean();
        device.disconnect();

        device.connectClean();

        assertThat(gateway.count(Count.CONNECTS_ACCEPTED)).isEqualTo(2);
        device.isConnected();
    }

    @Test
    @Requirement("G-CONN-11")
    void clientThatIsNotAllowed_isRefused() {
        ClientPolicy onlyPumps =
                new ClientPolicy(List.of(new ClientPattern("pump-*")), PredefinedTopics.none(), Authorizer.OPEN);
        TestGateway closed = new TestGateway(Options.DEFAULTS.with(onlyPumps));
        Sensor sensor = Sensor.at(closed, 1, "sensor");

        sensor.peer().send(sensor.connectPacket(false, true));
        sensor.hears(NOT_SUPPORTED);
        Sensor.connected(closed, 2, "pump-7").isConnected();

        closed.usePolicy(ClientPolicy.OPEN);
        sensor.connect();
    }

    @Test
    void clientNoLongerAllowed_staysUntilItConnectsAgain() {
        Sensor sensor = Sensor.connected(gateway, 1, "sensor");

        gateway.usePolicy(new ClientPolicy(List.of(), PredefinedTopics.none(), Authorizer.OPEN));

        sensor.isConnected();
        sensor.peer().send(sensor.connectPacket(false, false));
        sensor.hears(NOT_SUPPORTED);
        sensor.isConnected();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a+", "#"})
    void clientIdThatWouldBecomePartOfATopic_isRefusedWhereOneNamesTheClient(String clientId) {
        PredefinedTopics.Entry perClient =
                new PredefinedTopics.Entry(2, "plant/{client}/state", new ClientPattern("*"));
        ClientPolicy policy = new ClientPolicy(
                List.of(new ClientPattern("*")), new PredefinedTopics(List.of(perClient)), Authorizer.OPEN);
        TestGateway withTopics = new TestGateway(Options.DEFAULTS.with(policy));
        Sensor device = Sensor.at(withTopics, 1, clientId);

        device.peer().send(device.connectPacket(false, true));

        device.hears(NOT_SUPPORTED);
    }
}
