package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
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

import static io.causeway.client.ClientState.ACTIVE;
import static io.causeway.client.ClientState.ASLEEP;
import static io.causeway.client.ClientState.AWAKE;
import static io.causeway.client.ClientState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Falling asleep, waking and returning (1.2 §6.14). */
class SleepingTest {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration NIGHT = Duration.ofHours(8);
    private static final Will WILL = new Will("plant/lost", Octets.utf8("c1"), Qos.AT_LEAST_ONCE, true);

    private final Rig rig = new Rig(ClientSettings.forClient("c1").will(WILL).build());
    private final Answer<Done> answer = new Answer<>();

    @BeforeEach
    void fallAsleep() {
        ConnectingTest.connect(rig);
        Answer<Done> asleep = new Answer<>();
        rig.session.sleep(NIGHT, asleep, rig.now());
        assertThat(rig.sent()).containsExactly(new Disconnect(28_800));
        rig.receive(Disconnect.plain());
        asleep.isAccepted();
        assertThat(rig.session.state()).isEqualTo(ASLEEP);
    }

    @Test
    @Requirement("C-SLP-01")
    void asleep_keepAliveIsSilent() {
        rig.pass(Duration.ofHours(1));

        assertThat(rig.sent()).isEmpty();
    }

    @Test
    @Requirement("C-SLP-02")
    void awaken_deliversWhatWasKeptAndSleepsOn() {
        rig.session.awaken(answer, rig.now());
        assertThat(rig.sent()).containsExactly(new PingReq("c1"));
        assertThat(rig.session.state()).isEqualTo(AWAKE);

        rig.receive(new Register(7, 1, "plant/state"));
        rig.receive(new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.NORMAL, 7, 2, Octets.utf8("on")));
        assertThat(rig.sent())
                .containsExactly(new RegAck(7, 1, ReturnCode.ACCEPTED), new PubAck(7, 2, ReturnCode.ACCEPTED));
        answer.isOpen();
        rig.receive(new PingResp());

        answer.isAccepted();
        assertThat(rig.messages).extracting(IncomingMessage::topicName).containsExactly("plant/state");
        assertThat(rig.session.state()).isEqualTo(ASLEEP);
    }

    @Test
    @Requirement("C-SLP-03")
    void everyMessageWhileAwake_putsOffTheRepetitionOfThePing() {
        rig.session.awaken(answer, rig.now());
        rig.sent();

        for (int message = 0; message < 5; message++) {
            rig.pass(RETRY.minusSeconds(1));
            rig.receive(new Publish(
                    false, Qos.AT_MOST_ONCE, false, TopicIdType.PREDEFINED, 9, 0, Octets.utf8("" + message)));
        }
        assertThat(rig.sent()).isEmpty();
        rig.pass(RETRY.plusMillis(50));

        assertThat(rig.sent()).containsExactly(new PingReq("c1"));
    }

    @Test
    @Requirement("C-SLP-04")
    void wakeUpUnanswered_sleepsOn() {
        rig.session.awaken(answer, rig.now());
        rig.pass(RETRY.multipliedBy(4).plusMillis(50));
        assertThat(rig.sent()).hasSize(4).containsOnly(new PingReq("c1"));
        answer.hasFailed(NoResponseException.class);
        assertThat(rig.losses).isEmpty();
        assertThat(rig.session.state()).isEqualTo(ASLEEP);

        Answer<Done> again = new Answer<>();
        rig.session.awaken(again, rig.now());
        rig.receive(new PingResp());

        again.isAccepted();
    }

    @Test
    void gatewayThatForgotUs_tellsWhenWeWake() {
        rig.session.awaken(answer, rig.now());

        rig.receive(Disconnect.plain());

        answer.hasFailed(ConnectionLostException.class);
        assertThat(rig.losses).containsExactly(LossCause.GATEWAY_DISCONNECT);
    }

    @Test
    void lateCopyOfTheDisconnect_doesNotDisturbTheSleep() {
        rig.receive(Disconnect.plain());

        assertThat(rig.session.state()).isEqualTo(ASLEEP);
        assertThat(rig.losses).isEmpty();
    }

    @Test
    @Requirement("C-SLP-05")
    void connectFromSleep_keepsSessionAndWill() {
        rig.session.connect(answer, rig.now());
        assertThat(rig.sent()).containsExactly(new Connect(false, false, 1, 60, "c1"));

        rig.receive(new ConnAck(ReturnCode.ACCEPTED));

        assertThat(rig.session.state()).isEqualTo(ACTIVE);
    }

    @Test
    void aliasesSurviveTheSleep() {
        rig.session.connect(answer, rig.now());
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));
        rig.session.register("plant/state", new Answer<>(), rig.now());
        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));
        rig.session.sleep(NIGHT, new Answer<>(), rig.now());
        rig.receive(Disconnect.plain());
        rig.session.connect(new Answer<>(), rig.now());
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));
        rig.sent();

        rig.session.publish(
                new OutgoingMessage(new Topic.Name("plant/state"), Octets.utf8("on"), Qos.AT_MOST_ONCE, false),
                new Answer<>(),
                rig.now());

        assertThat(rig.sent())
                .containsExactly(
                        new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.NORMAL, 7, 0, Octets.utf8("on")));
    }

    @Test
    @Requirement("C-SLP-07")
    void sleepAgain_changesTheDuration() {
        rig.session.sleep(Duration.ofMinutes(1), answer, rig.now());
        assertThat(rig.sent()).containsExactly(new Disconnect(60));
        rig.receive(Disconnect.plain());

        answer.isAccepted();
        assertThat(rig.session.state()).isEqualTo(ASLEEP);
    }

    @Test
    @Requirement("C-SLP-06")
    void disconnectFromSleep_endsTheConnection() {
        rig.session.disconnect(answer, rig.now());
        assertThat(rig.sent()).containsExactly(Disconnect.plain());
        rig.receive(Disconnect.plain());

        answer.isAccepted();
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
    }

    @Test
    @Requirement("C-SLP-08")
    void publishWhileAsleep_isRegisteredAndAcknowledgedWithoutWaking() {
        rig.session.publish(message(new Topic.Name("plant/state")), answer, rig.now());
        assertThat(rig.sent()).containsExactly(new Register(0, 1, "plant/state"));
        rig.receive(new RegAck(7, 1, ReturnCode.ACCEPTED));
        rig.receive(new PubAck(7, 2, ReturnCode.ACCEPTED));

        answer.isAccepted();
        assertThat(rig.session.state()).isEqualTo(ASLEEP);
    }

    @Test
    void publishUnansweredWhileAsleep_failsAndTheNextHasItsTurn() {
        Answer<Done> second = new Answer<>();
        rig.session.publish(message(new Topic.Predefined(9)), answer, rig.now());
        rig.session.publish(message(new Topic.Predefined(9)), second, rig.now());

        rig.pass(RETRY.multipliedBy(4).plusMillis(50));
        answer.hasFailed(NoResponseException.class);
        assertThat(rig.session.state()).isEqualTo(ASLEEP);
        rig.receive(new PubAck(9, 2, ReturnCode.ACCEPTED));

        second.isAccepted();
        assertThat(rig.losses).isEmpty();
    }

    @Test
    void gatewayThatForgotUs_tellsWhenWePublishWhileAsleep() {
        rig.session.publish(message(new Topic.Predefined(9)), answer, rig.now());

        rig.receive(Disconnect.plain());

        answer.hasFailed(ConnectionLostException.class);
        assertThat(rig.losses).containsExactly(LossCause.GATEWAY_DISCONNECT);
    }

    @Test
    void otherRequestsWhileAsleep_areRefused() {
        rig.session.ping(answer, rig.now());

        answer.hasFailed(WrongStateException.class);
    }

    @Test
    @Requirement("C-SLP-05")
    void connectWhileAwake_endsTheWakeUp() {
        rig.session.awaken(answer, rig.now());
        Answer<Done> connected = new Answer<>();
        rig.sent();

        rig.session.connect(connected, rig.now());
        assertThat(rig.sent()).containsExactly(new Connect(false, false, 1, 60, "c1"));
        rig.receive(new PingResp());
        connected.isOpen();
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));

        connected.isAccepted();
        answer.hasFailed(WrongStateException.class);
        assertThat(rig.session.state()).isEqualTo(ACTIVE);
    }

    @Test
    @Requirement("C-SLP-06")
    void disconnectWhileAwake_endsTheConnection() {
        rig.session.awaken(new Answer<>(), rig.now());
        rig.sent();

        rig.session.disconnect(answer, rig.now());
        assertThat(rig.sent()).containsExactly(Disconnect.plain());
        rig.receive(Disconnect.plain());

        answer.isAccepted();
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
    }

    @Test
    void wayBackRefused_endsWhatIsUnderWay() {
        Answer<Done> published = new Answer<>();
        rig.session.publish(message(new Topic.Predefined(9)), published, rig.now());
        rig.session.connect(answer, rig.now());

        rig.receive(new ConnAck(ReturnCode.CONGESTION));

        answer.isRejected(ReturnCode.CONGESTION);
        published.hasFailed(ConnectionLostException.class);
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
    }

    @Test
    void sleepUnanswered_isALoss() {
        rig.session.sleep(NIGHT, answer, rig.now());

        rig.pass(RETRY.multipliedBy(4).plusMillis(50));

        answer.hasFailed(NoResponseException.class);
        assertThat(rig.losses).containsExactly(LossCause.NO_RESPONSE);
    }

    @Test
    void durationThatDoesNotFit_isABugOfTheCaller() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.session.sleep(Duration.ofHours(19), answer, rig.now()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.session.sleep(Duration.ofMillis(1_500), answer, rig.now()));
        assertThatIllegalArgumentException().isThrownBy(() -> rig.session.sleep(Duration.ZERO, answer, rig.now()));
    }

    private static OutgoingMessage message(Topic topic) {
        return new OutgoingMessage(topic, Octets.utf8("on"), Qos.AT_LEAST_ONCE, false);
    }
}
