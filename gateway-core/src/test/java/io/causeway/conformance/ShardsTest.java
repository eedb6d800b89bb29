package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Several shards are one gateway: nobody outside can tell on which of them a client is. */
class ShardsTest {
    private static final int SHARDS = 4;

    private final TestGateway gateway = new TestGateway(Options.DEFAULTS.withShards(SHARDS));
    private final List<Sensor> devices = IntStream.range(0, SHARDS)
            .mapToObj(shard -> Sensor.at(gateway, 100 + shard, idOn(shard)))
            .toList();

    /** A client id that falls to the shard. */
    private static String idOn(int shard) {
        return idsOn(shard).findFirst().orElseThrow();
    }

    private static Stream<String> idsOn(int shard) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "sensor-" + i)
                .filter(id -> Math.floorMod(id.hashCode(), SHARDS) == shard);
    }

    @Test
    @Requirement({"G-CONN-01", "G-PUB-16"})
    void clientsOfAllShards_reachEachOther() {
        devices.forEach(Sensor::connect);
        devices.forEach(each -> each.subscribe("news", Qos.AT_LEAST_ONCE));

        for (int shard = 0; shard < SHARDS; shard++) {
            Sensor publisher = devices.get(shard);
            publisher.publish(publisher.register("news"), "from " + shard);
            for (Sensor each : devices) {
                each.receives("from " + shard);
            }
        }

        devices.forEach(Sensor::hearsNothing);
        devices.forEach(Sensor::disconnect);
        assertThat(gateway.census().active()).isZero();
    }

    @Test
    @Requirement("G-WILL-01")
    void promptedClients_areConnectedOnEveryShard() {
        devices.forEach(each -> each.connectWithWill(true, "will/topic", "gone"));
        devices.forEach(Sensor::isConnected);

        gateway.advance(Duration.ofSeconds(100));

        assertThat(gateway.upstream().published()).hasSize(SHARDS);
    }

    @Test
    @Requirement("G-DISCON-02")
    void repeatedDisconnect_isAnsweredOnEveryShard() {
        for (Sensor each : devices) {
            each.connect();
            each.disconnect();
            each.disconnect();
            each.disconnect();
        }
    }

    @Test
    @Requirement({"G-UNK-01", "G-DISCON-04"})
    void clientThatHasDisconnected_isAStrangerOnEveryShard() {
        for (Sensor each : devices) {
            each.connect();
            each.disconnect();
            each.isUnknown();
        }
    }

    @Test
    @Requirement("G-CONN-07")
    void takeover_worksOnEveryShard() {
        for (int shard = 0; shard < SHARDS; shard++) {
            Sensor before = devices.get(shard);
            Sensor after = Sensor.at(gateway, 200 + shard, idOn(shard));
            before.connect();
            int topicId = before.subscribe("a/b", Qos.AT_LEAST_ONCE);

            after.connect();
            before.hears(Disconnect.plain());

            after.publish(topicId, "mine");
            after.receives("mine");
            before.isUnknown();
            after.disconnect();
        }
    }

    @Test
    @Requirement({"G-CONN-09", "G-NAT-03"})
    void addressGivenToAClientOfAnotherShard_isThatClients() {
        TestPeer address = gateway.peer("10.0.0.5", 5);
        for (int shard = 0; shard < SHARDS; shard++) {
            Sensor device = new Sensor(address, idOn(shard));
            device.connect();
            device.subscribe("only/" + shard, Qos.AT_LEAST_ONCE);
        }
        Sensor last = new Sensor(address, idOn(SHARDS - 1));
        last.isConnected();
        assertThat(gateway.count(Count.ADDRESSES_REASSIGNED)).isEqualTo(SHARDS - 1);

        last.publish(last.register("only/0"), "for the first");
        last.hearsNothing();

        Sensor first = devices.get(0);
        first.connect();
        first.receives("for the first");
        last.isConnected();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Requirement("G-SLEEP-14")
    void pingWithId_isForTheShardOfTheId(int shard) {
        Sensor sleeper = devices.get(shard);
        sleeper.connect();
        int topicId = sleeper.subscribe("a/b", Qos.AT_LEAST_ONCE);
        sleeper.sleep(60);
        sleeper.peer().send(Sensor.publishPacket(topicId, 9, "waits"));
        sleeper.hears(new PubAck(topicId, 9, ReturnCode.ACCEPTED));
        TestPeer elsewhere = gateway.peer("10.0.0.6", 6);
        new Sensor(elsewhere, idOn((shard + 1) % SHARDS)).connect();

        Sensor moved = new Sensor(elsewhere, idOn(shard));
        moved.pingWithId();

        moved.receives("waits");
        moved.hears(new PingResp());
        sleeper.isUnknown();
        assertThat(gateway.count(Count.ADDRESSES_REASSIGNED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-SLEEP-15")
    void pingWithAnUnknownId_isAnsweredByDisconnectOnEveryShard() {
        for (Sensor each : devices) {
            each.pingWithId();
            each.hears(Disconnect.plain());
        }
    }

    @Test
    void promptingAtAnAddressOfAnotherShardsClient_isForTheNewClient() {
        TestPeer address = gateway.peer("10.0.0.5", 5);
        Sensor former = new Sensor(address, idOn(1));
        former.connectWithWill(false, "will/of/former", "gone");

        new Sensor(address, idOn(2)).connectWithWill(false, "will/of/next", "gone");
        gateway.advance(Duration.ofSeconds(100));

        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactlyInAnyOrder("will/of/former", "will/of/next");
    }

    @Test
    @Requirement("G-ROB-02")
    void abandonedPrompting_letsGoOfItsAddress() {
        TestPeer address = gateway.peer("10.0.0.5", 5);
        Sensor prompted = new Sensor(address, idOn(3));
        address.send(prompted.connectPacket(true, true));
        prompted.hears(new WillTopicReq());
        gateway.advance(Duration.ofSeconds(41));

        address.send(new WillTopic(Qos.AT_MOST_ONCE, false, "a/b"));
        prompted.hears(Disconnect.plain());

        Sensor next = new Sensor(address, idOn(1));
        next.connect();
        next.isConnected();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Requirement("G-NAT-03")
    void promptingThatIsNotAnswered_leavesTheAddressToItsClient(int shardOfThePrompted) {
        TestPeer address = gateway.peer("10.0.0.5", 5);
        Sensor there = new Sensor(address, idOn(1));
        there.connect();
        int topicId = there.subscribe("a/b", Qos.AT_LEAST_ONCE);
        String another = idsOn(shardOfThePrompted).skip(1).findFirst().orElseThrow();
        address.send(new Sensor(address, another).connectPacket(true, true));
        there.hears(new WillTopicReq());

        there.publish(topicId, "still here");
        there.receives("still here");
        gateway.advance(Duration.ofSeconds(41));

        there.isConnected();
        assertThat(gateway.count(Count.ADDRESSES_REASSIGNED)).isZero();
    }

    @Test
    void connectWithoutWill_takesThePlaceOfAPromptingOnAnotherShard() {
        TestPeer address = gateway.peer("10.0.0.5", 5);
        address.send(new Sensor(address, idOn(1)).connectPacket(true, true));
        Sensor next = new Sensor(address, idOn(2));
        next.hears(new WillTopicReq());
        next.connectClean();

        address.send(new WillTopic(Qos.AT_MOST_ONCE, false, "a/b"));

        next.hearsNothing();
        assertThat(gateway.count(Count.PACKETS_OUT_OF_PLACE)).isEqualTo(1);
    }

    @Test
    @Requirement("G-ROB-01")
    void willTopicThatCannotBeRead_isRefusedByTheShardThatAsked() {
        TestPeer address = gateway.peer("10.0.0.5", 5);
        Sensor there = new Sensor(address, idOn(1));
        there.connect();
        address.send(new Sensor(address, idOn(2)).connectPacket(true, true));
        there.hears(new WillTopicReq());

        address.sendHex("04 07 00 ff");

        there.hears(new ConnAck(ReturnCode.NOT_SUPPORTED));
        there.isConnected();
    }

    @Test
    void formerClientThatDisconnectsDuringAPrompting_doesNotLoseItsAddress() {
        TestPeer address = gateway.peer("10.0.0.5", 5);
        Sensor former = new Sensor(address, idOn(2));
        former.connectClean();
        Sensor next = new Sensor(address, idsOn(2).skip(1).findFirst().orElseThrow());
        address.send(next.connectPacket(true, true));
        next.hears(new WillTopicReq());

        former.disconnect();
        address.send(new WillTopic(Qos.AT_MOST_ONCE, false, "a/b"));
        next.hears(new WillMsgReq());
        address.send(new WillMsg(Octets.EMPTY));

        next.hears(new ConnAck(ReturnCode.ACCEPTED));
        next.isConnected();
    }

    @Test
    void promptingAtAnAddressThatWasJustLeft_outlivesTheDeparture() {
        Sensor device = devices.get(2);
        device.connectClean();
        device.disconnect();
        gateway.advance(Duration.ofSeconds(30));
        device.peer().send(device.connectPacket(true, true));
        device.hears(new WillTopicReq());
        gateway.advance(Duration.ofSeconds(15));
        Sensor another = Sensor.at(gateway, 300, idsOn(2).skip(1).findFirst().orElseThrow());
        another.connectClean();
        another.disconnect();

        device.peer().send(new WillTopic(Qos.AT_MOST_ONCE, false, "a/b"));

        device.hears(new WillMsgReq());
    }

    @Test
    void promptingThatReplacesAnother_hasItsFullTime() {
        Sensor device = devices.get(2);
        device.peer().send(device.connectPacket(true, true));
        gateway.advance(Duration.ofSeconds(30));
        device.peer().send(device.connectPacket(true, false));
        device.hears(new WillTopicReq(), new WillTopicReq());
        gateway.advance(Duration.ofSeconds(15));

        device.peer().send(new WillTopic(Qos.AT_MOST_ONCE, false, "a/b"));

        device.hears(new WillMsgReq());
    }

    @Test
    @Requirement("G-ROB-01")
    void malformedPacket_isAnsweredByTheShardOfItsSender() {
        for (Sensor each : devices) {
            each.connect();
            each.peer().sendHex("07 12 03 0007 6162");
            each.hears(new SubAck(Qos.AT_MOST_ONCE, 0, 7, ReturnCode.NOT_SUPPORTED));
        }
    }

    @Test
    @Requirement("G-QM1-01")
    void messageAtQosMinusOne_needsNoShardOfItsOwn() {
        devices.get(3).connect();
        Publish publish = new Publish(false, Qos.MINUS_ONE, false, TopicIdType.SHORT, 0x6162, 0, Octets.EMPTY);

        devices.get(3).peer().send(publish);
        gateway.peer("10.9.9.9", 1).send(publish);

        assertThat(gateway.upstream().published()).hasSize(2);
    }

    @Test
    @Requirement("G-CONN-11")
    void boundOfSessions_countsThoseOfAllShards() {
        TestGateway small =
                new TestGateway(Options.DEFAULTS.withShards(SHARDS).with(new AdmissionSettings(3, 1_000, 1_000)));
        for (int shard = 0; shard < SHARDS; shard++) {
            Sensor device = Sensor.at(small, shard, idOn(shard));
            device.peer().send(device.connectPacket(false, true));
            device.hears(new ConnAck(shard < 3 ? ReturnCode.ACCEPTED : ReturnCode.CONGESTION));
        }
    }

    @Test
    void policyAndCounts_areThoseOfAllShards() {
        devices.forEach(Sensor::connect);
        devices.get(0).sleep(60);
        devices.get(1).disconnect();

        assertThat(gateway.census().active()).isEqualTo(2);
        assertThat(gateway.census().asleep()).isEqualTo(1);
        assertThat(gateway.census().disconnected()).isEqualTo(1);
        assertThat(gateway.count(Count.CONNECTS_ACCEPTED)).isEqualTo(SHARDS);
    }
}
