package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Registering topics and publishing (1.2 §6.5 to §6.8). */
class PublishingTest {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Topic NAME = new Topic.Name("plant/state");
    private static final Topic PREDEFINED = new Topic.Predefined(9);
    private static final Octets DATA = Octets.utf8("on");

    private final Rig rig = new Rig(ClientSettings.forClient("c1").build());
    private final Answer<Done> answer = new Answer<>();
    private final Answer<Done> second = new Answer<>();

    @BeforeEach
    void connect() {
        ConnectingTest.connect(rig);
    }

    @Test
    @Requirement("C-REG-01")
    void register_givesTheAliasAndAsksOnce() {
        Answer<Integer> registered = new Answer<>();
        rig.session.register("a", registered, rig.now());
        assertThat(rig.sent()).containsExactly(new Register(0, 1, "a"));
        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));
        registered.isAccepted(7);

        Answer<Integer> again = new Answer<>();
        rig.session.register("a", again, rig.now());

        again.isAccepted(7);
        assertThat(rig.sent()).isEmpty();
    }

    @Test
    @Requirement("C-REG-02")
    void secondRegister_waitsForTheFirst() {
        rig.session.register("a", new Answer<>(), rig.now());
        rig.session.register("b", new Answer<>(), rig.now());
        assertThat(rig.sent()).containsExactly(new Register(0, 1, "a"));

        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));

        assertThat(rig.sent()).containsExactly(new Register(0, 2, "b"));
    }

    @Test
    @Requirement({"C-REG-01", "C-PUB-01"})
    void newTopicName_isRegisteredBeforeThePublish() {
        publish(NAME, Qos.AT_MOST_ONCE, answer);
        assertThat(rig.sent()).containsExactly(new Register(0, 1, "plant/state"));
        answer.isOpen();

        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));

        assertThat(rig.sent())
                .containsExactly(new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.NORMAL, 7, 0, DATA));
        answer.isAccepted();
    }

    @Test
    @Requirement("C-REG-03")
    void rejectedRegister_failsAllMessagesForTheTopicButNoOthers() {
        Answer<Done> other = new Answer<>();
        publish(NAME, Qos.AT_MOST_ONCE, answer);
        publish(NAME, Qos.AT_LEAST_ONCE, second);
        publish(PREDEFINED, Qos.AT_MOST_ONCE, other);
        assertThat(rig.sent()).hasSize(1);

        rig.receive(new RegAck(0, 1, ReturnCode.NOT_SUPPORTED));

        answer.isRejected(ReturnCode.NOT_SUPPORTED);
        second.isRejected(ReturnCode.NOT_SUPPORTED);
        other.isAccepted();
    }

    @Test
    @Requirement({"C-REG-06", "C-CS-02"})
    void aliasOfEarlierConnection_isNotUsedAgain() {
        rig.session.register("plant/state", new Answer<>(), rig.now());
        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));
        rig.session.close();
        ConnectingTest.connect(rig);

        publish(NAME, Qos.AT_MOST_ONCE, answer);

        assertThat(rig.sent()).containsExactly(new Register(0, 2, "plant/state"));
    }

    @Test
    @Requirement("C-PUB-07")
    void shortAndPredefinedTopics_needNoRegister() {
        publish(new Topic.Short("ab"), Qos.AT_MOST_ONCE, answer);
        publish(PREDEFINED, Qos.AT_MOST_ONCE, second);

        assertThat(rig.sent())
                .containsExactly(
                        new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.SHORT, 0x6162, 0, DATA),
                        new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.PREDEFINED, 9, 0, DATA));
    }

    @Test
    @Requirement({"C-PUB-02", "C-PUB-09"})
    void unacknowledgedPublish_isRepeatedWithDup() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, answer);
        assertThat(rig.sent()).containsExactly(qos1(false, 1));

        rig.pass(RETRY.plusMillis(50));
        assertThat(rig.sent()).containsExactly(qos1(true, 1));
        rig.receive(new PubAck(9, 1, ReturnCode.ACCEPTED));

        answer.isAccepted();
        rig.pass(RETRY.multipliedBy(2));
        assertThat(rig.sent()).isEmpty();
    }

    @Test
    @Requirement("C-RTX-02")
    void publishNeverAcknowledged_losesTheConnection() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, answer);
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, second);

        rig.pass(RETRY.multipliedBy(4).plusMillis(50));

        answer.hasFailed(NoResponseException.class);
        second.hasFailed(ConnectionLostException.class);
        assertThat(rig.losses).containsExactly(LossCause.NO_RESPONSE);
    }

    @Test
    @Requirement("C-PUB-04")
    void secondPublish_waitsForTheAcknowledgementOfTheFirst() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, answer);
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, second);
        assertThat(rig.sent()).containsExactly(qos1(false, 1));

        rig.receive(new PubAck(9, 1, ReturnCode.ACCEPTED));

        assertThat(rig.sent()).containsExactly(qos1(false, 2));
        answer.isAccepted();
        second.isOpen();
    }

    @Test
    @Requirement("C-PUB-11")
    void qos0BehindWaitingQos1_keepsItsPlace() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, answer);
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, second);
        Answer<Done> third = new Answer<>();
        publish(PREDEFINED, Qos.AT_MOST_ONCE, third);
        third.isOpen();

        rig.receive(new PubAck(9, 1, ReturnCode.ACCEPTED));

        third.isAccepted();
        second.isOpen();
    }

    @Test
    void widerWindow_letsMoreOut() {
        Rig wide = new Rig(ClientSettings.forClient("c1").publishWindow(3).build());
        ConnectingTest.connect(wide);
        for (int i = 0; i < 5; i++) {
            wide.session.publish(
                    new OutgoingMessage(PREDEFINED, DATA, Qos.AT_LEAST_ONCE, false), new Answer<>(), wide.now());
        }
        assertThat(wide.sent()).hasSize(3);

        wide.receive(new PubAck(9, 2, ReturnCode.ACCEPTED));

        assertThat(wide.sent()).containsExactly(qos1(false, 4));
    }

    @Test
    @Requirement("C-PUB-03")
    void qos2_isAcceptedAtPubComp() {
        publish(PREDEFINED, Qos.EXACTLY_ONCE, answer);
        assertThat(rig.sent()).containsExactly(qos2(false, 1));

        rig.receive(new PubRec(1));
        assertThat(rig.sent()).containsExactly(new PubRel(1));
        answer.isOpen();
        rig.receive(new PubComp(1));

        answer.isAccepted();
    }

    @Test
    void qos2Unanswered_repeatsPublishThenPubRel() {
        publish(PREDEFINED, Qos.EXACTLY_ONCE, answer);
        rig.pass(RETRY.plusMillis(50));
        assertThat(rig.sent()).containsExactly(qos2(false, 1), qos2(true, 1));

        rig.receive(new PubRec(1));
        rig.pass(RETRY.multipliedBy(3).plusMillis(50));

        assertThat(rig.sent()).hasSize(4).containsOnly(new PubRel(1));
        answer.isOpen();
    }

    @Test
    void pubRecTwice_isAnsweredOnce() {
        publish(PREDEFINED, Qos.EXACTLY_ONCE, answer);
        rig.sent();

        rig.receive(new PubRec(1));
        rig.receive(new PubRec(1));

        assertThat(rig.sent()).containsExactly(new PubRel(1));
    }

    @Test
    @Requirement("C-RTX-01")
    void gatewayThatAnswersPubRelWithPubRec_isGivenUp() {
        publish(PREDEFINED, Qos.EXACTLY_ONCE, answer);

        for (int tries = 0; tries <= 4; tries++) {
            rig.receive(new PubRec(1));
            rig.pass(RETRY);
        }

        answer.hasFailed(NoResponseException.class);
    }

    @Test
    @Requirement("C-PUB-06")
    void qos2RejectedByPubAck_fails() {
        publish(PREDEFINED, Qos.EXACTLY_ONCE, answer);

        rig.receive(new PubAck(9, 1, ReturnCode.CONGESTION));

        answer.isRejected(ReturnCode.CONGESTION);
    }

    @Test
    @Requirement("C-RTX-04")
    void answersNobodyWaitsFor_areIgnored() {
        publish(PREDEFINED, Qos.EXACTLY_ONCE, answer);
        rig.sent();

        rig.receive(new PubAck(9, 1, ReturnCode.ACCEPTED));
        rig.receive(new PubComp(1));
        rig.receive(new PubRec(2));
        rig.receive(new PubAck(9, 77, ReturnCode.CONGESTION));
        rig.receive(new RegAck(1, 1, ReturnCode.ACCEPTED));

        answer.isOpen();
        assertThat(rig.sent()).isEmpty();
    }

    @Test
    @Requirement("C-PUB-05")
    void aliasRefused_isRegisteredAnewAndTheMessageSentAgainFirst() {
        publish(NAME, Qos.AT_LEAST_ONCE, answer);
        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));
        publish(NAME, Qos.AT_LEAST_ONCE, second);
        rig.sent();

        rig.receive(new PubAck(7, 2, ReturnCode.INVALID_TOPIC_ID));
        assertThat(rig.sent()).containsExactly(new Register(0, 3, "plant/state"));
        rig.receive(new RegAck(8, 3, ReturnCode.ACCEPTED));
        assertThat(rig.sent())
                .containsExactly(new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.NORMAL, 8, 4, DATA));
        rig.receive(new PubAck(8, 4, ReturnCode.ACCEPTED));

        answer.isAccepted();
        second.isOpen();
    }

    @Test
    void aliasRefusedTwice_fails() {
        publish(NAME, Qos.AT_LEAST_ONCE, answer);
        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));
        rig.receive(new PubAck(7, 2, ReturnCode.INVALID_TOPIC_ID));
        rig.receive(new RegAck(7, 3, ReturnCode.ACCEPTED));

        rig.receive(new PubAck(7, 4, ReturnCode.INVALID_TOPIC_ID));

        answer.isRejected(ReturnCode.INVALID_TOPIC_ID);
    }

    @Test
    @Requirement("C-PUB-05")
    void qos0AliasRefused_registersBeforeTheNextMessage() {
        publish(NAME, Qos.AT_MOST_ONCE, answer);
        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));
        rig.sent();

        rig.receive(new PubAck(7, 0, ReturnCode.INVALID_TOPIC_ID));
        publish(NAME, Qos.AT_MOST_ONCE, second);

        assertThat(rig.rejections).containsExactly(ReturnCode.INVALID_TOPIC_ID);
        assertThat(rig.sent()).containsExactly(new Register(0, 2, "plant/state"));
    }

    @Test
    @Requirement("C-PUB-06")
    void qos0Refused_isTold() {
        publish(PREDEFINED, Qos.AT_MOST_ONCE, answer);

        rig.receive(new PubAck(9, 0, ReturnCode.CONGESTION));

        assertThat(rig.rejections).containsExactly(ReturnCode.CONGESTION);
    }

    @Test
    @Requirement("C-PUB-08")
    void predefinedIdRefused_failsAtOnce() {
        publish(PREDEFINED, Qos.AT_LEAST_ONCE, answer);

        rig.receive(new PubAck(9, 1, ReturnCode.INVALID_TOPIC_ID));

        answer.isRejected(ReturnCode.INVALID_TOPIC_ID);
    }

    @Test
    void moreThanMayWait_isCongestion() {
        Rig narrow = new Rig(ClientSettings.forClient("c1").queuedRequests(1).build());
        ConnectingTest.connect(narrow);
        OutgoingMessage message = new OutgoingMessage(PREDEFINED, DATA, Qos.AT_LEAST_ONCE, false);
        narrow.session.publish(message, new Answer<>(), narrow.now());
        narrow.session.publish(message, answer, narrow.now());

        narrow.session.publish(message, second, narrow.now());

        answer.isOpen();
        second.isRejected(ReturnCode.CONGESTION);
    }

    @Test
    @Requirement("C-QM1-01")
    void qosMinusOne_needsNoConnection() {
        Rig unconnected = new Rig(ClientSettings.forClient("c1").build());

        unconnected.session.publish(
                new OutgoingMessage(PREDEFINED, DATA, Qos.MINUS_ONE, false), answer, unconnected.now());

        answer.isAccepted();
        assertThat(unconnected.sent())
                .containsExactly(new Publish(false, Qos.MINUS_ONE, false, TopicIdType.PREDEFINED, 9, 0, DATA));
    }

    @Test
    void otherQosWithoutConnection_isRefused() {
        rig.session.close();

        publish(PREDEFINED, Qos.AT_MOST_ONCE, answer);

        answer.hasFailed(WrongStateException.class);
    }

    @Test
    @Requirement("C-QM1-02")
    void impossibleMessage_cannotBeMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutgoingMessage(new Topic.Name("a/#"), DATA, Qos.AT_MOST_ONCE, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutgoingMessage(new Topic.Short("a+"), DATA, Qos.AT_MOST_ONCE, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingMessage(NAME, DATA, Qos.MINUS_ONE, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutgoingMessage(NAME, Octets.of(new byte[65_527]), Qos.AT_MOST_ONCE, false));
    }

    private void publish(Topic topic, Qos qos, Answer<Done> reply) {
        rig.session.publish(new OutgoingMessage(topic, DATA, qos, false), reply, rig.now());
    }

    private static Publish qos1(boolean dup, int msgId) {
        return new Publish(dup, Qos.AT_LEAST_ONCE, false, TopicIdType.PREDEFINED, 9, msgId, DATA);
    }

    private static Publish qos2(boolean dup, int msgId) {
        return new Publish(dup, Qos.EXACTLY_ONCE, false, TopicIdType.PREDEFINED, 9, msgId, DATA);
    }
}
