package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillMsgResp;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.codec.v12.WillTopicResp;
import io.causeway.dialect.v12.IngressCount;
import io.causeway.harness.TestAddress;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.session.NetworkIdentity;
import io.causeway.testkit.Requirement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway does with lengths, types, flags and ids (1.2 §5), in octets. */
class WireTest {
    private final TestGateway gateway = new TestGateway();
    private final Sensor device = Sensor.connected(gateway, 1, "sensor");
    private final TestPeer peer = device.peer();

    @Test
    @Requirement("W-LEN-02")
    void longFormOfALength_isUnderstoodForSmallPackets() {
        peer.sendHex("01 0004 16");

        assertThat(peer.nextHex()).isEqualTo("0217");
    }

    @ParameterizedTest
    @CsvSource({"247, fe0c, 254", "248, ff0c, 255", "249, 0101020c, 258", "250, 0101030c, 259"})
    @Requirement({"W-LEN-01", "W-FMT-01"})
    void deliveryAroundTheBoundary_hasTheShortFormUpTo255Octets(int dataOctets, String header, int datagramOctets) {
        int topicId = device.subscribe("a/b", Qos.AT_MOST_ONCE);

        device.publish(topicId, "x".repeat(dataOctets));

        assertThat(peer.nextHex()).startsWith(header).hasSize(2 * datagramOctets);
    }

    @ParameterizedTest
    @ValueSource(ints = {247, 248, 249, 250, 251})
    @Requirement("W-LEN-01")
    void packetsAroundTheBoundary_areUnderstood(int dataOctets) {
        int topicId = device.register("a/b");

        device.publish(topicId, "x".repeat(dataOctets));

        assertThat(gateway.upstream().published())
                .singleElement()
                .satisfies(each -> assertThat(each.payload().length()).isEqualTo(dataOctets));
    }

    @Test
    @Requirement("W-LEN-03")
    void datagramLongerThanItsLength_isReadToItsLengthAndCounted() {
        int topicId = device.register("a/b");
        assertThat(topicId).isEqualTo(1);

        peer.sendHex("09 0c 20 0001 0007 6162 ffff00");

        assertThat(peer.nextHex()).isEqualTo("070d0001000700");
        assertThat(gateway.upstream().published())
                .singleElement()
                .satisfies(each -> assertThat(each.payload()).isEqualTo(Octets.utf8("ab")));
        assertThat(gateway.count(IngressCount.TRAILING_OCTETS)).isEqualTo(1);
    }

    @Test
    @Requirement("W-LEN-03")
    void datagramLongerThanItsLength_isDroppedWhereTheSpecificationIsTakenStrictly() {
        TestGateway strict = new TestGateway(Options.DEFAULTS.with(Leniency.STRICT));
        Sensor strictly = Sensor.connected(strict, 1, "sensor");

        strictly.peer().sendHex("02 16 00");

        strictly.hearsNothing();
        assertThat(strict.count(IngressCount.MALFORMED)).isEqualTo(1);
        assertThat(strict.count(IngressCount.TRAILING_OCTETS)).isZero();
    }

    @Test
    @Requirement({"W-LEN-03", "W-LEN-04"})
    void datagramShorterThanItsLength_isDroppedAndTheNextIsNoContinuation() {
        peer.sendHex("03 16");
        peer.sendHex("61");

        device.hearsNothing();
        assertThat(gateway.count(IngressCount.MALFORMED)).isEqualTo(2);
        device.isConnected();
    }

    @Test
    @Requirement("W-LEN-04")
    void secondPacketInADatagram_isNotProcessed() {
        peer.sendHex("02 16" + "02 16");

        assertThat(peer.nextHex()).isEqualTo("0217");
        device.hearsNothing();
    }

    @Test
    @Requirement("W-LEN-05")
    void packetLargerThanTheLink_isDroppedCountedAndTheNextDelivered() {
        TestPeer narrow = gateway.peer(new TestAddress("10.0.0.2", 2, 60));
        Sensor small = new Sensor(narrow, "small");
        small.connect();
        small.subscribe("a/+", Qos.AT_LEAST_ONCE);
        int topic = device.register("a/b");
        int longName = device.register("a/" + "c".repeat(53));

        device.publish(longName, "its REGISTER has 61 octets");
        device.publish(topic, "x".repeat(54));
        device.publish(topic, "x".repeat(53));
        device.publish(topic, "fits");

        small.receives("x".repeat(53));
        small.receives("fits");
        small.hearsNothing();
        assertThat(gateway.count(Count.DROPPED_TOO_LARGE)).isEqualTo(2);
    }

    /** A link that carries anything, such as one that is no datagram network. */
    private record Boundless(String name) implements NetworkIdentity {
        @Override
        public Object admissionKey() {
            return name;
        }

        @Override
        public int largestPacketOctets() {
            return Integer.MAX_VALUE;
        }
    }

    @Test
    @Requirement("W-LEN-05")
    void packetLargerThanLengthCanTell_isDroppedOnAnyLink() {
        Sensor wide = new Sensor(gateway.peer(new Boundless("wide")), "wide");
        wide.connect();
        wide.subscribe("a/b", Qos.AT_MOST_ONCE);

        gateway.router().route(message("x".repeat(65_535 - 8)), () -> {});
        gateway.router().route(message("x".repeat(65_535 - 9)), () -> {});
        gateway.settle();

        wide.receives("x".repeat(65_535 - 9));
        wide.isConnected();
        assertThat(gateway.count(Count.DROPPED_TOO_LARGE)).isEqualTo(1);
        assertThat(gateway.count(Count.SESSIONS_FAILED)).isZero();
    }

    private static ApplicationMessage message(String payload) {
        return new ApplicationMessage("a/b", Octets.utf8(payload), io.causeway.routing.Qos.AT_MOST_ONCE, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02 03", "02 11", "02 19", "02 1e", "02 80", "02 fd", "02 ff", "05 03 000102"})
    @Requirement("W-TYPE-02")
    void reservedType_isIgnoredAndCounted(String datagram) {
        peer.sendHex(datagram);
        gateway.peer("10.0.0.9", 9).sendHex(datagram);

        device.hearsNothing();
        assertThat(gateway.count(IngressCount.MALFORMED)).isEqualTo(2);
        device.isConnected();
    }

    static Stream<Packet> whatOnlyGatewaysSend() {
        return Stream.of(
                new ConnAck(ReturnCode.ACCEPTED),
                new WillTopicReq(),
                new WillMsgReq(),
                new SubAck(Qos.AT_MOST_ONCE, 1, 1, ReturnCode.ACCEPTED),
                new UnsubAck(1),
                new WillTopicResp(ReturnCode.ACCEPTED),
                new WillMsgResp(ReturnCode.ACCEPTED));
    }

    @ParameterizedTest
    @MethodSource("whatOnlyGatewaysSend")
    @Requirement("W-TYPE-03")
    void packetInTheWrongDirection_isCountedAndDoesNoHarm(Packet packet) {
        int topicId = device.subscribe("a/b", Qos.AT_MOST_ONCE);

        peer.send(packet);
        device.hearsNothing();

        assertThat(gateway.count(Count.PACKETS_OUT_OF_PLACE)).isEqualTo(1);
        device.publish(topicId, "still there");
        device.receives("still there");
    }

    @Test
    @Requirement("W-TYPE-03")
    void announcementsFromAClient_doNoHarm() {
        peer.send(new Advertise(9, 900));
        peer.send(new Encapsulated(0, Octets.ofHex("0a"), PacketCodec.encode(new Advertise(9, 900))));

        device.hearsNothing();
        assertThat(gateway.count(IngressCount.OTHER_GATEWAYS)).isEqualTo(2);
        device.isConnected();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SUBSCRIBE with Retain Will CleanSession and DUP, 08 12 9c 0007 612f62, 08 13 00 0001 0007 00",
        "UNSUBSCRIBE with QoS,                            08 14 20 0007 612f62, 04 15 0007",
        "CONNECT with DUP QoS Retain and TopicIdType,     0c 04 f3 01 003c 73656e736f72, 03 05 00",
        "PUBLISH with Will and CleanSession,              09 0c 2e 6162 0007 6162, 07 0d 6162 0007 00"
    })
    @Requirement("W-FLAG-01")
    void flagsThatDoNotMatter_areIgnoredAndNotSent(String unused, String request, String answer) {
        peer.sendHex(request);

        assertThat(peer.nextHex()).isEqualTo(answer.replace(" ", ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "REGISTER,            09 0a 0000 abcd 612f62,    07 0b 0001 abcd 00",
        "REGISTER refused,    09 0a 0000 abcd 612f2b,    07 0b 0000 abcd 03",
        "REGISTER with 0,     09 0a 0000 0000 612f62,    07 0b 0001 0000 00",
        "SUBSCRIBE,           08 12 20 abcd 612f62,      08 13 20 0001 abcd 00",
        "SUBSCRIBE refused,   07 12 21 abcd 0001,        08 13 00 0000 abcd 02",
        "SUBSCRIBE with 0,    08 12 20 0000 612f62,      08 13 20 0001 0000 00",
        "UNSUBSCRIBE,         08 14 00 abcd 612f62,      04 15 abcd",
        "PUBLISH at QoS 1,    09 0c 22 6162 abcd 3132,   07 0d 6162 abcd 00",
        "PUBLISH at QoS 2,    09 0c 42 6162 abcd 3132,   04 0f abcd",
        "PUBREL,              04 10 abcd,                04 0e abcd",
        "PUBLISH refused,     09 0c 20 0077 abcd 3132,   07 0d 0077 abcd 02",
        "PUBLISH at QoS 0,    09 0c 00 0077 abcd 3132,   07 0d 0077 abcd 02"
    })
    @Requirement({"W-FMT-02", "W-FMT-03"})
    void reply_carriesTheMsgIdOfItsRequestAndTheTopicIdOfItsPublish(String unused, String request, String reply) {
        peer.sendHex(request);

        assertThat(peer.nextHex()).isEqualTo(reply.replace(" ", ""));
        device.hearsNothing();
    }

    @Test
    @Requirement("W-FMT-05")
    void deliveryAtQos0_hasMsgIdZeroWhateverCameIn() {
        peer.sendHex("07 12 02 0001 6162");
        assertThat(peer.nextHex()).isEqualTo("0813006162000100");

        peer.sendHex("09 0c 02 6162 abcd 3132");

        assertThat(peer.nextHex()).isEqualTo("090c02616200003132");
    }

    /** A peer, and the socket of ours that it talks to. */
    private record Endpoints(String socket, String remote) implements NetworkIdentity {
        @Override
        public Object admissionKey() {
            return remote;
        }

        @Override
        public int largestPacketOctets() {
            return 1_400;
        }
    }

    @Test
    @Requirement("W-FMT-04")
    void replies_leaveFromTheEndpointThatWasAsked() {
        TestPeer throughFirst = gateway.peer(new Endpoints("192.0.2.1:1883", "10.0.0.7:7"));
        TestPeer throughSecond = gateway.peer(new Endpoints("192.0.2.2:1883", "10.0.0.7:7"));

        Sensor first = new Sensor(throughFirst, "first");
        first.connect();
        first.subscribe("a/b", Qos.AT_MOST_ONCE);
        throughSecond.sendHex("03 01 00");
        throughSecond.sendHex("02 16");

        assertThat(throughSecond.nextHex()).isEqualTo("030201");
        assertThat(throughSecond.nextHex()).as("not connected through this one").isEqualTo("0218");
        device.publish(device.register("a/b"), "to the first");
        first.receives("to the first");
        assertThat(throughSecond.heardNothing()).isTrue();
    }
}
