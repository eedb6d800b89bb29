package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.harness.TestAddress;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** PUBLISH to clients (1.2 §6.10). */
class PublishToClientTest {
    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.connected(gateway, "sensor");

    @Test
    @Requirement({"G-DEL-01", "W-FMT-01", "W-FMT-05"})
    void qosZero_hasNeitherMsgIdNorDupAndComesOnce() {
        int id = device.subscribe("a/b", AT_MOST_ONCE);

        deliver("a/b", "x", io.causeway.routing.Qos.EXACTLY_ONCE);

        assertThat(device.nextHex()).isEqualTo("080c00%04x000078".formatted(id));
        gateway.advance(Duration.ofMinutes(5));
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-DEL-02")
    void qosOne_hasAMsgIdAndIsSettledByPubAck() {
        int id = device.subscribe("a/b", AT_LEAST_ONCE);

        deliver("a/b", "x", io.causeway.routing.Qos.AT_LEAST_ONCE);

        assertThat(device.nextHex()).isEqualTo("080c20%04x000178".formatted(id));
        device.sendHex("07 0d %04x 0001 00".formatted(id));
        gateway.advance(Duration.ofMinutes(5));
        assertThat(device.heardNothing()).isTrue();
        assertThat(gateway.count(Count.MESSAGES_OUT_SETTLED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-DEL-03")
    void qosTwo_isReleasedAfterPubRecAndSettledByPubComp() {
        int id = device.subscribe("a/b", EXACTLY_ONCE);

        deliver("a/b", "x", io.causeway.routing.Qos.EXACTLY_ONCE);

        assertThat(device.nextHex()).isEqualTo("080c40%04x000178".formatted(id));
        device.sendHex("04 0f 0001");
        assertThat(device.nextHex()).isEqualTo("04100001");
        device.sendHex("04 0e 0001");
        gateway.advance(Duration.ofMinutes(5));
        assertThat(device.heardNothing()).isTrue();
        assertThat(gateway.count(Count.MESSAGES_OUT_SETTLED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-DEL-03")
    void pubAckInsteadOfPubRec_doesNotSettleQosTwo() {
        device.subscribe("a/b", EXACTLY_ONCE);
        deliver("a/b", "x", io.causeway.routing.Qos.EXACTLY_ONCE);
        device.acknowledge(device.next(Publish.class));

        gateway.advance(Duration.ofSeconds(11));

        assertThat(device.next(Publish.class).dup()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "AT_MOST_ONCE,EXACTLY_ONCE,AT_MOST_ONCE",
        "AT_LEAST_ONCE,EXACTLY_ONCE,AT_LEAST_ONCE",
        "EXACTLY_ONCE,EXACTLY_ONCE,EXACTLY_ONCE",
        "EXACTLY_ONCE,AT_LEAST_ONCE,AT_LEAST_ONCE",
        "AT_LEAST_ONCE,AT_MOST_ONCE,AT_MOST_ONCE",
        "AT_MOST_ONCE,AT_MOST_ONCE,AT_MOST_ONCE"
    })
    @Requirement("G-DEL-04")
    void qos_isTheLowerOfPublishedAndGranted(io.causeway.routing.Qos published, Qos granted, Qos delivered) {
        device.subscribe("a/b", granted);

        deliver("a/b", "x", published);

        assertThat(device.receives("x").qos()).isEqualTo(delivered);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReturnCode.class,
            names = {"INVALID_TOPIC_ID", "NOT_SUPPORTED"})
    @Requirement("G-DEL-05")
    void rejectedRegister_endsThatTopicAndTheWildcardStays(ReturnCode rejection) {
        device.subscribe("a/+", AT_LEAST_ONCE);
        deliver("a/b", "x");
        deliver("a/c", "y");
        device.answer(device.next(Register.class), rejection);

        device.acknowledgesRegister("a/c");
        device.receives("y");
        deliver("a/b", "z");
        gateway.advance(Duration.ofMinutes(5));
        assertThat(device.heardNothing()).isTrue();
        assertThat(gateway.count(Count.DROPPED_REGISTER)).isEqualTo(2);
    }

    @Test
    @Requirement("G-DEL-05")
    void rejectedRegister_isTriedAgainAfterAReconnect() {
        Device persistent = Device.persistent(gateway, "persistent");
        persistent.subscribe("a/+", AT_LEAST_ONCE);
        deliver("a/b", "x");
        persistent.answer(persistent.next(Register.class), ReturnCode.NOT_SUPPORTED);
        persistent.connect(false);

        deliver("a/b", "y");

        persistent.acknowledgesRegister("a/b");
        persistent.receives("y");
    }

    @Test
    @Requirement("G-DEL-06")
    void invalidTopicIdAtQosOne_isRegisteredAndSentAgain() {
        int id = device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        Publish first = device.next(Publish.class);
        device.answer(first, ReturnCode.INVALID_TOPIC_ID);

        assertThat(device.acknowledgesRegister("a/b").topicId()).isEqualTo(id);
        assertThat(device.receives("x").msgId()).isEqualTo(first.msgId());
    }

    @Test
    @Requirement("G-DEL-06")
    void invalidTopicIdAtQosZero_isRegisteredBeforeTheNextMessage() {
        int id = device.subscribe("a/b", AT_MOST_ONCE);
        deliver("a/b", "x");
        device.next();
        device.send(new PubAck(id, 0, ReturnCode.INVALID_TOPIC_ID));

        deliver("a/b", "y");

        assertThat(device.acknowledgesRegister("a/b").topicId()).isEqualTo(id);
        device.receives("y");
    }

    @Test
    @Requirement("G-DEL-06")
    void predefinedIdThatTheClientDoesNotKnow_isRegisteredAsANormalOne() {
        TestGateway predefining = Gateways.withPredefinedTopics(Gateways.topic(7, "plant/state"));
        Device sensor = Device.connected(predefining, "sensor");
        sensor.subscribe("plant/#", AT_LEAST_ONCE);
        route(predefining, "plant/state", "x", io.causeway.routing.Qos.AT_LEAST_ONCE);
        sensor.answer(sensor.next(Publish.class), ReturnCode.INVALID_TOPIC_ID);

        int id = sensor.acknowledgesRegister("plant/state").topicId();
        assertThat(sensor.receives("x").topicId()).isEqualTo(id);
    }

    @Test
    @Requirement("G-DEL-06")
    void clientThatDeniesAllAlong_missesTheMessageAndGetsTheNext() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        int other = device.subscribe("c", AT_LEAST_ONCE);
        deliver("a/b", "x");
        deliver("c", "y");
        int denials = 0;
        while (device.next() instanceof Publish denied && denied.topicId() != other) {
            assertThat(++denials).as("denials").isLessThan(10);
            device.answer(denied, ReturnCode.INVALID_TOPIC_ID);
            if (gateway.count(Count.DROPPED_REJECTED) == 0) {
                device.acknowledgesRegister("a/b");
            }
        }

        assertThat(denials).isGreaterThan(1);
        assertThat(gateway.count(Count.DROPPED_REJECTED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-DEL-06")
    void copyOfADenialThatComesAfterTheRegister_doesNotCostTheMessage() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        Publish delivery = device.next(Publish.class);
        device.answer(delivery, ReturnCode.INVALID_TOPIC_ID);
        device.acknowledgesRegister("a/b");
        assertThat(device.next(Publish.class).msgId()).isEqualTo(delivery.msgId());

        device.answer(delivery, ReturnCode.INVALID_TOPIC_ID);

        device.acknowledgesRegister("a/b");
        device.receives("x");
    }

    @Test
    @Requirement("G-DEL-06")
    void notSupported_isFinalForThatMessage() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        deliver("a/b", "y");

        device.answer(device.next(Publish.class), ReturnCode.NOT_SUPPORTED);

        device.receives("y");
        assertThat(gateway.count(Count.DROPPED_REJECTED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-DEL-07")
    void messages_comeOneAtATimeInTheirOrderUnderMsgIdsOfTheirOwn() {
        device.subscribe("a/#", EXACTLY_ONCE);
        device.subscribe("a/1", EXACTLY_ONCE);
        device.subscribe("a/2", EXACTLY_ONCE);
        List<Integer> msgIds = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            deliver("a/" + (1 + i % 2), "m" + i, io.causeway.routing.Qos.of(i % 3));
        }

        for (int i = 0; i < 12; i++) {
            Publish delivery = device.receives("m" + i);
            if (delivery.qos() == EXACTLY_ONCE) {
                assertThat(device.heardNothing()).isTrue();
                device.send(new PubRec(delivery.msgId()));
                device.next(PubRel.class);
                device.send(new PubComp(delivery.msgId()));
            }
            if (delivery.qos() != AT_MOST_ONCE) {
                msgIds.add(delivery.msgId());
            }
        }

        assertThat(msgIds).doesNotHaveDuplicates().hasSize(8);
    }

    @Test
    @Requirement("G-DEL-08")
    void liveMessage_carriesNoRetainFlag() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        Device publisher = Device.connected(gateway, "publisher");
        int id = publisher.register("a/b");

        publisher.sendHex("08 0c 30 %04x 0001 78".formatted(id));

        assertThat(device.receives("x").retain()).isFalse();
    }

    @Test
    @Requirement({"G-DEL-09", "W-LEN-05"})
    void dataLargerThanTheLink_isDroppedSilentlyAndTheNextComes() {
        TestPeer narrow = gateway.peer(new TestAddress("narrow", 1, 40));
        narrow.sendHex("0a 04 04 01 0000 74 65 73 74");
        narrow.sendHex("08 12 20 0001 61 2f 62");
        narrow.all();

        deliver("a/b", "n".repeat(34));
        deliver("a/b", "n".repeat(33));

        assertThat(((Publish) narrow.next()).data().length()).isEqualTo(33);
        assertThat(narrow.heardNothing()).isTrue();
        assertThat(gateway.count(Count.DROPPED_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    @Requirement("G-DEL-09")
    void nameLargerThanTheLink_isDroppedSilentlyAndTheNextComes() {
        TestPeer narrow = gateway.peer(new TestAddress("narrow", 1, 40));
        narrow.sendHex("0a 04 04 01 0000 74 65 73 74");
        narrow.sendHex("06 12 20 0001 23");
        narrow.all();

        deliver("n".repeat(35), "x");
        deliver("n".repeat(34), "x");

        assertThat(((Register) narrow.next()).topicName()).hasSize(34);
        assertThat(gateway.count(Count.DROPPED_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    @Requirement("G-DEL-10")
    void answerToAnotherRegister_isIgnored() {
        device.subscribe("a/+", AT_LEAST_ONCE);
        deliver("a/b", "x");
        Register registration = device.next(Register.class);

        device.send(new RegAck(registration.topicId(), registration.msgId() + 1, ReturnCode.NOT_SUPPORTED));
        device.send(new RegAck(registration.topicId(), registration.msgId() + 1, ReturnCode.ACCEPTED));
        assertThat(device.heardNothing()).isTrue();

        device.acknowledge(registration);
        device.receives("x");
    }

    @Test
    @Requirement("G-ROB-01")
    void topicThatIsNoFilter_isDeliveredLikeAnyOther() {
        device.subscribe("#", AT_LEAST_ONCE);

        deliver("a+b", "x");

        device.acknowledgesRegister("a+b");
        device.receives("x");
        assertThat(gateway.count(Count.SESSIONS_FAILED)).isZero();
    }

    @Test
    @Requirement({"G-DEL-10", "G-ROB-03"})
    void acknowledgementsNobodyWaitsFor_areIgnored() {
        int id = device.subscribe("a/b", EXACTLY_ONCE);
        deliver("a/b", "x", io.causeway.routing.Qos.EXACTLY_ONCE);
        Publish delivery = device.next(Publish.class);
        int wrong = delivery.msgId() + 1;

        device.send(new PubAck(id, wrong, ReturnCode.ACCEPTED));
        device.send(new PubAck(id, wrong, ReturnCode.NOT_SUPPORTED));
        device.send(new PubRec(wrong));
        device.send(new PubComp(wrong));
        device.send(new PubComp(delivery.msgId()));
        device.send(new RegAck(id, delivery.msgId(), ReturnCode.ACCEPTED));
        device.send(new RegAck(id, wrong, ReturnCode.NOT_SUPPORTED));
        assertThat(device.heardNothing()).isTrue();

        device.send(new PubRec(delivery.msgId()));
        assertThat(device.next()).isEqualTo(new PubRel(delivery.msgId()));
        device.send(new PubComp(delivery.msgId()));
        device.send(new PubComp(delivery.msgId()));
        device.send(new PubRec(delivery.msgId()));
        device.send(new PingReq(""));
        assertThat(device.next()).isEqualTo(new PingResp());
    }

    @Test
    @Requirement("G-DEL-06")
    void congestion_isWaitedForAndTheClientCountsAsAlive() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        deliver("a/b", "x");
        for (int i = 0; i < 10; i++) {
            device.answer(device.next(Publish.class), ReturnCode.CONGESTION);
            gateway.advance(Duration.ofSeconds(29));
            assertThat(device.heardNothing()).isTrue();
            gateway.advance(Duration.ofSeconds(2));
        }

        device.receives("x");
    }

    @Test
    @Requirement("G-DEL-05")
    void congestedClient_isAskedAgainLaterAndCountsAsAlive() {
        device.subscribe("a/+", AT_LEAST_ONCE);
        deliver("a/b", "x");
        for (int i = 0; i < 10; i++) {
            device.answer(device.next(Register.class), ReturnCode.CONGESTION);
            gateway.advance(Duration.ofSeconds(29));
            assertThat(device.heardNothing()).isTrue();
            gateway.advance(Duration.ofSeconds(2));
        }

        device.acknowledgesRegister("a/b");
        device.receives("x");
    }

    private void deliver(String topic, String text) {
        deliver(topic, text, io.causeway.routing.Qos.AT_LEAST_ONCE);
    }

    private void deliver(String topic, String text, io.causeway.routing.Qos qos) {
        route(gateway, topic, text, qos);
    }

    private static void route(TestGateway gateway, String topic, String text, io.causeway.routing.Qos qos) {
        gateway.router().route(new ApplicationMessage(topic, Octets.utf8(text), qos, false), () -> {});
        gateway.settle();
    }
}
