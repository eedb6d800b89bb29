package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.routing.Qos;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.causeway.codec.v12.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** PUBLISH of clients at QoS 2 (1.2 §6.6; MQTT 3.1.1 §4.3.3). */
class PublishExactlyOnceTest {
    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.persistent(gateway, "sensor");
    private final int id = device.register("a/b");

    @Test
    @Requirement({"G-PUB-03", "W-FMT-02"})
    void exchange_isPubRecPubRelPubCompAndGoesUpOnce() {
        device.sendHex("08 0c 40 %04x 1234 78".formatted(id));
        assertThat(device.nextHex()).isEqualTo("040f1234");

        device.sendHex("04 10 1234");
        assertThat(device.nextHex()).isEqualTo("040e1234");

        assertThat(payloadsUp()).containsExactly("x");
        assertThat(gateway.upstream().published().get(0).qos()).isEqualTo(Qos.EXACTLY_ONCE);
    }

    @Test
    @Requirement("G-PUB-03")
    void message_isAnsweredOnlyWhenTheBrokerHasIt() {
        gateway.upstream().hold();
        publish(1, "x");
        assertThat(device.heardNothing()).isTrue();

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.next()).isEqualTo(new PubRec(1));
    }

    @Test
    @Requirement("G-PUB-11")
    void repeatedBeforePubRel_isAnsweredAgainAndGoesUpOnce() {
        publish(1, "x");
        repeat(1, "x");
        repeat(1, "x");

        assertThat(device.all()).containsExactly(new PubRec(1), new PubRec(1), new PubRec(1));
        release(1);
        assertThat(payloadsUp()).containsExactly("x");
    }

    @Test
    @Requirement("G-PUB-11")
    void copyBeforePubRelWithoutDup_goesUpOnceToo() {
        publish(1, "x");
        publish(1, "x");

        assertThat(device.all()).containsExactly(new PubRec(1), new PubRec(1));
        assertThat(payloadsUp()).containsExactly("x");
    }

    @Test
    @Requirement("G-PUB-11")
    void repeatedBeforeTheBrokerAnswered_goesUpOnceAndIsAnsweredOnce() {
        gateway.upstream().hold();
        publish(1, "x");
        repeat(1, "x");

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.all()).containsExactly(new PubRec(1));
        assertThat(payloadsUp()).containsExactly("x");
    }

    @Test
    @Requirement("G-PUB-11")
    void repeatedAfterAReconnectWithoutCleanSession_goesUpOnce() {
        publish(1, "x");
        device.next();
        device.connect(false);

        repeat(1, "x");

        assertThat(device.next()).isEqualTo(new PubRec(1));
        assertThat(payloadsUp()).containsExactly("x");
    }

    @Test
    @Requirement("G-PUB-11")
    void repeatedAfterARestartOfTheGateway_isAnsweredAndDoesNotGoUpAgain() {
        publish(1, "x");
        TestGateway restarted = gateway.successor();
        Device sameDevice = Device.at(restarted, "sensor");
        restarted.restore();

        sameDevice.send(new Publish(true, EXACTLY_ONCE, false, TopicIdType.NORMAL, id, 1, Octets.utf8("x")));

        assertThat(sameDevice.next()).isEqualTo(new PubRec(1));
        assertThat(restarted.upstream().published()).isEmpty();
    }

    @Test
    @Requirement("G-PUB-11")
    void copyOfTheFirstMessageAfterAReconnect_doesNotGoUpAgain() {
        exchange(1, "x");
        device.connect(false);
        exchange(2, "y");

        publish(2, "y");

        assertThat(device.next()).isEqualTo(new PubRec(2));
        assertThat(payloadsUp()).containsExactly("x", "y");
    }

    @Test
    @Requirement("G-PUB-11")
    void copyOfTheFirstMessageAfterARestart_doesNotGoUpAgain() {
        exchange(1, "x");
        TestGateway restarted = gateway.successor();
        Device sameDevice = Device.at(restarted, "sensor");
        restarted.restore();
        Publish packet = new Publish(false, EXACTLY_ONCE, false, TopicIdType.NORMAL, id, 2, Octets.utf8("y"));
        sameDevice.send(packet);
        sameDevice.send(new PubRel(2));

        sameDevice.send(packet);

        assertThat(sameDevice.all()).containsExactly(new PubRec(2), new PubComp(2), new PubRec(2));
        assertThat(restarted.upstream().published()).hasSize(1);
    }

    @Test
    @Requirement("G-PUB-11")
    void repetitionThatComesAfterPubComp_isAnsweredAndDoesNotGoUpAgain() {
        exchange(1, "x");

        repeat(1, "x");

        assertThat(device.next()).isEqualTo(new PubRec(1));
        release(1);
        assertThat(payloadsUp()).containsExactly("x");
    }

    @Test
    @Requirement({"G-PUB-03", "G-PUB-11"})
    void copyMadeByTheNetworkThatComesAfterPubComp_doesNotGoUpAgain() {
        exchange(1, "x");
        exchange(2, "x");

        publish(2, "x");
        publish(1, "x");

        assertThat(device.all()).containsExactly(new PubRec(2), new PubRec(1));
        assertThat(payloadsUp()).containsExactly("x", "x");
    }

    @Test
    @Requirement("G-PUB-11")
    void repetitionsOfTheLatestExchanges_areKnownHoweverManyThereWere() {
        for (int msgId = 1; msgId <= 200; msgId++) {
            exchange(msgId, "m" + msgId);
            for (int earlier = Math.max(1, msgId - 5); earlier <= msgId; earlier++) {
                repeat(earlier, "m" + earlier);
                assertThat(device.next()).isEqualTo(new PubRec(earlier));
            }
        }

        assertThat(payloadsUp()).hasSize(200);
    }

    @Test
    @Requirement("G-PUB-15")
    void repetitionsThatNobodyReleases_takeNoRoom() {
        for (int msgId = 1; msgId <= 200; msgId++) {
            exchange(msgId, "m" + msgId);
            repeat(msgId, "m" + msgId);
            device.next(PubRec.class);
        }

        exchange(1_000, "x");
    }

    @Test
    @Requirement("G-PUB-12")
    void repeatedPubRel_isAnsweredAgain() {
        exchange(1, "x");

        release(1);
        release(1);

        assertThat(payloadsUp()).containsExactly("x");
    }

    @Test
    @Requirement("G-PUB-12")
    void unknownPubRel_isAnswered() {
        release(999);
    }

    @Test
    @Requirement({"G-PUB-12", "G-BRK-03"})
    void latePubRelUnderTheMsgIdOfAMessageStillOpen_doesNotConfirmIt() {
        exchange(1, "x");
        gateway.upstream().hold();
        publish(1, "y");

        device.send(new PubRel(1));
        assertThat(device.heardNothing()).isTrue();

        gateway.upstream().release();
        gateway.settle();
        assertThat(device.next()).isEqualTo(new PubRec(1));
    }

    @Test
    @Requirement("G-PUB-13")
    void msgIdOfACompletedExchange_isFreeForAnotherMessage() {
        exchange(1, "x");
        exchange(1, "y");

        assertThat(payloadsUp()).containsExactly("x", "y");
    }

    @Test
    @Requirement("G-PUB-13")
    void clientThatKnowsOneMsgIdOnly_maySendTheSameContentAgain() {
        exchange(1, "x");
        exchange(1, "x");
        exchange(1, "x");

        assertThat(payloadsUp()).containsExactly("x", "x", "x");
    }

    @Test
    @Requirement("G-PUB-13")
    void exchangeLeftBehind_givesItsMsgIdToAnotherMessage() {
        publish(1, "x");
        device.next();

        exchange(1, "y");

        assertThat(payloadsUp()).containsExactly("x", "y");
    }

    @Test
    @Requirement({"G-PUB-03", "G-PUB-19"})
    void refusedByTheBroker_isPubAckWithTheReasonAndCanBeRepeated() {
        gateway.upstream().setAvailable(false);
        publish(1, "x");
        assertThat(device.next()).isEqualTo(new PubAck(id, 1, ReturnCode.CONGESTION));

        gateway.upstream().setAvailable(true);
        repeat(1, "x");

        assertThat(device.next()).isEqualTo(new PubRec(1));
        release(1);
        assertThat(payloadsUp()).containsExactly("x");
    }

    @Test
    @Requirement("G-PUB-15")
    void exchangesNeverReleased_giveWayToNewOnesInTheEnd() {
        TestGateway bounded = Gateways.withInboundInFlight(2);
        Device careless = Device.connected(bounded, "careless");
        int topic = careless.register("a/b");
        careless.publish(topic, EXACTLY_ONCE, "one");
        careless.publish(topic, EXACTLY_ONCE, "two");
        careless.all();
        careless.publish(topic, EXACTLY_ONCE, "three");
        assertThat(careless.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.CONGESTION);

        bounded.advance(Duration.ofMinutes(2));
        careless.publish(topic, EXACTLY_ONCE, "four");

        careless.next(PubRec.class);
        assertThat(bounded.upstream().published()).hasSize(3);
    }

    @Test
    @Requirement("G-PUB-18")
    void msgIdZero_isAnExchangeLikeAnyOther() {
        exchange(0, "x");

        assertThat(payloadsUp()).containsExactly("x");
    }

    private void publish(int msgId, String text) {
        device.send(new Publish(false, EXACTLY_ONCE, false, TopicIdType.NORMAL, id, msgId, Octets.utf8(text)));
    }

    private void repeat(int msgId, String text) {
        device.send(new Publish(true, EXACTLY_ONCE, false, TopicIdType.NORMAL, id, msgId, Octets.utf8(text)));
    }

    private void release(int msgId) {
        device.send(new PubRel(msgId));
        assertThat(device.next()).isEqualTo(new PubComp(msgId));
    }

    private void exchange(int msgId, String text) {
        publish(msgId, text);
        assertThat(device.next()).isEqualTo(new PubRec(msgId));
        release(msgId);
    }

    private List<String> payloadsUp() {
        return gateway.upstream().published().stream()
                .map(each -> each.payload().toUtf8())
                .toList();
    }
}
