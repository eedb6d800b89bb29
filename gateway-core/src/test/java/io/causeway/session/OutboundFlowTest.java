package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Changes;
import io.causeway.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class OutboundFlowTest {
    private static final long START = Long.MAX_VALUE - 5; // about to wrap
    private static final long RETRY_NANOS = SessionSettings.DEFAULTS.retryNanos();
    private static final int LAST_PACKET_ID = 0xFFFF;

    private final RecordingHost host = new RecordingHost(START);
    private final RecordingPort port = host.port;
    private final Client client = new Client();
    private final OutboundQueue<Outgoing> queue =
            new OutboundQueue<>(SessionSettings.DEFAULTS.queue(), Outgoing::weightOctets, host.record::remove);
    private final OutboundFlow flow = new OutboundFlow(
            client, new OutboundOrder(queue, host.record, client.topics), host.record, SessionSettings.DEFAULTS);
    private long now = START;

    @Test
    void message_isRegisteredPublishedAndSettled() {
        offer(Qos.AT_LEAST_ONCE, "x");
        assertThat(host.said()).containsExactly("register 1 1 t");
        assertThat(flow.isDrained()).isFalse();

        flow.onRegAck(1, ReasonCode.SUCCESS, now);
        assertThat(host.said()).containsExactly("publish 1 2 x");

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
        assertThat(host.said()).isEmpty();

        client.heldBack = "";
        flow.pump(now);

        assertThat(host.said()).containsExactly("publish 1 0 first", "publish 1 0 second");
    }

    @Test
    void timerThatComesEarly_isArmedAgain() {
        client.known();
        offer(Qos.AT_LEAST_ONCE, "x");
        host.said();

        flow.onRetryTimer(now + RETRY_NANOS - 1);

        assertThat(host.said()).isEmpty();
        assertThat(client.armed).endsWith(now + RETRY_NANOS);
    }

    @Test
    void timerWithNothingInFlight_doesNothing() {
        flow.onRetryTimer(now);

        assertThat(host.said()).isEmpty();
        assertThat(client.armed).isEmpty();
    }

    @Test
    void clientThatCannotBeReached_isSentNothingAndItsAnswersCount() {
        client.known();
        offer(Qos.AT_LEAST_ONCE, "x");
        offer(Qos.AT_LEAST_ONCE, "y");
        host.said();
        client.away = true;

        flow.onRetryTimer(now + RETRY_NANOS);
        flow.onPubAck(1, ReasonCode.SUCCESS, now);
        assertThat(host.said()).isEmpty();
        assertThat(flow.inFlight()).isNull();

        client.away = false;
        flow.resume(now);
        assertThat(host.said()).containsExactly("publish 1 2 y");
    }

    @Test
    void regAckWhileAway_isFollowedByPublishOnReturn() {
        offer(Qos.AT_LEAST_ONCE, "x");
        host.said();
        client.away = true;
        flow.onRegAck(1, ReasonCode.SUCCESS, now);
        assertThat(host.said()).isEmpty();
        client.away = false;

        flow.resume(now);

        assertThat(host.said()).containsExactly("publish 1 2 x");
    }

    @Test
    void packetIds_wrapAroundZero() {
        client.known();
        flow.restore(List.of(), LAST_PACKET_ID - 1);
        offer(Qos.AT_LEAST_ONCE, "x");
        offer(Qos.AT_LEAST_ONCE, "y");
        flow.onPubAck(LAST_PACKET_ID, ReasonCode.SUCCESS, now);

        assertThat(host.said()).containsExactly("publish 1 65535 x", "publish 1 1 y");
    }

    @Test
    void restoredBeforeItWasEverSent_isSentWithoutDup() {
        client.known();
        flow.restore(List.of(restored(Qos.AT_LEAST_ONCE, 0, false)), 8);
        flow.resume(now);

        assertThat(host.said()).containsExactly("publish 1 9 x");
    }

    @Test
    void restoredAfterItWasReleased_isReleasedAgain() {
        flow.restore(List.of(restored(Qos.EXACTLY_ONCE, 5, true)), 8);
        flow.resume(now);
        assertThat(host.said()).containsExactly("pubRel 5");

        flow.onPubComp(5, now);
        assertThat(flow.isDrained()).isTrue();
    }

    @Test
    void acknowledgementOfNothing_settlesNothingThatWasRestored() {
        flow.restore(List.of(restored(Qos.AT_LEAST_ONCE, 0, false)), 8);

        flow.onPubAck(0, ReasonCode.SUCCESS, now);

        assertThat(flow.isDrained()).isFalse();
    }

    @Test
    void exactlyOnce_isSentWhenItsPacketIdIsKeptAndReleasedWhenThatIs() {
        client.known();
        host.store.hold();
        offer(Qos.EXACTLY_ONCE, "x");
        host.settle();
        assertThat(host.said()).isEmpty();
        host.store.commit(1);
        host.settle();
        assertThat(host.said()).containsExactly("publish 1 1 x");
        assertThat(host.kept().messages())
                .extracting(StoredMessage::packetId, StoredMessage::released)
                .containsExactly(tuple(1, false));

        flow.onPubRec(1, now);
        host.settle();
        assertThat(host.said()).isEmpty();
        host.store.commit(1);
        host.settle();
        assertThat(host.said()).containsExactly("pubRel 1");
        assertThat(host.kept().messages())
                .extracting(StoredMessage::packetId, StoredMessage::released)
                .containsExactly(tuple(1, true));

        flow.onPubComp(1, now);
        host.settle();
        host.store.commit(1);
        assertThat(host.kept().messages()).isEmpty();
    }

    @Test
    void messageThatIsOneStepWithSomethingElse_waitsForItWithAllBehindIt() {
        client.known();
        Changes together = host.store.begin();
        Outgoing first = host.record.newMessage(message(Qos.AT_LEAST_ONCE, "x"), together);
        queue.offer(first);
        host.record.keep(first);
        offer(Qos.AT_LEAST_ONCE, "y");
        assertThat(host.said()).isEmpty();

        host.changes.submit(together);
        flow.pump(now);

        assertThat(host.said()).containsExactly("publish 1 1 x");
        assertThat(host.kept().messages()).hasSize(2);
    }

    @Test
    void messageThatGoesBeforeItsStepIsDurable_isRemovedAfterIt() {
        Changes together = host.store.begin();
        Outgoing message = host.record.newMessage(message(Qos.AT_LEAST_ONCE, "x"), together);
        queue.offer(message);
        host.record.keep(message);
        queue.removeIf(each -> true);
        host.settle();
        together.submit();
        assertThat(host.kept().messages()).isEmpty();
    }

    @Test
    void whileWhatWasSaidIsHeldBack_noRetryIsCounted() {
        client.known();
        host.store.hold();
        offer(Qos.EXACTLY_ONCE, "x");
        for (int i = 0; i < 100; i++) {
            now += RETRY_NANOS;
            flow.onRetryTimer(now);
        }
        assertThat(client.away).as("lost").isFalse();

        host.settle();
        host.store.commit(1);
        host.settle();

        assertThat(host.said()).containsExactly("publish 1 1 x");
    }

    private static Outgoing restored(Qos qos, int packetId, boolean released) {
        return Outgoing.restored(new StoredMessage(1, message(qos, "x"), List.of(), packetId, released));
    }

    @Test
    void withoutAnAlias_messageIsDroppedAndTheNextComes() {
        client.reference = null;
        offer(Qos.AT_LEAST_ONCE, "x");

        assertThat(client.dropped).containsExactly(Count.DROPPED_NO_ALIAS);
        assertThat(flow.isDrained()).isTrue();
    }

    private void offer(Qos qos, String text) {
        Outgoing message = host.record.newMessage(message(qos, text), null);
        queue.offer(message);
        flow.pump(now);
        host.record.keep(message);
    }

    private static ApplicationMessage message(Qos qos, String text) {
        return new ApplicationMessage("t", Octets.utf8(text), qos, false);
    }

    private final class Client implements OutboundFlow.Host {
        private final TopicAliases aliases = new TopicAliases(10, 1, host.record::put);
        private final ClientTopics topics =
                new ClientTopics(aliases, new Subscriptions(), new PredefinedTopics(List.of()).forClient("client"));
        private final List<Long> armed = new ArrayList<>();
        private final List<Count> dropped = new ArrayList<>();
        private @Nullable TopicReference reference = new TopicReference(TopicForm.NORMAL, 1);
        private String heldBack = "";
        private boolean away;

        private Client() {
            aliases.assign("t");
            host.settle();
        }

        /** It has been told the alias. */
        private void known() {
            aliases.tell("t");
            host.settle();
        }

        @Override
        public @Nullable ClientPort reachablePort() {
            return away ? null : port;
        }

        @Override
        public boolean holdsBack(Outgoing message) {
            return message.message().payload().toUtf8().equals(heldBack);
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
        public long retryNanos() {
            return RETRY_NANOS;
        }

        @Override
        public void armRetry(long deadlineNanos) {
            armed.add(deadlineNanos);
        }

        @Override
        public void pumpWhenTaken() {
            host.record.whenTaken(() -> host.post(flow::pump));
        }

        @Override
        public boolean ping() {
            return false;
        }

        @Override
        public void onDropped(Outgoing message, Count cause, long nowNanos) {
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
