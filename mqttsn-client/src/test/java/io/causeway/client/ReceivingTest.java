package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SearchGw;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgUpd;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicUpd;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Subscribing, and what the gateway delivers (1.2 §6.9, §6.10). */
class ReceivingTest {
    private static final Topic NAME = new Topic.Name("plant/state");
    private static final Octets DATA = Octets.utf8("on");

    private final Rig rig = new Rig(ClientSettings.forClient("c1").build());
    private final Answer<Qos> granted = new Answer<>();

    @BeforeEach
    void connect() {
        ConnectingTest.connect(rig);
    }

    @Test
    @Requirement({"C-SUB-01", "C-RCV-01"})
    void aliasOfSubAck_namesTheMessages() {
        rig.session.subscribe(NAME, Qos.EXACTLY_ONCE, granted, rig.now());
        assertThat(rig.sent()).containsExactly(new Subscribe(false, Qos.EXACTLY_ONCE, 1, NAME));
        rig.receive(new SubAck(Qos.AT_LEAST_ONCE, 7, 1, ReturnCode.ACCEPTED));
        granted.isAccepted(Qos.AT_LEAST_ONCE);

        rig.receive(publish(Qos.AT_MOST_ONCE, 7, 0, DATA));

        assertThat(rig.messages).containsExactly(new IncomingMessage(NAME, DATA, Qos.AT_MOST_ONCE, false, false));
        assertThat(rig.messages.get(0).topicName()).isEqualTo("plant/state");
        assertThat(rig.sent()).isEmpty();
    }

    @Test
    @Requirement({"C-SUB-02", "C-REG-04"})
    void wildcardFilter_isNamedByTheRegisterOfTheGateway() {
        rig.session.subscribe(new Topic.Name("plant/#"), Qos.AT_MOST_ONCE, granted, rig.now());
        rig.receive(new SubAck(Qos.AT_MOST_ONCE, 0, 1, ReturnCode.ACCEPTED));
        rig.sent();

        rig.receive(new Register(8, 40, "plant/state"));
        assertThat(rig.sent()).containsExactly(new RegAck(8, 40, ReturnCode.ACCEPTED));
        rig.receive(publish(Qos.AT_MOST_ONCE, 8, 0, DATA));

        assertThat(rig.messages).extracting(IncomingMessage::topic).containsExactly(NAME);
    }

    @Test
    @Requirement("C-SUB-04")
    void rejectedSubscribe_fails() {
        rig.session.subscribe(NAME, Qos.AT_MOST_ONCE, granted, rig.now());

        rig.receive(new SubAck(Qos.AT_MOST_ONCE, 0, 1, ReturnCode.INVALID_TOPIC_ID));

        granted.isRejected(ReturnCode.INVALID_TOPIC_ID);
    }

    @Test
    @Requirement("C-SUB-07")
    void subscribeUnanswered_isRepeatedWithDup() {
        rig.session.subscribe(NAME, Qos.AT_MOST_ONCE, granted, rig.now());
        rig.sent();

        rig.pass(Duration.ofMillis(10_050));

        assertThat(rig.sent()).containsExactly(new Subscribe(true, Qos.AT_MOST_ONCE, 1, NAME));
    }

    @Test
    @Requirement({"C-SUB-05", "C-SUB-06"})
    void unsubscribe_waitsForTheSubscribeBeforeIt() {
        Answer<Done> ended = new Answer<>();
        rig.session.subscribe(NAME, Qos.AT_MOST_ONCE, granted, rig.now());
        rig.session.unsubscribe(NAME, ended, rig.now());
        assertThat(rig.sent()).hasSize(1);

        rig.receive(new UnsubAck(1));
        granted.isOpen();
        rig.receive(new SubAck(Qos.AT_MOST_ONCE, 7, 1, ReturnCode.ACCEPTED));
        assertThat(rig.sent()).containsExactly(new Unsubscribe(2, NAME));
        rig.receive(new UnsubAck(2));

        ended.isAccepted();
    }

    @ParameterizedTest
    @MethodSource("staticTopics")
    @Requirement("C-SUB-03")
    void predefinedAndShortTopics_areSubscribedToAsTheyAre(Topic topic) {
        rig.session.subscribe(topic, Qos.AT_LEAST_ONCE, granted, rig.now());
        assertThat(rig.sent()).containsExactly(new Subscribe(false, Qos.AT_LEAST_ONCE, 1, topic));

        rig.receive(new SubAck(Qos.AT_LEAST_ONCE, 9, 1, ReturnCode.ACCEPTED));

        granted.isAccepted(Qos.AT_LEAST_ONCE);
    }

    static List<Topic> staticTopics() {
        return List.of(new Topic.Predefined(9), new Topic.Short("ab"));
    }

    @Test
    void subscribeWithQosMinusOne_isABugOfTheCaller() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.session.subscribe(NAME, Qos.MINUS_ONE, granted, rig.now()));
    }

    @Test
    void predefinedAndShortTopics_areKnownAnyway() {
        rig.receive(new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.PREDEFINED, 9, 0, DATA));
        rig.receive(new Publish(false, Qos.AT_MOST_ONCE, true, TopicIdType.SHORT, 0x6162, 0, DATA));

        assertThat(rig.messages)
                .containsExactly(
                        new IncomingMessage(new Topic.Predefined(9), DATA, Qos.AT_MOST_ONCE, false, false),
                        new IncomingMessage(new Topic.Short("ab"), DATA, Qos.AT_MOST_ONCE, true, false));
        assertThat(rig.messages).extracting(IncomingMessage::topicName).containsExactly("9", "ab");
    }

    @Test
    @Requirement("C-RCV-04")
    void unknownAlias_isRefusedAtEveryQos() {
        rig.receive(publish(Qos.AT_MOST_ONCE, 66, 0, DATA));
        rig.receive(publish(Qos.AT_LEAST_ONCE, 66, 5, DATA));
        rig.receive(publish(Qos.EXACTLY_ONCE, 66, 6, DATA));

        assertThat(rig.sent())
                .containsExactly(
                        new PubAck(66, 0, ReturnCode.INVALID_TOPIC_ID),
                        new PubAck(66, 5, ReturnCode.INVALID_TOPIC_ID),
                        new PubAck(66, 6, ReturnCode.INVALID_TOPIC_ID));
        assertThat(rig.messages).isEmpty();
    }

    @Test
    @Requirement("C-REG-05")
    void reservedAlias_isNotLearned() {
        rig.receive(new Register(0xFFFF, 3, "plant/state"));

        assertThat(rig.sent()).containsExactly(new RegAck(0xFFFF, 3, ReturnCode.INVALID_TOPIC_ID));
    }

    @Test
    void aliasGivenToAnotherTopic_namesThatOne() {
        rig.receive(new Register(7, 1, "old"));
        rig.receive(new Register(7, 2, "new"));

        rig.receive(publish(Qos.AT_MOST_ONCE, 7, 0, DATA));

        assertThat(rig.messages).extracting(IncomingMessage::topicName).containsExactly("new");
    }

    @Test
    @Requirement("C-RCV-02")
    void qos1_isAcknowledgedEachTimeItComes() {
        rig.receive(new Register(7, 1, "plant/state"));
        rig.sent();

        rig.receive(publish(Qos.AT_LEAST_ONCE, 7, 5, DATA));
        rig.receive(new Publish(true, Qos.AT_LEAST_ONCE, false, TopicIdType.NORMAL, 7, 5, DATA));

        assertThat(rig.sent()).hasSize(2).containsOnly(new PubAck(7, 5, ReturnCode.ACCEPTED));
        assertThat(rig.messages).extracting(IncomingMessage::dup).containsExactly(false, true);
    }

    @Test
    @Requirement({"C-RCV-03", "C-RCV-05"})
    void qos2_isDeliveredOnceHoweverOftenItComes() {
        rig.receive(new Register(7, 1, "plant/state"));
        rig.sent();

        rig.receive(publish(Qos.EXACTLY_ONCE, 7, 5, DATA));
        rig.receive(new Publish(true, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, 7, 5, DATA));
        rig.receive(new PubRel(5));
        rig.receive(new PubRel(5));
        rig.receive(publish(Qos.EXACTLY_ONCE, 7, 5, DATA));

        assertThat(rig.sent())
                .containsExactly(new PubRec(5), new PubRec(5), new PubComp(5), new PubComp(5), new PubRec(5));
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    @Requirement("C-CS-02")
    void qos2AfterACleanSession_isANewMessage() {
        var delivery = new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.PREDEFINED, 9, 5, DATA);
        rig.receive(delivery);
        rig.session.close();
        ConnectingTest.connect(rig);

        rig.receive(delivery);

        assertThat(rig.messages).hasSize(2);
    }

    @Test
    void packetIdUsedAgainForAnotherMessage_isDelivered() {
        rig.receive(new Register(7, 1, "plant/state"));

        rig.receive(publish(Qos.EXACTLY_ONCE, 7, 5, DATA));
        rig.receive(new PubRel(5));
        rig.receive(publish(Qos.EXACTLY_ONCE, 7, 5, Octets.utf8("off")));

        assertThat(rig.messages).hasSize(2);
    }

    @Test
    void sameMessageAgainLongAfterItsRelease_isANewOne() {
        rig.receive(new Register(7, 1, "plant/state"));
        rig.receive(publish(Qos.EXACTLY_ONCE, 7, 5, DATA));
        rig.receive(new PubRel(5));

        rig.pass(Duration.ofSeconds(11));
        rig.receive(publish(Qos.EXACTLY_ONCE, 7, 5, DATA));

        assertThat(rig.messages).hasSize(2);
    }

    @Test
    void deliveryWithoutConnection_isIgnored() {
        rig.session.close();

        rig.receive(new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.PREDEFINED, 9, 5, DATA));

        assertThat(rig.messages).isEmpty();
        assertThat(rig.sent()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("packetsOfClients")
    @Requirement("C-ROB-01")
    void packetThatOnlyClientsSend_isIgnored(Packet packet) {
        rig.receive(packet);

        assertThat(rig.sent()).isEmpty();
        assertThat(rig.session.state()).isEqualTo(ClientState.ACTIVE);
    }

    static List<Packet> packetsOfClients() {
        return List.of(
                new SearchGw(1),
                new Connect(true, true, 1, 60, "c1"),
                WillTopic.empty(),
                new WillMsg(DATA),
                new Subscribe(false, Qos.AT_LEAST_ONCE, 1, NAME),
                new Unsubscribe(1, NAME),
                WillTopicUpd.empty(),
                new WillMsgUpd(DATA));
    }

    private static Publish publish(Qos qos, int topicId, int msgId, Octets data) {
        return new Publish(false, qos, false, TopicIdType.NORMAL, topicId, msgId, data);
    }
}
