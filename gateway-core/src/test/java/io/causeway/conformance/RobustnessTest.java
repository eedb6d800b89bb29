package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillTopic;
import io.causeway.dialect.v12.IngressCount;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.harness.TestPeer;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Senseless input: answered as the specification says or dropped and counted, and nobody's loss. */
class RobustnessTest {
    private final TestGateway gateway = new TestGateway();
    private final Sensor bystander = Sensor.connected(gateway, 1, "bystander");
    private final TestPeer stranger = gateway.peer("10.0.0.9", 9);

    @Test
    @Requirement("G-ROB-05")
    void emptyDatagram_isCountedAndIgnored() {
        stranger.sendHex("");
        bystander.peer().sendHex("");

        assertThat(stranger.heardNothing()).isTrue();
        bystander.hearsNothing();
        assertThat(gateway.count(IngressCount.DATAGRAMS)).as("with the CONNECT").isEqualTo(3);
        assertThat(gateway.count(IngressCount.EMPTY)).isEqualTo(2);
        assertThat(gateway.count(IngressCount.MALFORMED)).isZero();
        bystander.isConnected();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "not UTF-8,             09 0a 0000 0007 61c328,      07 0b 0000 0007 03",
        "NUL within,            09 0a 0000 0007 610062,      07 0b 0000 0007 03",
        "empty name,            06 0a 0000 0007,             07 0b 0000 0007 03",
        "wildcard,              09 0a 0000 0007 612f2b,      07 0b 0000 0007 03",
        "reserved TopicIdType,  07 12 03 0007 6162,          08 13 00 0000 0007 03",
        "filter not UTF-8,      08 12 00 0007 61c328,        08 13 00 0000 0007 03",
        "predefined too long,   08 12 01 0007 000001,        08 13 00 0000 0007 03",
        "short too long,        08 12 02 0007 616263,        08 13 00 0000 0007 03",
        "reserved TopicIdType,  08 0c 23 0005 0007 61,       07 0d 0005 0007 03",
        "filter not UTF-8,      08 14 00 0007 61c328,        04 15 0007"
    })
    @Requirement("G-ROB-01")
    void malformedRequestOfAClient_isRefusedOrAcknowledgedSoThatItDoesNotRepeat(
            String unused, String request, String answer) {
        bystander.peer().sendHex(request);

        assertThat(bystander.peer().nextHex()).isEqualTo(answer.replace(" ", ""));
        bystander.hearsNothing();
        bystander.isConnected();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "09 0a 0000 0007 61c328",
                "07 12 03 0007 6162",
                "08 0c 23 0005 0007 61",
                "08 14 00 0007 61c328",
                "03 1a 00"
            })
    @Requirement("G-ROB-01")
    void malformedRequestOfAStranger_isDroppedAndCounted(String request) {
        stranger.sendHex(request);

        assertThat(stranger.heardNothing()).isTrue();
        assertThat(gateway.count(IngressCount.MALFORMED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05", // half a header
                "0116", // half a long header
                "0216ff00", // see below: longer than its length, and right
                "0416", // longer than the datagram
                "00", // no length
                "0016", // a length that leaves out itself
                "0203", // a reserved type
                "06 04 04", // CONNECT cut short
                "0517000000", // PINGRESP with a body
                "05 0d 0001 00", // PUBACK cut short
                "07 0d 0001 0001 04", // a reserved return code
                "05 18 003c00", // DISCONNECT with half a duration too many
            })
    @Requirement("G-ROB-01")
    void malformedDatagramOfAClient_costsItNothing(String datagram) {
        bystander.peer().sendHex(datagram);

        bystander.peer().all();
        bystander.isConnected();
        stranger.sendHex(datagram);
        assertThat(gateway.census().active()).isEqualTo(1);
    }

    @Test
    @Requirement("G-ROB-01")
    void oversizedPacket_isServedLikeAnyOther() {
        int topicId = bystander.register("a/" + "b".repeat(60_000));

        bystander.publish(topicId, "c".repeat(65_000));

        assertThat(gateway.upstream().published())
                .singleElement()
                .satisfies(each -> assertThat(each.payload().length()).isEqualTo(65_000));
    }

    @ParameterizedTest(name = "{0} shards, seed {1}")
    @CsvSource({"1, 1", "1, 2", "4, 3", "4, 4"})
    @Requirement({"G-ROB-01", "G-ROB-06"})
    void randomOctetsOfEveryType_disturbNobodyElse(int shards, long seed) {
        TestGateway target = new TestGateway(Options.DEFAULTS.withShards(shards).withQosMinusOne(true, true));
        Sensor calm = Sensor.connected(target, 1, "calm");
        int topicId = calm.subscribe("calm/topic", Qos.AT_LEAST_ONCE);
        Sensor wild = Sensor.at(target, 2, "wild");
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 20_000; i++) {
            if (i % 50 == 0) {
                wild.peer().send(wild.connectPacket(i % 100 == 0, i % 200 == 0));
                target.advance(Duration.ofMillis(10));
            }
            byte[] datagram = new byte[2 + random.nextInt(12)];
            random.nextBytes(datagram);
            datagram[0] = (byte) (random.nextInt(20) == 0 ? random.nextInt(256) : datagram.length);
            datagram[1] = (byte) random.nextInt(0x20);
            target.receive(wild.peer().address(), Unpooled.wrappedBuffer(datagram));
            wild.peer().all();
        }

        assertThat(target.count(Count.SESSIONS_FAILED)).isZero();
        calm.publish(topicId, "undisturbed");
        calm.receives("undisturbed");
        calm.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-ROB-03")
    void acknowledgementsNobodyWaitsFor_doNoHarm(boolean asleep) {
        if (asleep) {
            bystander.sleep(60);
        }
        for (Packet packet : new Packet[] {
            new RegAck(1, 1, ReturnCode.ACCEPTED),
            new RegAck(1, 1, ReturnCode.INVALID_TOPIC_ID),
            new PubAck(1, 1, ReturnCode.ACCEPTED),
            new PubAck(1, 0, ReturnCode.INVALID_TOPIC_ID),
            new PubAck(1, 1, ReturnCode.CONGESTION),
            new PubAck(1, 1, ReturnCode.NOT_SUPPORTED),
            new PubRec(1),
            new PubComp(1),
            new PingResp(),
            new WillTopic(Qos.AT_MOST_ONCE, false, "a/b"),
            new WillMsg(Octets.EMPTY)
        }) {
            bystander.peer().send(packet);
            bystander.hearsNothing();
        }

        bystander.peer().send(new PubRel(1));
        bystander.hears(new PubComp(1));
        bystander.isConnected();
    }

    @Test
    @Requirement("G-ROB-03")
    void wrongKindOfAcknowledgement_settlesNothing() {
        bystander.subscribe("a/b", Qos.EXACTLY_ONCE);
        int topicId = bystander.register("a/b");
        Octets data = Octets.utf8("mine");
        bystander.peer().send(new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, topicId, 5, data));
        bystander.hears(new PubRec(5), new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, 1, 1, data));

        bystander.peer().send(new PubComp(1));
        bystander.peer().send(new PubAck(topicId, 1, ReturnCode.ACCEPTED));
        bystander.peer().send(new PubRec(2));
        bystander.hearsNothing();

        gateway.advance(Duration.ofSeconds(10).plusMillis(20));
        bystander.hears(new Publish(true, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, 1, 1, data));
    }

    @Test
    @Requirement("G-ROB-04")
    void msgIds_arePerClient() {
        Sensor other = Sensor.connected(gateway, 2, "other");
        int topicId = bystander.subscribe("a/b", Qos.AT_LEAST_ONCE);
        int otherTopicId = other.subscribe("a/b", Qos.AT_LEAST_ONCE);
        bystander.peer().send(Sensor.publishPacket(topicId, 5, "one"));
        other.peer().send(Sensor.publishPacket(otherTopicId, 5, "two"));

        assertThat(bystander.peer().next()).isEqualTo(new PubAck(topicId, 5, ReturnCode.ACCEPTED));
        assertThat(other.nextPublish().data()).isEqualTo(Octets.utf8("one"));
        other.hears(new PubAck(otherTopicId, 5, ReturnCode.ACCEPTED));
        bystander.receives("one");
        bystander.receives("two");
        other.hearsNothing();
    }

    @Test
    @Requirement("G-ROB-04")
    void acknowledgementOfAnotherClient_settlesNothing() {
        Sensor other = Sensor.connected(gateway, 2, "other");
        int topicId = bystander.subscribe("a/b", Qos.AT_LEAST_ONCE);
        bystander.publish(topicId, "one");
        int msgId = bystander.nextPublish().msgId();

        other.peer().send(new PubAck(topicId, msgId, ReturnCode.ACCEPTED));
        other.peer().send(Disconnect.plain());
        gateway.advance(Duration.ofSeconds(11));

        assertThat(bystander.nextPublish().dup()).isTrue();
    }

    @Test
    @Requirement("G-CONN-05")
    void malformedConnect_isRefusedAndLeavesTheSessionAtThatAddressAlone() {
        bystander.peer().sendHex("08 04 04 01 003c c328");

        bystander.hears(new ConnAck(ReturnCode.NOT_SUPPORTED));
        bystander.isConnected();
        assertThat(gateway.count(Count.CONNECTS_REFUSED_CLIENT_ID)).isEqualTo(1);
    }
}
