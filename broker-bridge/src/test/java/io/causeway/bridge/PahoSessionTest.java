package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.SessionStore;
import io.causeway.upstream.Refusal;
import java.util.Collections;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.eclipse.paho.client.mqttv3.internal.MqttPersistentData;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** Plays Paho's part: the keys it puts and removes, in its order. */
class PahoSessionTest {
    private static final MqttPersistable PACKET = packet("publish");
    private static final MqttPersistable RELEASE = packet("release");

    private final PahoSession session = new PahoSession(new LinkStore("gateway", SessionStore.NONE, null));

    private static MqttPersistable packet(String key) {
        return new MqttPersistentData(key, new byte[2], 0, 2, new byte[0], 0, 0);
    }

    private static PendingPublish pending(Qos qos) {
        return new PendingPublish("client", new ApplicationMessage("t", Octets.EMPTY, qos, false), new Outcome(), 0);
    }

    private PendingPublish handOver(int packetId, Qos qos) {
        PendingPublish publish = pending(qos);
        session.handOver(publish);
        session.put("s-" + packetId, PACKET);
        session.handOverEnded(publish, true);
        return publish;
    }

    private List<String> restored() {
        return Collections.list(session.keys());
    }

    @Test
    void unacknowledged_isThereForTheNextClientInTheOrderOfSending() {
        handOver(7, AT_LEAST_ONCE);
        handOver(3, EXACTLY_ONCE);
        session.put("sc-3", RELEASE);
        session.put("r-9", PACKET);

        assertThat(restored()).containsExactly("r-9", "s-7", "s-3");
        assertThat(session.get("s-7")).isSameAs(PACKET);
        assertThat(session.containsKey("sc-3")).isTrue();
        assertThat(session.get("sc-3")).isSameAs(RELEASE);
        assertThat(session.containsKey("sc-7")).isFalse();
    }

    @Test
    void acknowledged_isGoneAndFoundByItsPacketIdOnce() {
        PendingPublish sent = handOver(7, AT_LEAST_ONCE);
        session.remove("s-7");
        session.remove("sb-7");
        assertThat(restored()).isEmpty();
        assertThat(session.onAcknowledged(7, sent)).isSameAs(sent);
        assertThat(session.onAcknowledged(7, sent)).isNull();
    }

    @Test
    void acknowledgedAfterAReconnect_isFoundWithoutWhatPahoWasGiven() {
        PendingPublish sent = handOver(7, AT_LEAST_ONCE);
        assertThat(session.onAcknowledged(7, null)).isSameAs(sent);
    }

    @Test
    void acknowledgementOfAFormerMessageWithTheSameId_isIgnored() {
        PendingPublish sent = handOver(7, AT_LEAST_ONCE);
        assertThat(session.onAcknowledged(7, pending(AT_LEAST_ONCE))).isNull();
        assertThat(session.onAcknowledged(7, sent)).isSameAs(sent);
    }

    @Test
    void notTaken_leavesNothing() {
        PendingPublish publish = pending(AT_LEAST_ONCE);
        session.handOver(publish);
        session.put("s-7", PACKET);
        session.remove("s-7");
        session.handOverEnded(publish, false);
        assertThat(restored()).isEmpty();
        assertThat(session.onAcknowledged(7, publish)).isNull();
    }

    @Test
    void refusedMeanwhile_isNotSentAgainUnlessTheBrokerHasIt() {
        PendingPublish waiting = handOver(1, EXACTLY_ONCE);
        PendingPublish received = handOver(2, EXACTLY_ONCE);
        session.put("sc-2", RELEASE);
        waiting.refuse(Refusal.CONGESTION);
        received.refuse(Refusal.CONGESTION);
        session.onConnecting();
        assertThat(restored()).containsExactly("s-2");
    }

    @Test
    void acknowledgedBeforeAnybodyHeardOfTheConnection_isAmongWhatWasSentAgain() {
        PendingPublish sent = handOver(1, AT_LEAST_ONCE);
        session.onConnecting();
        session.remove("s-1");
        session.onConnected(true);

        assertThat(session.sentAgain()).containsExactly(sent.message());
    }

    @Test
    void acknowledgedToTheFormerConnection_isNotAmongWhatWasSentAgain() {
        PendingPublish before = handOver(1, AT_LEAST_ONCE);
        session.remove("s-1");
        PendingPublish meanwhile = handOver(2, AT_LEAST_ONCE);
        session.onConnecting();
        session.onAcknowledged(1, before);
        session.onAcknowledged(2, meanwhile);
        session.onConnected(true);

        assertThat(session.sentAgain()).isEmpty();
    }

    @Test
    void publishedAnewWithTheSession_isNotAmongWhatWasSentAgain() {
        handOver(1, EXACTLY_ONCE);
        session.put("sc-1", RELEASE);
        session.onConnecting();
        session.onConnected(false);

        assertThat(session.sentAgain()).isEmpty();
    }

    @Test
    void sessionPresent_nothingHasToBePublishedAnew() {
        handOver(1, EXACTLY_ONCE);
        session.put("sc-1", RELEASE);
        assertThat(session.onConnected(true)).isEmpty();
    }

    @Test
    void sessionLost_whatTheBrokerHadOnlyReceivedIsPublishedAnew() {
        handOver(1, AT_LEAST_ONCE);
        PendingPublish received = handOver(2, EXACTLY_ONCE);
        handOver(3, EXACTLY_ONCE);
        session.put("sc-2", RELEASE);
        session.put("r-9", PACKET);

        assertThat(session.onConnected(false)).containsExactly(received);
        assertThat(received.isReceived()).isFalse();
        assertThat(session.onAcknowledged(2, received))
                .as("its PUBREL's answer says nothing")
                .isNull();
        session.onConnecting();
        assertThat(restored()).containsExactly("s-1", "s-3");
    }

    @Test
    void cleanSession_allUnacknowledgedIsPublishedAnewInOrder() {
        PendingPublish first = handOver(1, EXACTLY_ONCE);
        session.put("sc-1", RELEASE);
        PendingPublish second = handOver(2, AT_LEAST_ONCE);
        session.clear();
        session.clear();
        assertThat(restored()).isEmpty();
        assertThat(session.onConnected(false)).containsExactly(first, second);
        assertThat(session.onConnected(false)).isEmpty();
    }
}
