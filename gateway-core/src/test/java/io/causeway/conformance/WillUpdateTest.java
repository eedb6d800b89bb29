package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.WillMsgResp;
import io.causeway.codec.v12.WillMsgUpd;
import io.causeway.codec.v12.WillTopicResp;
import io.causeway.codec.v12.WillTopicUpd;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Changing the will during a connection (1.2 §6.4). */
class WillUpdateTest {
    private static final WillTopicResp TOPIC_ACCEPTED = new WillTopicResp(ReturnCode.ACCEPTED);
    private static final WillTopicResp TOPIC_REFUSED = new WillTopicResp(ReturnCode.NOT_SUPPORTED);
    private static final WillMsgResp MESSAGE_ACCEPTED = new WillMsgResp(ReturnCode.ACCEPTED);

    private final TestGateway gateway = new TestGateway();
    private final Sensor device = Sensor.at(gateway, 1, "sensor");

    private void isLost() {
        gateway.advance(Duration.ofSeconds(Sensor.KEEP_ALIVE_SECONDS * 2L));
    }

    private static ApplicationMessage will(String topic, String message, io.causeway.routing.Qos qos, boolean retain) {
        return new ApplicationMessage(topic, Octets.utf8(message), qos, retain);
    }

    @Test
    @Requirement({"G-WUPD-01", "G-WUPD-03"})
    void topicUpdate_replacesTopicQosAndRetainAndNothingElse() {
        device.connectWithWill(false, "old/topic", "gone");

        device.peer().sendHex("06 1a 50 6e6577");

        assertThat(device.peer().nextHex()).isEqualTo("031b00");
        device.hearsNothing();
        isLost();
        assertThat(gateway.upstream().published())
                .containsExactly(will("new", "gone", io.causeway.routing.Qos.EXACTLY_ONCE, true));
    }

    @Test
    @Requirement({"G-WUPD-02", "G-WUPD-03"})
    void messageUpdate_replacesTheMessageAndNothingElse() {
        device.connectWithWill(false, "will/topic", "old");

        device.peer().sendHex("05 1c 6e6577");

        assertThat(device.peer().nextHex()).isEqualTo("031d00");
        device.hearsNothing();
        isLost();
        assertThat(gateway.upstream().published())
                .containsExactly(will("will/topic", "new", io.causeway.routing.Qos.AT_LEAST_ONCE, false));
    }

    @Test
    @Requirement("G-WUPD-04")
    void emptyTopicUpdate_deletesTopicAndMessage() {
        device.connectWithWill(false, "will/topic", "old");

        device.peer().sendHex("02 1a");

        device.hears(TOPIC_ACCEPTED);
        device.peer().send(new WillTopicUpd(Qos.AT_MOST_ONCE, false, "new/topic"));
        isLost();
        assertThat(gateway.upstream().published())
                .as("the old message went with the old topic")
                .containsExactly(will("new/topic", "", io.causeway.routing.Qos.AT_MOST_ONCE, false));
    }

    @Test
    @Requirement("G-WUPD-04")
    void deletedWill_isNotPublished() {
        device.connectWithWill(false, "will/topic", "old");
        device.peer().send(WillTopicUpd.empty());

        isLost();

        assertThat(gateway.upstream().published()).isEmpty();
    }

    @Test
    @Requirement("G-WUPD-05")
    void repeatedUpdates_areAnsweredAgain() {
        device.connect();
        WillTopicUpd topic = new WillTopicUpd(Qos.AT_MOST_ONCE, false, "a/b");
        WillMsgUpd message = new WillMsgUpd(Octets.utf8("gone"));

        device.peer().send(topic);
        device.peer().send(topic);
        device.peer().send(message);
        device.peer().send(message);
        device.peer().send(WillTopicUpd.empty());
        device.peer().send(WillTopicUpd.empty());

        device.hears(
                TOPIC_ACCEPTED, TOPIC_ACCEPTED, MESSAGE_ACCEPTED, MESSAGE_ACCEPTED, TOPIC_ACCEPTED, TOPIC_ACCEPTED);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "06 1a 00 612f2b", // a wildcard
                "06 1a 60 612f62", // QoS -1
                "05 1a 00 c328", // not UTF-8
                "06 1a 00 610062", // NUL within
                "03 1a 00" // flags, and no topic
            })
    @Requirement("G-WUPD-05")
    void topicThatIsNone_isRefusedAndTheWillStaysAsItWas(String update) {
        device.connectWithWill(false, "will/topic", "gone");

        device.peer().sendHex(update);

        device.hears(TOPIC_REFUSED);
        isLost();
        assertThat(gateway.upstream().published())
                .containsExactly(will("will/topic", "gone", io.causeway.routing.Qos.AT_LEAST_ONCE, false));
    }

    @Test
    @Requirement("G-WUPD-06")
    void topicThenMessage_giveAWillToAClientThatHadNone() {
        device.connect();

        device.peer().send(new WillTopicUpd(Qos.AT_LEAST_ONCE, false, "a/b"));
        device.peer().send(new WillMsgUpd(Octets.utf8("gone")));

        isLost();
        assertThat(gateway.upstream().published())
                .containsExactly(will("a/b", "gone", io.causeway.routing.Qos.AT_LEAST_ONCE, false));
    }

    @Test
    @Requirement("G-WUPD-06")
    void messageThenTopic_giveAWillToAClientThatHadNone() {
        device.connect();

        device.peer().send(new WillMsgUpd(Octets.utf8("gone")));
        device.peer().send(new WillTopicUpd(Qos.AT_LEAST_ONCE, false, "a/b"));

        isLost();
        assertThat(gateway.upstream().published())
                .containsExactly(will("a/b", "gone", io.causeway.routing.Qos.AT_LEAST_ONCE, false));
    }

    @Test
    @Requirement("G-WUPD-03")
    void messageWithoutATopic_isNoWillYet() {
        device.connect();
        device.peer().send(new WillMsgUpd(Octets.utf8("gone")));

        isLost();

        assertThat(gateway.upstream().published()).isEmpty();
    }

    @Test
    void updatesOfASleepingClient_areTaken() {
        device.connectWithWill(false, "will/topic", "old");
        device.sleep(60);

        device.peer().send(new WillMsgUpd(Octets.utf8("new")));
        device.hears(MESSAGE_ACCEPTED);

        gateway.advance(Duration.ofMinutes(5));
        assertThat(gateway.upstream().published())
                .containsExactly(will("will/topic", "new", io.causeway.routing.Qos.AT_LEAST_ONCE, false));
    }

    @Test
    @Requirement("G-UNK-01")
    void updatesOfAStranger_areToldThatItIsNotConnected() {
        device.peer().send(new WillTopicUpd(Qos.AT_LEAST_ONCE, false, "a/b"));
        device.peer().send(WillTopicUpd.empty());
        device.peer().send(new WillMsgUpd(Octets.utf8("gone")));

        device.hears(Disconnect.plain(), Disconnect.plain(), Disconnect.plain());
    }
}
