package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Router;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredForward;
import io.causeway.store.StoredWill;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.causeway.bridge.UpstreamFixture.PATIENCE;
import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The gateway dies at each step of a handshake of QoS 2, up and down; the broker lives on, and keeps the session. */
class PahoCrashTest {
    private final ScriptedBroker broker = new ScriptedBroker();
    private final Router router = new Router();
    private final TestSubscriber subscriber = new TestSubscriber("s");
    private MemorySessionStore store = new MemorySessionStore();
    private AggregatingUpstream upstream = newUpstream();

    PahoCrashTest() throws IOException {
        router.subscribe(subscriber, new TopicFilter("down"), SubscriptionOptions.of(EXACTLY_ONCE));
    }

    private AggregatingUpstream newUpstream() {
        Duration pause = Duration.ofMillis(50);
        AggregatingSettings settings = AggregatingSettings.of(broker.uri(), "gateway")
                .withTimings(UpstreamTimings.DEFAULTS.withReconnect(pause, pause));
        return new AggregatingUpstream(
                settings, router, new UpstreamCounters(), new SplittableRandom(1), store, JournalSettings.DEFAULTS);
    }

    @AfterEach
    void close() throws IOException {
        upstream.close(Duration.ZERO);
        broker.close();
    }

    private void start() throws IOException {
        upstream.start();
        broker.accept(true);
        await().atMost(PATIENCE).until(upstream::isConnected);
    }

    /** What was not durable is lost. */
    private void crash() throws IOException {
        store = store.crash();
        upstream.close(Duration.ZERO);
        broker.cut();
        upstream = newUpstream();
        store.load(new Contents() {
            @Override
            public void onSession(KeptSession session) {
                // There is none.
            }

            @Override
            public void onRetained(ApplicationMessage message) {
                // There is none.
            }

            @Override
            public void onWill(StoredWill will) {
                // There is none.
            }

            @Override
            public void onArrival(StoredArrival arrival) {
                upstream.restore(arrival);
            }
        });
        start();
    }

    private Outcome publish(String topic) {
        Outcome outcome = new Outcome();
        upstream.publish("p", new ApplicationMessage(topic, Octets.EMPTY, EXACTLY_ONCE, false), outcome);
        return outcome;
    }

    private List<StoredForward> journal() {
        return store.forwards("gateway", 0, 100);
    }

    private void awaitWaiting(int units) {
        await().atMost(PATIENCE).until(() -> store.waiting() == units);
    }

    /** Whatever the connection had to send by itself, it has sent before this. */
    private void expectNothingBut(String... packets) throws IOException {
        for (String packet : packets) {
            assertThat(broker.read()).isEqualTo(packet);
        }
        publish("new");
        assertThat(broker.read()).matches("PUBLISH \\d+ new");
    }

    @Test
    void upBeforeItIsDurable_wasNeverTaken() throws IOException {
        start();
        store.hold();
        Outcome outcome = publish("a");
        awaitWaiting(1);
        crash();
        assertThat(outcome.told()).isEmpty();
        expectNothingBut();
    }

    @Test
    void upBeforeItsPacketIdIsDurable_wasNotSentAndIsThen() throws IOException {
        start();
        store.hold();
        Outcome outcome = publish("a");
        awaitWaiting(1);
        store.commit(1);
        assertThat(outcome.told()).containsExactly("accepted");
        awaitWaiting(1); // its packet id
        crash();
        expectNothingBut("PUBLISH 1 a");
    }

    @Test
    void upAfterItWasSent_isSentAgainWithItsPacketId() throws IOException {
        start();
        publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        crash();
        expectNothingBut("PUBLISH 1 a again");
    }

    @Test
    void upReceivedAndThatNotDurable_isSentAgainWithItsPacketId() throws IOException {
        start();
        publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        store.hold();
        broker.pubRec(1);
        awaitWaiting(1);
        crash();
        assertThat(broker.read()).as("no PUBREL before").isEqualTo("PUBLISH 1 a again");
        broker.pubRec(1);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        broker.pubComp(1);
        await().atMost(PATIENCE).until(() -> journal().isEmpty());
    }

    @Test
    void upReleased_isOnlyReleased() throws IOException {
        start();
        publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        broker.pubRec(1);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        crash();
        expectNothingBut("PUBREL 1");
    }

    @Test
    void upCompletedAndThatNotDurable_isReleasedOnceMore() throws IOException {
        start();
        publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        broker.pubRec(1);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        store.hold();
        broker.pubComp(1);
        awaitWaiting(1);
        crash();
        expectNothingBut("PUBREL 1");
        broker.pubComp(1);
        await().atMost(PATIENCE).until(() -> journal().size() == 1);
    }

    @Test
    void upCompleted_isGone() throws IOException {
        start();
        publish("a");
        assertThat(broker.read()).isEqualTo("PUBLISH 1 a");
        broker.pubRec(1);
        assertThat(broker.read()).isEqualTo("PUBREL 1");
        broker.pubComp(1);
        await().atMost(PATIENCE).until(() -> journal().isEmpty());
        crash();
        expectNothingBut();
    }

    @Test
    void downBeforeItsArrivalIsDurable_isNotSaidToHaveArrived() throws IOException {
        start();
        store.hold();
        broker.publish(9, "down");
        awaitWaiting(1);
        crash();
        broker.publish(9, "down");
        assertThat(broker.read()).as("no PUBREC before").isEqualTo("PUBREC 9");
        broker.pubRel(9);
        assertThat(broker.read()).isEqualTo("PUBCOMP 9");
        assertThat(subscriber.received()).containsExactly("down  2");
    }

    @Test
    void downArrived_isDeliveredAfterTheCrash() throws IOException {
        start();
        broker.publish(9, "down");
        assertThat(broker.read()).isEqualTo("PUBREC 9");
        crash();
        assertThat(subscriber.received()).isEmpty();
        broker.pubRel(9);
        assertThat(broker.read()).isEqualTo("PUBCOMP 9");
        assertThat(subscriber.received()).containsExactly("down  2");
    }

    @Test
    void downDeliveredAndThatNotDurable_isDeliveredAfterTheCrash() throws IOException {
        start();
        broker.publish(9, "down");
        assertThat(broker.read()).isEqualTo("PUBREC 9");
        store.hold();
        broker.pubRel(9);
        awaitWaiting(1);
        assertThat(subscriber.takeReceived())
                .as("what it keeps is lost with it")
                .hasSize(1);
        crash();
        broker.pubRel(9);
        assertThat(broker.read()).isEqualTo("PUBCOMP 9");
        assertThat(subscriber.received()).containsExactly("down  2");
    }

    @Test
    void downDeliveredAndNotCompleted_isOnlyCompleted() throws IOException {
        start();
        broker.publish(9, "down");
        assertThat(broker.read()).isEqualTo("PUBREC 9");
        store.hold();
        broker.pubRel(9);
        awaitWaiting(1);
        store.commit(1);
        awaitWaiting(1); // that it is complete, which PUBCOMP is not to say before it is durable
        crash();
        broker.pubRel(9);
        assertThat(broker.read()).isEqualTo("PUBCOMP 9");
        assertThat(subscriber.received()).containsExactly("down  2");
    }

    @Test
    void downCompleted_leavesThePacketIdToAnotherMessage() throws IOException {
        start();
        for (int i = 0; i < 2; i++) {
            broker.publish(9, "down");
            assertThat(broker.read()).isEqualTo("PUBREC 9");
            broker.pubRel(9);
            assertThat(broker.read()).isEqualTo("PUBCOMP 9");
            crash();
        }
        assertThat(subscriber.received()).hasSize(2);
    }

    @Test
    void storeThatNeverAnswers_doesNotKeepTheConnectionFromBeingClosed() throws IOException {
        start();
        store.hold();
        broker.publish(9, "down");
        awaitWaiting(1);
        upstream.close(Duration.ZERO);
        assertThat(upstream.troubles()).containsExactly("closed");
    }

    @Test
    void storeThatDoesNotAnswerInTime_holdsUpOnlyQos2() throws IOException {
        start();
        store.hold();
        broker.publish(9, "down");
        awaitWaiting(1);
        upstream.publish("p", new ApplicationMessage("up", Octets.EMPTY, AT_LEAST_ONCE, false), new Outcome());
        assertThat(broker.read()).isEqualTo("PUBLISH 1 up");
        assertThat(upstream.isConnected()).isTrue();

        store.commit(1);
        assertThat(broker.read()).isEqualTo("PUBREC 9");
        broker.pubRel(9);
        awaitWaiting(1);
        store.commit(Integer.MAX_VALUE);
        await().atMost(PATIENCE).until(() -> subscriber.received().size() == 1);
    }
}
