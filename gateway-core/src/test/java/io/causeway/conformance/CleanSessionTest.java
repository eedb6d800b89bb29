package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is kept of a client and what is not (1.2 §6.3). */
class CleanSessionTest {
    private static final ConnAck ACCEPTED = new ConnAck(ReturnCode.ACCEPTED);

    private final TestGateway gateway = new TestGateway();
    private final Sensor device = Sensor.at(gateway, 1, "sensor");
    private final Sensor other = Sensor.connected(gateway, 2, "other");
    private final int topicOfOther = other.register("a/b");

    private void isLost() {
        gateway.advance(Duration.ofSeconds(Sensor.KEEP_ALIVE_SECONDS * 2L));
        device.peer().all();
        other.peer().all();
    }

    @Test
    @Requirement("G-CS-01")
    void cleanConnect_deletesSubscriptionsAndWhatWaits() {
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.disconnect();
        other.publish(topicOfOther, "waits");

        device.connectClean();
        other.publish(topicOfOther, "live");

        device.hearsNothing();
        assertThat(gateway.count(Count.DROPPED_SESSION_ENDED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-CS-01")
    void cleanConnectDuringADelivery_forgetsWhatIsInFlightToo() {
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        other.publish(topicOfOther, "in flight");
        other.publish(topicOfOther, "waits");
        device.nextPublish();

        device.connectClean();
        gateway.advance(Duration.ofSeconds(30));

        device.hearsNothing();
        assertThat(gateway.count(Count.DROPPED_SESSION_ENDED)).isEqualTo(2);
    }

    @Test
    @Requirement("G-CS-05")
    void subscriptionGrantedAfterTheEnd_isGivenBack() {
        device.connectClean();
        gateway.upstream().hold();
        device.peer().send(new Subscribe(false, Qos.AT_LEAST_ONCE, 5, new Topic.Name("a/b")));
        device.disconnect();
        gateway.upstream().release();
        gateway.settle();

        other.publish(topicOfOther, "nobody's");

        assertThat(gateway.router().unmatchedMessages()).isEqualTo(1);
    }

    @Test
    @Requirement("G-CS-01")
    void cleanConnectOfAnActiveClient_deletesItsSubscriptions() {
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);

        device.connectClean();
        other.publish(topicOfOther, "live");

        device.hearsNothing();
    }

    @Test
    @Requirement("G-CS-01")
    void cleanConnectWithoutWill_deletesTheWill() {
        device.connectWithWill(false, "will/topic", "gone");

        device.connectClean();
        isLost();

        assertThat(gateway.upstream().published()).isEmpty();
    }

    @Test
    @Requirement("G-CS-01")
    void cleanConnectWithWill_deletesSubscriptionsAndPromptsForANewWill() {
        device.connectWithWill(false, "old/will", "old");
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);

        device.connectWithWill(true, "new/will", "new");
        other.publish(topicOfOther, "live");

        device.hearsNothing();
        isLost();
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("a/b", "new/will");
    }

    @Test
    @Requirement("G-CS-01")
    void idsOfAnEarlierSession_areNotGivenToOtherTopics() {
        device.connect();
        int former = device.register("former/topic");
        device.connectClean();

        assertThat(device.register("new/topic")).isNotEqualTo(former);
        device.peer().send(Sensor.publishPacket(former, 9, "late"));

        device.hears(new PubAck(former, 9, ReturnCode.INVALID_TOPIC_ID));
    }

    @Test
    @Requirement("G-CS-02")
    void connectThatIsNotClean_keepsSubscriptions() {
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.disconnect();

        device.connect();
        other.publish(topicOfOther, "live");

        device.receives("live");
    }

    @Test
    @Requirement("G-CS-02")
    void connectThatIsNotCleanAndWithoutWill_keepsTheWillAndDoesNotPrompt() {
        device.connectWithWill(false, "will/topic", "gone");
        device.disconnect();

        device.connect();
        device.hearsNothing();
        isLost();

        assertThat(gateway.upstream().published())
                .containsExactly(new ApplicationMessage(
                        "will/topic", Octets.utf8("gone"), io.causeway.routing.Qos.AT_LEAST_ONCE, false));
    }

    @Test
    @Requirement("G-CS-03")
    void connectThatIsNotCleanWithWill_keepsSubscriptionsAndOverwritesTheWill() {
        device.connectWithWill(false, "old/will", "old");
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.disconnect();

        device.connectWithWill(false, "new/will", "new");
        other.publish(topicOfOther, "live");

        device.receives("live");
        isLost();
        assertThat(gateway.upstream().published())
                .extracting(each -> each.topic() + " " + each.payload().toUtf8())
                .containsExactly("a/b live", "new/will new");
    }

    @Test
    @Requirement("G-CS-03")
    void emptyWillTopicAtConnect_deletesTheStoredWillAndKeepsTheRest() {
        device.connectWithWill(false, "old/will", "old");
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        device.disconnect();

        device.peer().send(device.connectPacket(true, false));
        device.peer().send(WillTopic.empty());
        device.hears(new WillTopicReq(), ACCEPTED);
        other.publish(topicOfOther, "live");
        device.receives("live");

        isLost();
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("a/b");
    }

    @Test
    @Requirement("G-CS-03")
    void storedWillDuringPrompting_isStillTheOldOne() {
        device.connectWithWill(false, "old/will", "old");
        device.peer().send(device.connectPacket(true, false));
        device.peer().send(new WillTopic(Qos.AT_MOST_ONCE, false, "new/will"));
        device.hears(new WillTopicReq(), new WillMsgReq());

        isLost();
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("old/will");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    @Requirement("G-CS-04")
    void messagesWhileAway_areDeliveredInOrderAfterTheConnack(Qos qos) {
        device.connect();
        int topicId = device.subscribe("a/b", qos);
        device.disconnect();
        publishByOther(qos, 21, "first");
        publishByOther(qos, 22, "second");

        device.peer().send(device.connectPacket(false, false));

        assertThat(device.peer().next()).isEqualTo(ACCEPTED);
        assertThat(device.peer().next()).isEqualTo(new Register(topicId, 1, "a/b"));
        device.hearsNothing();
        device.peer().send(new RegAck(topicId, 1, ReturnCode.ACCEPTED));
        Publish first = (Publish) device.peer().next();
        assertThat(first.qos()).isEqualTo(qos);
        assertThat(first.dup()).isFalse();
        assertThat(first.data()).isEqualTo(Octets.utf8("first"));
        device.hearsNothing();
    }

    private void publishByOther(Qos qos, int msgId, String message) {
        other.peer()
                .send(new Publish(false, qos, false, TopicIdType.NORMAL, topicOfOther, msgId, Octets.utf8(message)));
        other.peer().all();
    }

    @Test
    @Requirement("G-CS-04")
    void messagesWhileLost_areDeliveredOnReconnect() {
        device.connect();
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        gateway.advance(Duration.ofSeconds(50));
        other.isConnected();
        gateway.advance(Duration.ofSeconds(50));
        device.peer().all();
        assertThat(gateway.census().disconnected()).isEqualTo(1);

        other.publish(topicOfOther, "one");
        other.publish(topicOfOther, "two");
        device.connect();

        device.receives("one");
        device.receives("two");
        device.hearsNothing();
    }

    @Test
    void messagesAtQos0WhileAway_areNotKept() {
        device.connect();
        device.subscribe("a/b", Qos.AT_MOST_ONCE);
        device.disconnect();
        other.publish(topicOfOther, "missed");

        device.connect();

        device.hearsNothing();
        assertThat(gateway.count(Count.DROPPED_OFFLINE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-CS-05")
    void sessionBegunClean_leavesNothingBehind(boolean orderly) {
        device.connectWithWill(true, "will/topic", "gone");
        device.subscribe("a/b", Qos.AT_LEAST_ONCE);
        if (orderly) {
            device.disconnect();
        } else {
            isLost();
            other.connect();
        }
        assertThat(gateway.census().disconnected()).isZero();
        other.publish(topicOfOther, "nobody's");
        int published = gateway.upstream().published().size();

        device.connect();
        device.hearsNothing();
        other.publish(topicOfOther, "nobody's either");
        device.hearsNothing();
        isLost();

        assertThat(gateway.upstream().published()).hasSize(published + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60})
    void storedSession_endsWhenItsTimeIsOver(int keepAliveSeconds) {
        TestGateway forgetful = Gateways.withExpiry(Duration.ofMinutes(10));
        Sensor client = Sensor.at(forgetful, 1, "sensor");
        client.peer().send(new Connect(false, false, 1, keepAliveSeconds, "sensor"));
        client.hears(ACCEPTED);
        client.disconnect();

        forgetful.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(forgetful.census().disconnected()).isEqualTo(1);
        forgetful.advance(Duration.ofMillis(20));

        assertThat(forgetful.census().disconnected()).isZero();
        assertThat(forgetful.count(Count.SESSIONS_EXPIRED)).isEqualTo(1);
    }
}
