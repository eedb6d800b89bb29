package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillMsgResp;
import io.causeway.codec.v12.WillMsgUpd;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.codec.v12.WillTopicResp;
import io.causeway.codec.v12.WillTopicUpd;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.causeway.client.ClientState.ACTIVE;
import static io.causeway.client.ClientState.CONNECTING;
import static io.causeway.client.ClientState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

/** Connection setup, will, keep-alive, loss and disconnecting (1.2 §6.2 to §6.4, §6.11 to §6.13). */
class ConnectingTest {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Connect CONNECT = new Connect(false, true, 1, 60, "c1");
    private static final Will WILL = new Will("plant/lost", Octets.utf8("c1"), Qos.AT_LEAST_ONCE, true);

    private final Rig rig = new Rig(ClientSettings.forClient("c1").build());
    private final Answer<Done> answer = new Answer<>();

    @Test
    @Requirement("C-CONN-01")
    void connAckAccepted_isActive() {
        rig.session.connect(answer, rig.now());
        assertThat(rig.session.state()).isEqualTo(CONNECTING);
        assertThat(rig.sent()).containsExactly(CONNECT);

        rig.receive(new ConnAck(ReturnCode.ACCEPTED));

        answer.isAccepted();
        assertThat(rig.session.state()).isEqualTo(ACTIVE);
    }

    @Test
    @Requirement("C-CONN-02")
    void connAckRejected_isDisconnectedAndNotRepeated() {
        rig.session.connect(answer, rig.now());

        rig.receive(new ConnAck(ReturnCode.CONGESTION));

        answer.isRejected(ReturnCode.CONGESTION);
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
        rig.sent();
        rig.pass(RETRY.multipliedBy(2));
        assertThat(rig.sent()).isEmpty();
    }

    @Test
    @Requirement("C-RTX-01")
    void connectUnanswered_isRepeatedThreeTimesAndFails() {
        rig.session.connect(answer, rig.now());

        rig.pass(RETRY.multipliedBy(4).minusMillis(100));
        assertThat(rig.sent()).containsExactly(CONNECT, CONNECT, CONNECT, CONNECT);
        answer.isOpen();

        rig.pass(Duration.ofMillis(200));
        answer.hasFailed(NoResponseException.class);
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
        assertThat(rig.losses).isEmpty();
    }

    @Test
    void everyRepetition_isToldToThoseWhoCount() {
        rig.session.connect(answer, rig.now());

        rig.pass(RETRY.multipliedBy(2).plusSeconds(1));

        assertThat(rig.repetitions).containsExactly(CONNECT, CONNECT);
    }

    @Test
    void connectTwice_isRefused() {
        connect(rig);

        rig.session.connect(answer, rig.now());

        answer.hasFailed(WrongStateException.class);
        assertThat(rig.sent()).isEmpty();
    }

    @Test
    @Requirement({"C-CONN-03", "C-CS-01"})
    void clientWithWill_givesTopicAndMessageWhenAsked() {
        Rig withWill = new Rig(ClientSettings.forClient("c1").will(WILL).build());
        withWill.session.connect(answer, withWill.now());
        assertThat(withWill.sent()).containsExactly(new Connect(true, true, 1, 60, "c1"));

        withWill.receive(new WillTopicReq());
        assertThat(withWill.sent()).containsExactly(new WillTopic(Qos.AT_LEAST_ONCE, true, "plant/lost"));
        withWill.receive(new WillMsgReq());
        assertThat(withWill.sent()).containsExactly(new WillMsg(Octets.utf8("c1")));
        withWill.receive(new ConnAck(ReturnCode.ACCEPTED));

        answer.isAccepted();
    }

    @Test
    @Requirement("C-RTX-01")
    void willTopicUnanswered_isRepeatedAsOftenAsConnect() {
        Rig withWill = new Rig(ClientSettings.forClient("c1").will(WILL).build());
        withWill.session.connect(answer, withWill.now());
        withWill.pass(RETRY.multipliedBy(2).plusSeconds(1));
        withWill.receive(new WillTopicReq());
        withWill.sent();

        withWill.pass(RETRY.multipliedBy(3).plusSeconds(1));

        assertThat(withWill.sent()).hasSize(3).containsOnly(new WillTopic(Qos.AT_LEAST_ONCE, true, "plant/lost"));
        answer.isOpen();
    }

    @Test
    @Requirement("C-CONN-03")
    void gatewayThatBeginsItsPromptingAnew_isAnswered() {
        Rig withWill = new Rig(ClientSettings.forClient("c1").will(WILL).build());
        withWill.session.connect(answer, withWill.now());
        withWill.receive(new WillTopicReq());
        withWill.receive(new WillMsgReq());
        withWill.sent();

        withWill.receive(new WillTopicReq());
        withWill.receive(new WillMsgReq());

        assertThat(withWill.sent())
                .containsExactly(new WillTopic(Qos.AT_LEAST_ONCE, true, "plant/lost"), new WillMsg(Octets.utf8("c1")));
    }

    @Test
    @Requirement("C-RTX-01")
    void gatewayThatNeverEndsItsPrompting_isGivenUp() {
        Rig withWill = new Rig(ClientSettings.forClient("c1").will(WILL).build());
        withWill.session.connect(answer, withWill.now());

        for (int tries = 0; tries <= 4; tries++) {
            withWill.receive(new WillTopicReq());
            withWill.receive(new WillMsgReq());
            withWill.pass(RETRY);
        }

        answer.hasFailed(NoResponseException.class);
    }

    @Test
    @Requirement("C-CONN-04")
    void clientWithoutWillAskedForOne_saysThatThereIsNone() {
        rig.session.connect(answer, rig.now());
        rig.sent();

        rig.receive(new WillTopicReq());

        assertThat(rig.sent()).containsExactly(WillTopic.empty());
    }

    @Test
    @Requirement("C-WUPD-01")
    void willUpdated_isAcceptedWhenAnswered() {
        connect(rig);
        Answer<Done> message = new Answer<>();

        rig.session.updateWillTopic("plant/gone", Qos.AT_MOST_ONCE, false, answer, rig.now());
        rig.session.updateWillMessage(Octets.utf8("bye"), message, rig.now());
        assertThat(rig.sent())
                .containsExactly(
                        new WillTopicUpd(Qos.AT_MOST_ONCE, false, "plant/gone"), new WillMsgUpd(Octets.utf8("bye")));
        rig.receive(new WillTopicResp(ReturnCode.ACCEPTED));
        rig.receive(new WillMsgResp(ReturnCode.NOT_SUPPORTED));

        answer.isAccepted();
        message.isRejected(ReturnCode.NOT_SUPPORTED);
    }

    @Test
    @Requirement("C-WUPD-02")
    void willUpdatedToNothing_isDeleted() {
        connect(rig);

        rig.session.updateWillTopic("", Qos.AT_MOST_ONCE, false, answer, rig.now());

        assertThat(rig.sent()).containsExactly(WillTopicUpd.empty());
    }

    @Test
    @Requirement("C-KA-01")
    void silence_isBrokenByPingBeforeKeepAliveEnds() {
        connect(rig);

        rig.pass(Duration.ofSeconds(47));
        assertThat(rig.sent()).isEmpty();
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.sent()).containsExactly(new PingReq(""));
    }

    @Test
    @Requirement("C-KA-01")
    void answeredPing_isFollowedByTheNext() {
        connect(rig);
        rig.pass(Duration.ofSeconds(49));
        rig.receive(new PingResp());
        rig.sent();

        rig.pass(Duration.ofSeconds(40));
        assertThat(rig.sent()).isEmpty();
        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.sent()).containsExactly(new PingReq(""));
    }

    @Test
    @Requirement("C-KA-04")
    void gatewaySilentWhileWePublish_isPingedAndFoundLost() {
        connect(rig);
        for (int second = 0; second < 95; second++) {
            rig.session.publish(message(Qos.AT_MOST_ONCE), new Answer<>(), rig.now());
            rig.pass(Duration.ofSeconds(1));
        }

        assertThat(rig.losses).containsExactly(LossCause.NO_RESPONSE);
    }

    @Test
    void gatewayHeardWhileWePublish_isNotPinged() {
        connect(rig);
        for (int second = 0; second < 95; second++) {
            rig.session.publish(message(Qos.AT_MOST_ONCE), new Answer<>(), rig.now());
            rig.receive(new PubAck(1, 0, ReturnCode.ACCEPTED));
            rig.pass(Duration.ofSeconds(1));
        }

        assertThat(rig.sent()).doesNotContain(new PingReq(""));
    }

    @Test
    void noKeepAlive_neverPings() {
        Rig silent =
                new Rig(ClientSettings.forClient("c1").keepAlive(Duration.ZERO).build());
        connect(silent);

        silent.pass(Duration.ofHours(1));

        assertThat(silent.sent()).isEmpty();
    }

    @Test
    void shortKeepAlive_leavesTimeForOneRepetition() {
        Rig brisk = new Rig(
                ClientSettings.forClient("c1").keepAlive(Duration.ofSeconds(16)).build());
        connect(brisk);

        brisk.pass(Duration.ofMillis(8_100));

        assertThat(brisk.sent()).containsExactly(new PingReq(""));
    }

    @Test
    void ping_isAcceptedWhenAnswered() {
        connect(rig);

        rig.session.ping(answer, rig.now());
        assertThat(rig.sent()).containsExactly(new PingReq(""));
        rig.receive(new PingResp());

        answer.isAccepted();
    }

    @Test
    @Requirement("C-KA-02")
    void pingOfGateway_isAnswered() {
        connect(rig);

        rig.receive(new PingReq(""));

        assertThat(rig.sent()).containsExactly(new PingResp());
    }

    @Test
    @Requirement("C-KA-03")
    void pingWithoutConnection_isIgnored() {
        rig.receive(new PingReq(""));

        assertThat(rig.sent()).isEmpty();
    }

    @Test
    void gatewayDisconnects_allThatIsUnderWayFails() {
        connect(rig);
        Answer<Integer> registered = new Answer<>();
        rig.session.register("a", registered, rig.now());
        Answer<Done> first = new Answer<>();
        Answer<Done> second = new Answer<>();
        rig.session.publish(message(Qos.AT_LEAST_ONCE), first, rig.now());
        rig.session.publish(message(Qos.AT_LEAST_ONCE), second, rig.now());

        rig.receive(Disconnect.plain());

        registered.hasFailed(ConnectionLostException.class);
        first.hasFailed(ConnectionLostException.class);
        second.hasFailed(ConnectionLostException.class);
        assertThat(rig.losses).containsExactly(LossCause.GATEWAY_DISCONNECT);
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
        rig.sent();
        rig.pass(Duration.ofHours(1));
        assertThat(rig.sent()).isEmpty();
    }

    @Test
    void lostConnection_canBeMadeAgain() {
        connect(rig);
        rig.receive(Disconnect.plain());

        rig.session.connect(answer, rig.now());
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));

        answer.isAccepted();
    }

    @Test
    @Requirement("C-CONN-05")
    void lateDisconnectWhileConnecting_isIgnored() {
        rig.session.connect(answer, rig.now());

        rig.receive(Disconnect.plain());
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));

        answer.isAccepted();
        assertThat(rig.losses).isEmpty();
    }

    @Test
    @Requirement("C-DIS-01")
    void disconnect_waitsForWhatIsUnderWay() {
        connect(rig);
        Answer<Done> published = new Answer<>();
        rig.session.publish(message(Qos.AT_LEAST_ONCE), published, rig.now());
        rig.sent();

        rig.session.disconnect(answer, rig.now());
        assertThat(rig.sent()).isEmpty();
        rig.receive(new PubAck(1, 1, ReturnCode.ACCEPTED));
        published.isAccepted();
        assertThat(rig.sent()).containsExactly(Disconnect.plain());
        rig.receive(Disconnect.plain());

        answer.isAccepted();
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
        assertThat(rig.losses).isEmpty();
    }

    @Test
    @Requirement("C-DIS-01")
    void disconnectWhileConnecting_breaksOffTheAttempt() {
        Answer<Done> connected = new Answer<>();
        rig.session.connect(connected, rig.now());
        rig.sent();

        rig.session.disconnect(answer, rig.now());
        connected.hasFailed(WrongStateException.class);
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));
        assertThat(rig.sent()).containsExactly(Disconnect.plain());
        rig.receive(Disconnect.plain());

        answer.isAccepted();
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
        assertThat(rig.losses).isEmpty();
    }

    @Test
    void requestAfterDisconnect_isRefused() {
        connect(rig);
        rig.session.disconnect(new Answer<>(), rig.now());

        rig.session.publish(message(Qos.AT_MOST_ONCE), answer, rig.now());

        answer.hasFailed(WrongStateException.class);
    }

    @Test
    void gatewayDisconnectsBeforeOurFarewell_isALoss() {
        connect(rig);
        rig.session.publish(message(Qos.AT_LEAST_ONCE), new Answer<>(), rig.now());
        rig.session.sleep(Duration.ofMinutes(5), answer, rig.now());

        rig.receive(Disconnect.plain());

        answer.hasFailed(ConnectionLostException.class);
        assertThat(rig.losses).containsExactly(LossCause.GATEWAY_DISCONNECT);
    }

    @Test
    void disconnectUnanswered_failsButIsNoLoss() {
        connect(rig);

        rig.session.disconnect(answer, rig.now());
        rig.pass(RETRY.multipliedBy(4).plusSeconds(1));

        answer.hasFailed(NoResponseException.class);
        assertThat(rig.session.state()).isEqualTo(DISCONNECTED);
        assertThat(rig.losses).isEmpty();
    }

    @Test
    void close_failsWhatIsUnderWay() {
        connect(rig);
        rig.session.ping(answer, rig.now());

        rig.session.close();

        answer.hasFailed(ConnectionLostException.class);
        assertThat(rig.losses).containsExactly(LossCause.CLOSED);
    }

    private static OutgoingMessage message(Qos qos) {
        return new OutgoingMessage(new Topic.Predefined(1), Octets.utf8("21"), qos, false);
    }

    static void connect(Rig rig) {
        Answer<Done> connected = new Answer<>();
        rig.session.connect(connected, rig.now());
        rig.receive(new ConnAck(ReturnCode.ACCEPTED));
        connected.isAccepted();
        rig.sent();
    }
}
