package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredReceived;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboundFlowTest {
    private static final int TOPIC = 7;
    private static final long START = Long.MAX_VALUE - 5; // about to wrap
    private static final long RETRY_NANOS = SessionSettings.DEFAULTS.retryNanos();
    private static final long FORGOTTEN_NANOS = Duration.ofSeconds(40).toNanos();
    private static final long ABANDONED_NANOS = Duration.ofSeconds(100).toNanos();

    private final RecordingHost host = new RecordingHost(START);
    private final RecordingPort port = host.port;
    private final OpenUpstream upstream = new OpenUpstream();
    private final Client client = new Client();
    private final InboundFlow flow = newFlow();
    private long now = START;

    @Test
    void exactlyOnce_isPendingThenReceivedThenCompleted() {
        publish(Qos.EXACTLY_ONCE, 1, "x");
        assertThat(host.kept().received()).isEmpty();
        assertThat(host.said()).isEmpty();

        upstream.accept(0);
        assertThat(host.said()).containsExactly("pubRec 1");
        assertThat(host.kept().received()).extracting(StoredReceived::packetId).containsExactly(1);

        flow.onPubRel(1, now);
        assertThat(host.said()).containsExactly("pubComp 1");
        assertThat(host.kept().received()).isEmpty();
    }

    @Test
    void atLeastOnce_isForgottenWithItsAnswer() {
        publish(Qos.AT_LEAST_ONCE, 1, "x");
        upstream.accept(0);
        publish(Qos.AT_LEAST_ONCE, 1, "x");

        assertThat(host.said()).containsExactly("pubAck 7 1 SUCCESS");
        assertThat(upstream.asked).hasSize(2);
    }

    @Test
    void refusals_keepTheirReason() {
        publish(Qos.AT_LEAST_ONCE, 1, "x");
        publish(Qos.EXACTLY_ONCE, 2, "x");
        publish(Qos.AT_MOST_ONCE, 0, "x");

        upstream.refuse(0, Refusal.CONGESTION);
        upstream.refuse(1, Refusal.NOT_SUPPORTED);
        upstream.refuse(2, Refusal.CONGESTION);

        assertThat(host.said())
                .containsExactly("pubAck 7 1 CONGESTION", "pubAck 7 2 NOT_SUPPORTED", "pubAck 7 0 CONGESTION");
    }

    @Test
    void sameContentUnderACompletedPacketId_isACopyForOneRetryIntervalOnly() {
        complete(1, "x");
        complete(2, "x");
        now += RETRY_NANOS - 1;
        publish(Qos.EXACTLY_ONCE, 1, "x");
        assertThat(upstream.asked).hasSize(2);

        now += 1;
        publish(Qos.EXACTLY_ONCE, 1, "x");

        assertThat(upstream.asked).hasSize(3);
    }

    @Test
    void lateCopiesOfAnEarlierMessage_doNotHideThatTheClientNumbersItsMessages() {
        publish(Qos.AT_LEAST_ONCE, 1, "early");
        upstream.accept(0);
        complete(2, "x");
        publishAgain(Qos.AT_LEAST_ONCE, 1, "early");
        upstream.accept(2);
        publishAgain(Qos.AT_LEAST_ONCE, 1, "early");
        upstream.accept(3);

        publish(Qos.EXACTLY_ONCE, 2, "x");

        assertThat(upstream.asked).hasSize(4);
    }

    @Test
    void clientThatUsesItsPacketIdAgain_maySendTheSameTwice() {
        complete(1, "x");
        complete(2, "x");
        complete(2, "y");

        publish(Qos.EXACTLY_ONCE, 2, "y");

        assertThat(upstream.asked).hasSize(4);
    }

    @Test
    void completedExchange_isForgottenAfterItsTime() {
        complete(1, "x");
        now += FORGOTTEN_NANOS - 1;
        publishAgain(Qos.EXACTLY_ONCE, 1, "x");
        assertThat(upstream.asked).hasSize(1);

        now += 1;
        publish(Qos.EXACTLY_ONCE, 2, "sweeps");
        publishAgain(Qos.EXACTLY_ONCE, 1, "x");

        assertThat(upstream.asked).hasSize(3);
    }

    @Test
    void clientThatConnectsAnew_mayUseItsPacketIdsAgain() {
        complete(1, "x");
        complete(2, "x");

        flow.onConnected();
        publish(Qos.EXACTLY_ONCE, 1, "x");

        assertThat(upstream.asked).hasSize(3);
    }

    @Test
    void exchangesLeftOpen_giveWayOnlyWhenRoomIsNeededAndTheirTimeIsOver() {
        publish(Qos.EXACTLY_ONCE, 1, "x");
        publish(Qos.EXACTLY_ONCE, 2, "y");
        upstream.accept(0);
        upstream.accept(1);
        host.said();
        now += ABANDONED_NANOS - 1;
        publish(Qos.EXACTLY_ONCE, 3, "z");
        assertThat(host.said()).containsExactly("pubAck 7 3 CONGESTION");

        now += 1;
        publish(Qos.EXACTLY_ONCE, 3, "z");

        assertThat(upstream.asked).hasSize(3);
    }

    @Test
    void answersOutOfOrder_findTheirExchanges() {
        publish(Qos.AT_LEAST_ONCE, 1, "x");
        publish(Qos.AT_LEAST_ONCE, 2, "y");

        upstream.accept(1);
        upstream.accept(0);

        assertThat(host.said()).containsExactly("pubAck 7 2 SUCCESS", "pubAck 7 1 SUCCESS");
        assertThat(client.settled).isEqualTo(2);
    }

    @Test
    void clientThatIsAway_isAnsweredNothingAndKeepsItsExactlyOnce() {
        publish(Qos.EXACTLY_ONCE, 1, "x");
        client.away = true;
        upstream.accept(0);
        client.away = false;

        publishAgain(Qos.EXACTLY_ONCE, 1, "x");

        assertThat(host.said()).containsExactly("pubRec 1");
        assertThat(upstream.asked).hasSize(1);
    }

    @Test
    void restored_knowsWhatWasNotReleased() {
        publish(Qos.EXACTLY_ONCE, 1, "x");
        upstream.accept(0);
        host.said();
        InboundFlow restored = newFlow();
        restored.restore(host.kept().received(), flow.lastPacketId(), now);

        restored.onPublish(message(Qos.EXACTLY_ONCE, "x"), true, TOPIC, 1, now);
        restored.onPublish(message(Qos.EXACTLY_ONCE, "another"), false, TOPIC, 1, now);

        assertThat(host.said()).containsExactly("pubRec 1");
        assertThat(upstream.asked).extracting(each -> each.payload().toUtf8()).containsExactly("x", "another");
    }

    @Test
    void echo_isKnownByTopicAndContentWhileItsMessageIsOpen() {
        publish(Qos.AT_LEAST_ONCE, 1, "x");

        assertThat(flow.mayBeEchoed(message(Qos.AT_MOST_ONCE, "x").withRetain(true)))
                .isTrue();
        assertThat(flow.mayBeEchoed(message(Qos.AT_LEAST_ONCE, "y"))).isFalse();
        assertThat(flow.mayBeEchoed(message(Qos.AT_LEAST_ONCE, "x").withTopic("other")))
                .isFalse();

        upstream.accept(0);
        assertThat(flow.mayBeEchoed(message(Qos.AT_LEAST_ONCE, "x"))).isFalse();
    }

    private void complete(int packetId, String text) {
        publish(Qos.EXACTLY_ONCE, packetId, text);
        upstream.accept(upstream.asked.size() - 1);
        flow.onPubRel(packetId, now);
        host.said();
    }

    private void publish(Qos qos, int packetId, String text) {
        flow.onPublish(message(qos, text), false, TOPIC, packetId, now);
    }

    private void publishAgain(Qos qos, int packetId, String text) {
        flow.onPublish(message(qos, text), true, TOPIC, packetId, now);
    }

    private static ApplicationMessage message(Qos qos, String text) {
        return new ApplicationMessage("a/b", Octets.utf8(text), qos, false);
    }

    private InboundFlow newFlow() {
        SessionSettings usual = SessionSettings.DEFAULTS;
        SessionSettings twoInFlight = new SessionSettings(
                usual.retryInterval(),
                usual.retryCount(),
                usual.keepAliveTolerance(),
                usual.queue(),
                usual.maxSubscriptions(),
                usual.maxTopicAliases(),
                2,
                usual.expiry(),
                usual.sleeperPingMoves());
        return new InboundFlow(client, upstream, work -> work.accept(now), host.record, twoInFlight);
    }

    private final class Client implements InboundFlow.Host {
        private boolean away;
        private int settled;

        @Override
        public String clientId() {
            return "client";
        }

        @Override
        public @Nullable ClientPort port() {
            return away ? null : port;
        }

        @Override
        public void onInboundSettled(long nowNanos) {
            settled++;
        }

        @Override
        public void count(Count count) {}
    }

    /** Takes everything and answers when told. */
    private static final class OpenUpstream implements Upstream {
        private final List<ApplicationMessage> asked = new ArrayList<>();
        private final List<PublishCallback> callbacks = new ArrayList<>();

        void accept(int index) {
            callbacks.get(index).onAccepted();
        }

        void refuse(int index, Refusal refusal) {
            callbacks.get(index).onRefused(refusal);
        }

        @Override
        public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
            asked.add(message);
            callbacks.add(callback);
        }

        @Override
        public void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {}

        @Override
        public void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {}

        @Override
        public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {}

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public void close(Duration drain) {}
    }
}
