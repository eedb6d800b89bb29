package io.causeway.session;

import io.causeway.access.Identity;
import io.causeway.codec.Octets;
import io.causeway.harness.KeptContents;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.ChangeLog;
import io.causeway.store.Changes;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredWill;
import io.causeway.testkit.Requirement;
import io.causeway.timer.TimerWheel;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@Requirement("G-WILL-04")
class WillsTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int MOST_WAITING = 100_000;
    private static final ApplicationMessage WILL =
            new ApplicationMessage("will/topic", Octets.utf8("gone"), Qos.AT_LEAST_ONCE, true);

    private final Answering upstream = new Answering();
    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final TimerWheel timers = new TimerWheel(Duration.ofMillis(10), START);
    private final Counters<Count> counters = new Counters<>(Count.class);
    private final ChangeLog changes = new ChangeLog(SessionStore.NONE, posted::add);
    private final MemorySessionStore store = new MemorySessionStore();
    private final ChangeLog durable = new ChangeLog(store, posted::add);
    private final Wills wills = new Wills(upstream, changes, posted::add, timers, counters);

    /** Answers every message as it is told to. */
    private static final class Answering implements Upstream {
        private final List<String> published = new ArrayList<>();
        private Consumer<PublishCallback> answer = PublishCallback::onAccepted;

        @Override
        public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
            published.add(publisher + " " + message.topic());
            answer.accept(callback);
        }

        @Override
        public void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
            callback.onRefused(Refusal.NOT_SUPPORTED);
        }

        @Override
        public void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {}

        @Override
        public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
            done.run();
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public void close(Duration drain) {
            // Holds nothing.
        }
    }

    private void catchUp(long nowNanos) {
        timers.advance(nowNanos);
        while (!posted.isEmpty()) {
            posted.remove().accept(nowNanos);
        }
    }

    @Test
    void willThatIsTaken_isCountedOnce() {
        wills.publish(Identity.anonymous("sensor"), WILL);
        catchUp(START);

        assertThat(upstream.published).containsExactly("sensor will/topic");
        assertThat(counters.get(Count.WILLS_PUBLISHED)).isEqualTo(1);
        assertThat(wills.waiting()).isZero();
    }

    @Test
    void willThatCannotBeTakenNow_isOfferedAgainUntilItCan() {
        upstream.answer = callback -> callback.onRefused(Refusal.CONGESTION);
        wills.publish(Identity.anonymous("sensor"), WILL);
        catchUp(START);
        assertThat(wills.waiting()).isEqualTo(1);

        catchUp(START + 4 * SECOND);
        assertThat(upstream.published).hasSize(1);
        catchUp(START + 6 * SECOND);
        assertThat(upstream.published).hasSize(2);

        upstream.answer = PublishCallback::onAccepted;
        catchUp(START + 12 * SECOND);
        catchUp(START + 3_600 * SECOND);

        assertThat(upstream.published).hasSize(3);
        assertThat(counters.get(Count.WILLS_PUBLISHED)).isEqualTo(1);
        assertThat(wills.waiting()).isZero();
    }

    @Test
    void willThatIsNotWanted_isDroppedAndCounted() {
        upstream.answer = callback -> callback.onRefused(Refusal.NOT_SUPPORTED);

        wills.publish(Identity.anonymous("sensor"), WILL);
        catchUp(START);
        catchUp(START + 60 * SECOND);

        assertThat(upstream.published).hasSize(1);
        assertThat(counters.get(Count.WILLS_DROPPED)).isEqualTo(1);
        assertThat(wills.waiting()).isZero();
    }

    @Test
    @Requirement("G-ROB-06")
    void moreWillsThanMayWait_areDroppedAndCounted() {
        upstream.answer = callback -> {};
        for (int i = 0; i < MOST_WAITING + 3; i++) {
            wills.publish(Identity.anonymous("sensor-" + i), WILL);
        }

        assertThat(wills.waiting()).isEqualTo(MOST_WAITING);
        assertThat(counters.get(Count.WILLS_DROPPED)).isEqualTo(3);
    }

    @Test
    void willThatIsDue_isKeptUntilItIsTaken() {
        Wills kept = new Wills(upstream, durable, posted::add, timers, counters);
        upstream.answer = callback -> callback.onRefused(Refusal.CONGESTION);
        kept.publish(Identity.anonymous("sensor"), WILL);
        catchUp(START);
        assertThat(KeptContents.of(store).wills())
                .extracting(StoredWill::clientId, StoredWill::message)
                .containsExactly(tuple("sensor", WILL));

        upstream.answer = PublishCallback::onAccepted;
        catchUp(START + 6 * SECOND);
        assertThat(KeptContents.of(store).wills()).isEmpty();
    }

    @Test
    void willAtQos2_isNoLongerKeptInOneStepWithItsPublication() {
        Wills kept = new Wills(upstream, durable, posted::add, timers, counters);
        Changes together = store.begin();
        upstream.answer = callback -> callback.onTaken(together);
        store.hold();
        kept.publish(Identity.anonymous("sensor"), WILL.withQos(Qos.EXACTLY_ONCE));
        catchUp(START);

        store.commit(1);
        assertThat(KeptContents.of(store).wills()).hasSize(1);
        assertThat(together.isDurable()).isFalse();
        store.commit(1);
        catchUp(START);
        assertThat(KeptContents.of(store).wills()).isEmpty();
        assertThat(together.isDurable()).isTrue();
        assertThat(counters.get(Count.WILLS_PUBLISHED)).isEqualTo(1);
    }

    @Test
    void willThatWasKept_isOfferedAndThenForgotten() {
        Wills kept = new Wills(upstream, durable, posted::add, timers, counters);
        kept.restore(new StoredWill(7, "sensor", "", WILL));
        catchUp(START);

        assertThat(upstream.published).containsExactly("sensor will/topic");
        assertThat(kept.waiting()).isZero();
    }
}
