package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.dialect.v12.IngressCount;
import io.causeway.harness.TestAddress;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients behind forwarders (1.2 §5.5). */
class ForwarderTest {
    private final TestGateway gateway = new TestGateway();
    private final TestPeer forwarder = gateway.peer("10.0.0.1", 1883);

    private static String envelope(String nodeId, String packet) {
        return "%02x".formatted(3 + nodeId.length() / 2) + "fe" + "00" + nodeId + packet;
    }

    /** Sends a packet from a node, in an envelope. */
    private void forward(String nodeId, Packet packet) {
        forwarder.send(new Encapsulated(0, Octets.ofHex(nodeId), PacketCodec.encode(packet)));
    }

    private void hears(String nodeId, String packet) {
        assertThat(forwarder.nextHex()).isEqualTo(envelope(nodeId, packet));
    }

    private void heardNothing() {
        assertThat(forwarder.heardNothing()).isTrue();
    }

    private void connects(String nodeId, String clientId) {
        forward(nodeId, new Connect(false, false, 1, 60, clientId));
        hears(nodeId, "030500");
    }

    @Test
    @Requirement("G-FWD-01")
    void clientBehindAForwarder_isAnsweredInAnEnvelopeForItsNode() {
        forwarder.sendHex("05 fe 00 0a0b" + "0c 04 04 01 003c 73656e736f72");

        assertThat(forwarder.nextHex()).isEqualTo("05fe000a0b" + "030500");
        heardNothing();
        assertThat(gateway.count(IngressCount.FORWARDED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-FWD-01")
    void clientBehindAForwarder_isServedInFull() {
        connects("0a0b", "sensor");

        forwarder.sendHex(envelope("0a0b", "08 12 20 0001 612f62".replace(" ", "")));
        hears("0a0b", "0813200001000100");
        forwarder.sendHex(envelope("0a0b", "0b 0c 20 0001 0002 6d696e65".replace(" ", "")));
        hears("0a0b", "070d0001000200");
        hears("0a0b", "0b0c20000100016d696e65");
        forwarder.sendHex(envelope("0a0b", "0218"));
        hears("0a0b", "0218");

        heardNothing();
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("a/b");
    }

    @Test
    @Requirement("G-FWD-01")
    void clientBehindAForwarder_isServedThereAfterARestart() {
        connects("0a0b", "sensor");
        forwarder.sendHex(envelope("0a0b", "08 12 20 0001 612f62".replace(" ", "")));
        hears("0a0b", "0813200001000100");

        TestGateway after = gateway.restarted();
        TestPeer sameForwarder = after.peer(forwarder.address());
        sameForwarder.sendHex(envelope("0a0b", "0b 0c 20 0001 0002 6d696e65".replace(" ", "")));

        assertThat(sameForwarder.nextHex()).isEqualTo(envelope("0a0b", "070d0001000200"));
        assertThat(sameForwarder.nextHex()).isEqualTo(envelope("0a0b", "0b0c20000101016d696e65"));
    }

    @Test
    @Requirement("G-FWD-02")
    void nodesBehindOneForwarder_areDifferentClients() {
        connects("0a", "first");
        connects("0b", "second");
        assertThat(gateway.census().active()).isEqualTo(2);

        forwarder.sendHex(envelope("0a", "0218"));
        hears("0a", "0218");

        forwarder.sendHex(envelope("0a", "0216"));
        hears("0a", "0218");
        forwarder.sendHex(envelope("0b", "0216"));
        hears("0b", "0217");
    }

    @Test
    @Requirement("G-FWD-02")
    void forwarderItself_isAnotherClientThanItsNodes() {
        connects("0a", "node");
        Sensor itself = new Sensor(forwarder, "forwarder");
        itself.isUnknown();

        itself.connect();
        itself.isConnected();

        forwarder.sendHex(envelope("0a", "0216"));
        hears("0a", "0217");
    }

    @Test
    @Requirement("G-FWD-02")
    void sameNodeIdBehindAnotherForwarder_isAnotherNode() {
        connects("0a", "sensor");
        TestPeer otherForwarder = gateway.peer("10.0.0.2", 1883);

        otherForwarder.sendHex(envelope("0a", "0216"));

        assertThat(otherForwarder.nextHex()).isEqualTo(envelope("0a", "0218"));
        heardNothing();
    }

    @Test
    @Requirement("G-CONN-07")
    void clientThatRoamsToAnotherForwarder_takesItsSessionAlong() {
        connects("0a", "sensor");
        TestPeer otherForwarder = gateway.peer("10.0.0.2", 1883);

        otherForwarder.send(new Encapsulated(
                0, Octets.ofHex("0c0d"), PacketCodec.encode(new Connect(false, false, 1, 60, "sensor"))));

        assertThat(otherForwarder.nextHex()).isEqualTo(envelope("0c0d", "030500"));
        hears("0a", "0218");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 16, 252})
    @Requirement("G-FWD-03")
    void nodeIdOfAnyLength_isReturnedUnchanged(int octets) {
        String nodeId = "f0".repeat(octets);

        connects(nodeId, "sensor");

        forwarder.sendHex(envelope(nodeId, "0216"));
        hears(nodeId, "0217");
    }

    @Test
    @Requirement("G-FWD-03")
    void nodeIdThatBeginsAnother_isAnotherNode() {
        connects("0a", "short");
        connects("0a00", "long");
        connects("", "empty");

        assertThat(gateway.census().active()).isEqualTo(3);
    }

    @Test
    @Requirement("G-FWD-04")
    void sleeperBehindAForwarder_isWokenThere() {
        Sensor publisher = Sensor.connected(gateway, 2, "publisher");
        int topic = publisher.register("a/b");
        connects("0a0b", "sensor");
        forwarder.sendHex(envelope("0a0b", "0812200001" + "612f62"));
        hears("0a0b", "0813200001000100");
        forwarder.sendHex(envelope("0a0b", "0418003c"));
        hears("0a0b", "0218");
        publisher.publish(topic, "waits");
        heardNothing();

        forwarder.sendHex(envelope("0a0b", "0816" + "73656e736f72"));
        hears("0a0b", "0c0c2000010001" + "7761697473");
        forwarder.sendHex(envelope("0a0b", "070d0001000100"));

        hears("0a0b", "0217");
        assertThat(gateway.census().asleep()).isEqualTo(1);
    }

    @Test
    @Requirement({"G-FWD-04", "G-SLEEP-14"})
    void sleeperThatWakesBehindAnotherForwarder_isRecognised() {
        connects("0a0b", "sensor");
        forwarder.sendHex(envelope("0a0b", "0418003c"));
        hears("0a0b", "0218");
        TestPeer otherForwarder = gateway.peer("10.0.0.2", 1883);

        otherForwarder.sendHex(envelope("0c", "0816" + "73656e736f72"));

        assertThat(otherForwarder.nextHex()).isEqualTo(envelope("0c", "0217"));
        assertThat(gateway.count(Count.SLEEPERS_MOVED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-FWD-05")
    void messageAtQosMinusOneBehindAForwarder_isPublishedAndNotAnswered() {
        forwarder.sendHex(envelope("0a0b", "0b0c6261620000" + "64617461"));

        heardNothing();
        assertThat(gateway.count(Count.SESSIONLESS_IN)).isEqualTo(1);
        assertThat(gateway.upstream().published())
                .containsExactly(
                        new ApplicationMessage("ab", Octets.utf8("data"), io.causeway.routing.Qos.AT_MOST_ONCE, false));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "02fe0216", // no Ctrl
                "03fe00", // no message
                "05fe000a0b", // no message behind the node id
                "05fe000a", // node id cut short
                "05fe000a0b0c", // half a message
                "05fe000a0b0516", // a message that is longer than what is there
                "05fe000a0b05fe000a0b0216", // an envelope in an envelope
                "05fe000a0b0203", // a reserved type
                "0001fe000a0b0216", // no length
                "05fe000a0b0316" // trailing length lie
            })
    @Requirement("G-FWD-06")
    void brokenEncapsulation_doesNoHarm(String datagram) {
        connects("0a0b", "sensor");

        forwarder.sendHex(datagram);

        heardNothing();
        assertThat(gateway.count(IngressCount.MALFORMED)).isEqualTo(1);
        forwarder.sendHex(envelope("0a0b", "0216"));
        hears("0a0b", "0217");
    }

    @Test
    @Requirement("G-FWD-06")
    void malformedPacketInAnEnvelope_isAnsweredInAnEnvelope() {
        connects("0a0b", "sensor");

        forwarder.sendHex(envelope("0a0b", "0712030007" + "6162"));

        hears("0a0b", "0813000000000703");
    }

    @Test
    @Requirement({"G-DISC-01", "G-DISC-03"})
    void searchBehindAForwarder_isAnsweredThroughItWithTheSameRadius() {
        forwarder.sendHex(envelope("0a0b", "030102"));

        assertThat(forwarder.nextHex()).isEqualTo("05fe" + "02" + "0a0b" + "030201");
        assertThat(gateway.broadcasts()).isEmpty();
        heardNothing();
    }

    @Test
    @Requirement({"G-FWD-06", "W-LEN-05"})
    void deliveryThatFitsTheLinkButNotWithItsEnvelope_isDropped() {
        Sensor publisher = Sensor.connected(gateway, 2, "publisher");
        TestPeer small = gateway.peer(new TestAddress("10.0.0.3", 3, 40));
        small.send(new Encapsulated(
                0, Octets.ofHex("0a0b"), PacketCodec.encode(new Connect(false, false, 1, 60, "sensor"))));
        small.sendHex(envelope("0a0b", "0812200001612f62"));
        assertThat(small.all()).hasSize(2);
        int topic = publisher.register("a/b");

        publisher.publish(topic, "x".repeat(40 - 5 - 7 + 1));
        assertThat(small.heardNothing()).isTrue();
        publisher.publish(topic, "x".repeat(40 - 5 - 7));

        assertThat(small.nextHex()).hasSize(2 * 40);
        assertThat(gateway.count(Count.DROPPED_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void clientBehindAForwarder_isLostLikeAnyOther() {
        connects("0a0b", "sensor");

        gateway.advance(Duration.ofSeconds(91));

        assertThat(gateway.census().active()).isZero();
        assertThat(forwarder.nextHex()).as("asked before").isEqualTo(envelope("0a0b", "0216"));
    }
}
