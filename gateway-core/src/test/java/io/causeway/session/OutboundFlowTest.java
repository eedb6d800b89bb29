package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutboundFlowTest {
    private static final long START = Long.MAX_VALUE - 5; // about to wrap
    private static final long RETRY_NANOS = SessionSettings.DEFAULTS.retryNanos();
    private static final int LAST_PACKET_ID = 0xFFFF;

    private final RecordingPort port = new RecordingPort();
    private final Client client = new Client();
    private final OutboundQueue<ApplicationMessage> queue =
            new OutboundQueue<>(SessionSettings.DEFAULTS.queue(), ApplicationMessage::weightOctets);
    private final OutboundFlow flow = new OutboundFlow(client, queue, SessionSettings.DEFAULTS);
    private long now = START;

    @Test
    void message_isRegisteredPublishedAndSettled() {
        offer(Qos.AT_LEAST_ONCE, "x");
        assertThat(port.said()).containsExactly("register 1 1 t");
        assertThat(flow.isDrained()).isFalse();

        flow.onRegAck(1, ReasonCode.SUCCESS, now);
        assertThat(port.said()).containsExactly("publish 1 2 x");

        flow.onPubAck(2, ReasonCode.SUCCESS, now);
        assertThat(flow.isDrained()).isTrue();
        assertThat(flow.inFlight()).isNull();
    }

    @Test
    void whatIsHeldBack_waitsWithAllBehindIt() {
        client.known();
        client.heldBack = "first";
        offer(Qos.AT_MOST_ONCE, "first");
        offer(Qos.AT_MOST_ONCE, "second");
        assertThat(port.said()).isEmpty();

        client.heldBack = "";
        flow.pump(now);

        assertThat(port.said()).containsExactly("publish 1 0 first", "publish 1 0 second");
    }

    @Test
    void timerThatComesEarly_isArmedAgain() {
        client.known();
        offer(Qos.AT_LEAST_ONCE, "x");
        port.said();

        flow.onRetryTimer(now + RETRY_NANOS - 1);

        assertThat(port.said()).isEmpty();
        assertThat(client.armed).endsWith(now + RETRY_NANOS);
    }

    @Test
    void timerWithNothingInFlight_doesNothing() {
        flow.onRetryTimer(now);

        assertThat(port.said()).isEmpty();
        assertThat(client.armed).isEmpty();
    }

    @Test
    void clientThatCannotBeReached_isSentNothingAndItsAnswersCount() {
        client.known();
        offer(Qos.AT_LEAST_ONCE, "x");
        offer(Qos.AT_LEAST_ONCE, "y");
        port.said();
        client.away = true;

        flow.onRetryTimer(now + RETRY_NANOS);
        flow.onPubAck(1, ReasonCode.SUCCESS, now);
        assertThat(port.said()).isEmpty();
        assertThat(flow.inFlight()).isNull();

        client.away = false;
        flow.resume(now);
        assertThat(port.said()).containsExactly("publish 1 2 y");
    }

    @Test
    void regAckWhileAway_isFollowedByPublishOnReturn() {
        offer(Qos.AT_LEAST_ONCE, "x");
        port.said();
        client.away = true;
        flow.onRegAck(1, ReasonCode.SUCCESS, now);
        assertThat(port.said()).isEmpty();
        client.away = false;

        flow.resume(now);

        assertThat(port.said()).containsExactly("publish 1 2 x");
    }

    @Test
    void packetIds_wrapAroundZero() {
        client.known();
        flow.restore(null, LAST_PACKET_ID - 1);
        offer(Qos.AT_LEAST_ONCE, "x");
        offer(Qos.AT_LEAST_ONCE, "y");
        flow.onPubAck(LAST_PACKET_ID, ReasonCode.SUCCESS, now);

        assertThat(port.said()).containsExactly("publish 1 65535 x", "publish 1 1 y");
    }

    @Test
    void restoredBeforeItWasEverSent_isSentWithoutDup() {
        client.known();
        ApplicationMessage message = message(Qos.AT_LEAST_ONCE, "x");
        flow.restore(new SessionState.InFlight(message, 0, false, false), 8);
        flow.resume(now);

        assertThat(port.said()).containsExactly("publish 1 9 x");
    }

    @Test
    void restoredAfterItWasReleased_isReleasedAgain() {
        ApplicationMessage message = message(Qos.EXACTLY_ONCE, "x");
        flow.restore(new SessionState.InFlight(message, 5, true, true), 8);
        flow.resume(now);
        assertThat(port.said()).containsExactly("pubRel 5");

        flow.onPubComp(5, now);
        assertThat(flow.isDrained()).isTrue();
    }

    @Test
    void acknowledgementOfNothing_settlesNothingThatWasRestored() {
        ApplicationMessage message = message(Qos.AT_LEAST_ONCE, "x");
        flow.restore(new SessionState.InFlight(message, 0, false, false), 8);

        flow.onPubAck(0, ReasonCode.SUCCESS, now);

        assertThat(flow.inFlight()).isEqualTo(message);
    }

    @Test
    void value_tellsWhatIsInFlightAndHowFarItCame() {
        client.known();
        ApplicationMessage message = message(Qos.EXACTLY_ONCE, "x");
        queue.offer(message);
        assertThat(flow.toValue()).isNull();
        flow.pump(now);
        assertThat(flow.toValue()).isEqualTo(new SessionState.InFlight(message, 1, true, false));

        flow.onPubRec(1, now);

        assertThat(flow.toValue()).isEqualTo(new SessionState.InFlight(message, 1, true, true));
    }

    @Test
    void withoutAnAlias_messageIsDroppedAndTheNextComes() {
        client.reference = null;
        offer(Qos.AT_LEAST_ONCE, "x");

        assertThat(client.dropped).containsExactly(Count.DROPPED_NO_ALIAS);
        assertThat(flow.isDrained()).isTrue();
    }

    private void offer(Qos qos, String text) {
        queue.offer(message(qos, text));
        flow.pump(now);
    }

    private static ApplicationMessage message(Qos qos, String text) {
        return new ApplicationMessage("t", Octets.utf8(text), qos, false);
    }

    private final class Client implements OutboundFlow.Host {
        private final TopicAliases aliases = new TopicAliases(10, 1);
        private final List<Long> armed = new ArrayList<>();
        private final List<Count> dropped = new ArrayList<>();
        private @Nullable TopicReference reference = new TopicReference(TopicForm.NORMAL, 1);
        private String heldBack = "";
        private boolean away;

        private Client() {
            aliases.assign("t");
        }

        /** It has been told the alias. */
        private void known() {
            aliases.assign("t").orElseThrow().known = true;
        }

        @Override
        public @Nullable ClientPort reachablePort() {
            return away ? null : port;
        }

        @Override
        public boolean holdsBack(ApplicationMessage message) {
            return message.payload().toUtf8().equals(heldBack);
        }

        @Override
        public Optional<TopicReference> referenceTo(String topic) {
            return Optional.ofNullable(reference);
        }

        @Override
        public TopicAliases aliases() {
            return aliases;
        }

        @Override
        public void armRetry(long deadlineNanos) {
            armed.add(deadlineNanos);
        }

        @Override
        public boolean ping() {
            return false;
        }

        @Override
        public void onDropped(ApplicationMessage message, Count cause, long nowNanos) {
            dropped.add(cause);
        }

        @Override
        public void onRetriesExhausted(long nowNanos) {
            away = true;
        }

        @Override
        public void count(Count count) {}
    }
}
