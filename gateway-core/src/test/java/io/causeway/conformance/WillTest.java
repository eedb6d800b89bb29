package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Wills: asked for when a client connects, published when it is lost (1.2 §6.2, §6.14). */
class WillTest {
    private static final ConnAck ACCEPTED = new ConnAck(ReturnCode.ACCEPTED);
    private static final Packet TOPIC_REQ = new WillTopicReq();
    private static final Packet MSG_REQ = new WillMsgReq();
    private static final WillTopic TOPIC = new WillTopic(io.causeway.codec.v12.Qos.AT_LEAST_ONCE, true, "will/topic");
    private static final WillMsg MESSAGE = new WillMsg(Octets.utf8("gone"));
    private static final ApplicationMessage PUBLISHED =
            new ApplicationMessage("will/topic", Octets.utf8("gone"), Qos.AT_LEAST_ONCE, true);

    private final TestGateway gateway = new TestGateway();
    private final Sensor device = Sensor.at(gateway, 1, "sensor");
    private final Connect connect = device.connectPacket(true, false);

    private void send(Packet packet) {
        device.peer().send(packet);
    }

    private void isLost() {
        gateway.advance(Duration.ofSeconds(Sensor.KEEP_ALIVE_SECONDS * 2L));
        device.peer().all();
    }

    @Test
    @Requirement("G-WILL-01")
    void connectWithWill_isPromptedForTopicThenMessageThenAccepted() {
        device.peer().sendHex("0c 04 0c 01 003c 73656e736f72");
        assertThat(device.peer().nextHex()).isEqualTo("0206");
        device.hearsNothing();

        device.peer().sendHex("08 07 30 77696c6c74");
        assertThat(device.peer().nextHex()).isEqualTo("0208");
        device.hearsNothing();

        device.peer().sendHex("06 09 676f6e65");
        assertThat(device.peer().nextHex()).isEqualTo("030500");
        device.hearsNothing();
    }

    @Test
    @Requirement("G-WILL-01")
    void clientBeingPrompted_isNotConnectedYet() {
        send(connect);
        send(TOPIC);

        assertThat(gateway.census().active()).isZero();
        device.hears(TOPIC_REQ, MSG_REQ);
        device.isUnknown();
    }

    @Test
    @Requirement("G-WILL-02")
    void messageLostOnTheWay_isRecoveredByTheClientsRepetition() {
        send(connect);
        send(connect);
        device.hears(TOPIC_REQ, TOPIC_REQ);

        send(TOPIC);
        send(TOPIC);
        device.hears(MSG_REQ, MSG_REQ);

        send(MESSAGE);
        send(MESSAGE);
        device.hears(ACCEPTED, ACCEPTED);
        assertThat(gateway.count(Count.CONNECTS_ACCEPTED)).isEqualTo(1);
        assertThat(gateway.count(Count.PACKETS_OUT_OF_PLACE)).isZero();
        isLost();
        assertThat(gateway.upstream().published()).containsExactly(PUBLISHED);
    }

    @Test
    @Requirement("G-WILL-02")
    void connectRepeatedWhenTheTopicIsKnown_isAskedForTheMessage() {
        send(connect);
        send(TOPIC);
        device.peer().all();

        send(connect);

        device.hears(MSG_REQ);
    }

    @Test
    @Requirement("G-WILL-02")
    void cleanConnectRepeatedWhenAllIsDone_isAcceptedAgainAndWipesNothing() {
        device.connectWithWill(true, "will/topic", "gone");
        int topicId = device.subscribe("a/b", io.causeway.codec.v12.Qos.AT_LEAST_ONCE);

        send(device.connectPacket(true, true));

        device.hears(ACCEPTED);
        device.publish(topicId, "kept");
        device.receives("kept");
    }

    @Test
    @Requirement("G-WILL-02")
    void emptyTopicRepeated_isAcceptedAgain() {
        send(connect);
        send(WillTopic.empty());
        send(WillTopic.empty());

        device.hears(TOPIC_REQ, ACCEPTED, ACCEPTED);
    }

    @Test
    void repeatedConnectThatIsNotClean_isPromptedAnew() {
        device.connectWithWill(false, "will/topic", "gone");

        send(connect);

        device.hears(TOPIC_REQ);
    }

    @Test
    @Requirement("G-ROB-03")
    void messageBeforeTheTopic_isAskedForTheTopicAgain() {
        send(connect);
        send(MESSAGE);

        device.hears(TOPIC_REQ, TOPIC_REQ);
        assertThat(gateway.census().active()).isZero();
    }

    @Test
    @Requirement("G-ROB-03")
    void willOfAStranger_isToldThatNobodyAskedForIt() {
        send(TOPIC);
        send(MESSAGE);

        device.hears(Disconnect.plain(), Disconnect.plain());
    }

    @Test
    @Requirement("G-ROB-03")
    void willOfAConnectedClientThatNobodyAskedFor_isIgnored() {
        device.connect();

        send(TOPIC);
        send(MESSAGE);

        device.hearsNothing();
        assertThat(gateway.count(Count.PACKETS_OUT_OF_PLACE)).isEqualTo(2);
        isLost();
        assertThat(gateway.upstream().published()).isEmpty();
    }

    @Test
    void copyOfTheWillAfterDisconnect_isNotAccepted() {
        device.connectWithWill(true, "will/topic", "gone");
        device.disconnect();

        send(MESSAGE);

        device.hears(Disconnect.plain());
    }

    @Test
    void copyOfTheWillLongAfter_isIgnored() {
        device.connectWithWill(false, "will/topic", "gone");
        gateway.advance(Duration.ofSeconds(40));

        send(MESSAGE);

        device.hearsNothing();
    }

    @Test
    @Requirement("G-WILL-03")
    void abandonedPrompting_doesNotBlockTheClient() {
        send(connect);
        send(TOPIC);
        device.peer().all();

        device.connect();
        device.isConnected();

        send(MESSAGE);
        device.hearsNothing();
        isLost();
        assertThat(gateway.upstream().published()).as("no will was completed").isEmpty();
    }

    @Test
    @Requirement("G-WILL-03")
    void abandonedPrompting_isForgottenWhenItsTimeIsOver() {
        send(connect);
        device.hears(TOPIC_REQ);

        gateway.advance(Duration.ofSeconds(41));

        send(TOPIC);
        device.hears(Disconnect.plain());
        device.connectWithWill(false, "will/topic", "gone");
    }

    @Test
    @Requirement({"G-WILL-03", "G-ROB-02"})
    void abandonedPromptingOfAConnectedClient_leavesItsSessionAsItWas() {
        device.connectWithWill(false, "old/will", "old");
        int topicId = device.register("a/b");

        send(device.connectPacket(true, true));
        device.hears(TOPIC_REQ);
        device.publish(topicId, "meanwhile");
        gateway.advance(Duration.ofSeconds(41));

        device.publish(topicId, "later");
        isLost();
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("a/b", "a/b", "old/will");
    }

    @Test
    void otherConnectDuringPrompting_beginsAnew() {
        send(connect);
        send(TOPIC);
        device.peer().all();

        send(device.connectPacket(true, true));

        device.hears(TOPIC_REQ);
    }

    @Test
    @Requirement("G-WILL-04")
    void lostClient_hasItsWillPublishedOnce() {
        send(connect);
        send(TOPIC);
        send(MESSAGE);

        gateway.advance(Duration.ofSeconds(90).minusMillis(1));
        assertThat(gateway.upstream().published()).isEmpty();
        gateway.advance(Duration.ofMillis(20));
        assertThat(gateway.upstream().published()).containsExactly(PUBLISHED);

        gateway.advance(Duration.ofHours(1));
        assertThat(gateway.upstream().published()).hasSize(1);
        assertThat(gateway.count(Count.WILLS_PUBLISHED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-WILL-04")
    void willDueWhileThereIsNoBroker_isPublishedOnceThereIs() {
        device.connectWithWill(true, "will/topic", "gone");
        gateway.upstream().setAvailable(false);
        isLost();
        assertThat(gateway.census().willsWaiting()).isEqualTo(1);

        gateway.upstream().setAvailable(true);
        gateway.advance(Duration.ofSeconds(6));

        assertThat(gateway.upstream().published()).hasSize(1);
        assertThat(gateway.census().willsWaiting()).isZero();
    }

    @Test
    @Requirement("G-WILL-05")
    void orderlyDisconnect_publishesNoWill() {
        device.connectWithWill(false, "will/topic", "gone");

        device.disconnect();
        gateway.advance(Duration.ofHours(1));

        assertThat(gateway.upstream().published()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "07 00, AT_MOST_ONCE,  false",
        "07 20, AT_LEAST_ONCE, false",
        "07 40, EXACTLY_ONCE,  false",
        "07 10, AT_MOST_ONCE,  true",
        "07 50, EXACTLY_ONCE,  true",
        "07 cf, EXACTLY_ONCE,  false" // DUP, Will, CleanSession and TopicIdType are not used
    })
    @Requirement("G-WILL-06")
    void qosAndRetainOfTheWill_areThoseOfWillTopic(String typeAndFlags, Qos qos, boolean retain) {
        send(connect);
        device.peer().sendHex("06" + typeAndFlags + "612f62");
        send(new WillMsg(Octets.ofHex("00ff0a80")));
        device.hears(TOPIC_REQ, MSG_REQ, ACCEPTED);

        isLost();

        assertThat(gateway.upstream().published())
                .containsExactly(new ApplicationMessage("a/b", Octets.ofHex("00ff0a80"), qos, retain));
    }

    @Test
    @Requirement("G-WILL-06")
    void emptyWillMessage_isPublishedAsItIs() {
        send(connect);
        send(TOPIC);
        send(new WillMsg(Octets.EMPTY));

        isLost();

        assertThat(gateway.upstream().published())
                .containsExactly(new ApplicationMessage("will/topic", Octets.EMPTY, Qos.AT_LEAST_ONCE, true));
    }

    @Test
    @Requirement("G-WILL-07")
    void emptyWillTopic_completesTheConnectionAndDeletesTheWill() {
        device.connectWithWill(false, "will/topic", "gone");

        send(connect);
        device.hears(TOPIC_REQ);
        device.peer().sendHex("02 07");

        device.hears(ACCEPTED);
        device.isConnected();
        isLost();
        assertThat(gateway.upstream().published()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/+", "#", "a#"})
    void willTopicWithWildcards_isRefused(String topic) {
        send(connect);
        send(new WillTopic(io.causeway.codec.v12.Qos.AT_MOST_ONCE, false, topic));

        device.hears(TOPIC_REQ, new ConnAck(ReturnCode.NOT_SUPPORTED));
        send(MESSAGE);
        device.hears(Disconnect.plain());
        device.connect();
    }

    @Test
    @Requirement("G-ROB-01")
    void willAtQosMinusOne_isRefused() {
        send(connect);
        device.peer().sendHex("06 07 60 612f62");

        device.hears(TOPIC_REQ, new ConnAck(ReturnCode.NOT_SUPPORTED));
        send(MESSAGE);
        device.hears(Disconnect.plain());
    }

    @Test
    @Requirement("G-CONN-11")
    void noRoomWhenThePromptingIsDone_isCongestionAndNeverAccepted() {
        TestGateway full = new TestGateway(Options.DEFAULTS.with(new AdmissionSettings(1, 1_000, 1_000)));
        Sensor prompted = Sensor.at(full, 1, "prompted");
        prompted.peer().send(prompted.connectPacket(true, true));
        prompted.peer().send(TOPIC);
        Sensor.connected(full, 2, "faster");
        prompted.hears(TOPIC_REQ, MSG_REQ);

        prompted.peer().send(MESSAGE);
        prompted.hears(new ConnAck(ReturnCode.CONGESTION));

        prompted.peer().send(MESSAGE);
        prompted.hears(Disconnect.plain());
    }

    @Test
    @Requirement("G-SLEEP-06")
    void sameCleanConnectWithWillFromSleep_isNoLateCopyButWakesTheClient() {
        device.connectWithWill(true, "will/topic", "gone");
        device.sleep(60);

        device.connectWithWill(true, "will/topic", "gone");

        assertThat(gateway.census().active()).isEqualTo(1);
    }
}
