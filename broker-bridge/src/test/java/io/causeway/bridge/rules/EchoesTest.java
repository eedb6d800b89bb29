package io.causeway.bridge.rules;

import io.causeway.bridge.rules.BridgeRule.Direction;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

class EchoesTest {
    private static final ApplicationMessage SENT = message("t/a", "1", AT_LEAST_ONCE);
    private static final ApplicationMessage SENT_AT_QOS_0 = message("t/a", "1", AT_MOST_ONCE);
    private static final Duration TICK = Duration.ofNanos(1);

    private final BridgeRule both = new BridgeRule(new TopicFilter("t/#"), Direction.BOTH, AT_LEAST_ONCE, "", "");
    private long nowNanos = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private final Echoes echoes = new Echoes("far", List.of(both), () -> nowNanos);

    @BeforeEach
    void connect() {
        echoes.onConnected(false, false, List.of());
    }

    @Test
    void eachSent_isGoodForOneThatComes() {
        echoes.onSent(SENT);
        echoes.onSent(SENT);

        assertThat(echoes.isEcho(SENT)).isTrue();
        assertThat(echoes.isEcho(SENT)).isTrue();
        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void othersMessages_areNoEchoes() {
        echoes.onSent(SENT);

        assertThat(echoes.isEcho(message("t/a", "2", AT_LEAST_ONCE))).isFalse();
        assertThat(echoes.isEcho(message("t/b", "1", AT_LEAST_ONCE))).isFalse();
    }

    @Test
    void echoAfterTheAcknowledgement_isKnownOnce() {
        echoes.onSent(SENT);
        echoes.onAcknowledged(SENT);

        assertThat(echoes.isEcho(SENT)).isTrue();
        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void echoBeforeTheAcknowledgement_isKnownOnce() {
        echoes.onSent(SENT);
        assertThat(echoes.isEcho(SENT)).isTrue();
        echoes.onAcknowledged(SENT);

        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void lostAtQos0_isNotTakenForAGenuineOneLater() {
        echoes.onSent(SENT_AT_QOS_0);
        pass(Echoes.AWAITED);

        assertThat(echoes.isEcho(SENT_AT_QOS_0)).isFalse();
    }

    @Test
    void sentAtQos0_isAwaitedForATime() {
        echoes.onSent(SENT_AT_QOS_0);
        pass(Echoes.AWAITED.minus(TICK));

        assertThat(echoes.isEcho(SENT_AT_QOS_0)).isTrue();
    }

    @Test
    void acknowledgedAndNeverBack_isForgottenAfterATime() {
        echoes.onSent(SENT);
        pass(Duration.ofHours(1)); // it is stuck
        echoes.onAcknowledged(SENT);
        pass(Echoes.AWAITED);

        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void notTakenByTheConnection_isNotAwaited() {
        echoes.onSent(SENT);
        echoes.onWithdrawn(SENT);
        echoes.onSent(SENT_AT_QOS_0);
        echoes.onWithdrawn(SENT_AT_QOS_0);

        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void connectionLostBeforeTheAcknowledgement_isAwaitedOnlyIfItIsSentAgain() {
        echoes.onSent(SENT);
        echoes.onSent(SENT_AT_QOS_0);
        echoes.onLost();
        echoes.onConnected(true, false, List.of());
        assertThat(echoes.isEcho(SENT)).isFalse();

        echoes.onLost();
        echoes.onConnected(true, false, List.of(SENT));
        assertThat(echoes.isEcho(SENT)).isTrue();
    }

    @Test
    void echoThatWaitsThereForOurReturn_isKnown() {
        echoes.onSent(SENT);
        echoes.onAcknowledged(SENT);
        echoes.onLost();
        pass(Duration.ofHours(1));
        echoes.onConnected(true, false, List.of());

        assertThat(echoes.isEcho(SENT)).isTrue();
    }

    @Test
    void sessionLostThere_nothingWaitsForUs() {
        echoes.onSent(SENT);
        echoes.onAcknowledged(SENT);
        echoes.onLost();
        echoes.onConnected(false, false, List.of());

        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void forgottenBeforeALoss_isNotAwaitedAfterIt() {
        echoes.onSent(SENT);
        echoes.onAcknowledged(SENT);
        pass(Echoes.AWAITED);
        echoes.onLost();
        echoes.onConnected(true, false, List.of());

        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void whatNoRuleBringsIn_isNotAwaited() {
        ApplicationMessage elsewhere = message("elsewhere", "1", AT_LEAST_ONCE);
        echoes.onSent(elsewhere);

        assertThat(echoes.isEcho(elsewhere)).isFalse();
    }

    @Test
    void takenForABridge_nothingIsAnEcho() {
        echoes.onConnected(true, true, List.of());
        for (int i = 0; i < 3 * Echoes.PROOF; i++) {
            echoes.onSent(SENT);
            echoes.onAcknowledged(SENT);
            echoes.onSent(message("t/quiet", "1", AT_LEAST_ONCE));
            echoes.onAcknowledged(message("t/quiet", "1", AT_LEAST_ONCE));

            assertThat(echoes.isEcho(SENT)).as("genuine message %d", i).isFalse();
            pass(Echoes.AWAITED);
        }
    }

    @Test
    void takenForABridgeInVain_echoesAreKnownWhenThatIsProven() {
        echoes.onConnected(true, true, List.of());
        proveThatTheBitIsIgnored();

        echoes.onSent(SENT);
        assertThat(echoes.isEcho(SENT)).isTrue();
        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void takenForABridge_thatBothSidesSayTheSameFewThingsProvesNothing() {
        echoes.onConnected(true, true, List.of());
        for (int i = 0; i < 100; i++) {
            ApplicationMessage heartbeat = message("t/" + i % (Echoes.VARIETY - 1), "1", AT_LEAST_ONCE);
            echoes.onSent(heartbeat);
            echoes.onAcknowledged(heartbeat);

            assertThat(echoes.isEcho(heartbeat)).as("genuine message %d", i).isFalse();
        }
    }

    @Test
    void takenForABridgeInVain_isProvenAnewAfterOneThatDidNotComeBack() {
        echoes.onConnected(true, true, List.of());
        proveThatTheBitIsIgnored();
        echoes.onSent(SENT);
        echoes.onAcknowledged(SENT);
        pass(Echoes.AWAITED);

        proveThatTheBitIsIgnored();
    }

    @Test
    void echoesToAClient_proveNothingOfABrokerThatTakesUsForABridgeLater() {
        for (int i = 0; i < 2 * Echoes.PROOF; i++) {
            ApplicationMessage sent = message("t/a", "" + i, AT_LEAST_ONCE);
            echoes.onSent(sent);
            assertThat(echoes.isEcho(sent)).isTrue();
        }
        echoes.onLost();
        echoes.onConnected(true, true, List.of());

        echoes.onSent(SENT);
        assertThat(echoes.isEcho(SENT)).isFalse();
    }

    @Test
    void otherContentWithTheSameHashCode_isNoEcho() {
        Octets content = Octets.ofHex("0141");
        Octets other = Octets.ofHex("0222");
        assertThat(content).hasSameHashCodeAs(other);
        echoes.onSent(new ApplicationMessage("t/a", content, AT_LEAST_ONCE, false));

        assertThat(echoes.isEcho(new ApplicationMessage("t/a", other, AT_LEAST_ONCE, false)))
                .isFalse();
    }

    @Test
    void tooMany_theOldestAreForgotten() {
        for (int i = 0; i <= Echoes.MOST; i++) {
            echoes.onSent(message("t", Integer.toString(i), AT_MOST_ONCE));
        }

        assertThat(echoes.isEcho(message("t", "0", AT_MOST_ONCE))).isFalse();
        assertThat(echoes.isEcho(message("t", "1", AT_MOST_ONCE))).isTrue();
    }

    /** So many come back, as various as that takes, and none is dropped yet. */
    private void proveThatTheBitIsIgnored() {
        for (int i = 0; i < Echoes.PROOF; i++) {
            ApplicationMessage sent = message("t/" + i % Echoes.VARIETY, "1", AT_LEAST_ONCE);
            echoes.onSent(sent);
            echoes.onAcknowledged(sent);
            assertThat(echoes.isEcho(sent)).as("message %d", i).isFalse();
        }
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    private static ApplicationMessage message(String topic, String payload, Qos qos) {
        return new ApplicationMessage(topic, Octets.utf8(payload), qos, false);
    }
}
