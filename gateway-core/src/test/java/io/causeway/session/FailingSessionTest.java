package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.harness.KeptContents;
import io.causeway.harness.TestAddress;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.Qos;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredAlias;
import io.causeway.store.StoredSession;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A fault of our own, met by one session: it ends, and nothing else does. */
@Requirement({"G-ROB-01", "G-ROB-04"})
class FailingSessionTest {
    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);
    private static final NetworkIdentity OTHER_ADDRESS = new TestAddress("10.0.0.2", 2);

    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final Directory directory = new Directory();
    private final RecordingPort port = new RecordingPort();
    private final RecordingPort otherPort = new RecordingPort();
    private final Shard shard = shard(SessionStore.NONE);

    private Shard shard(SessionStore store) {
        return new Shard(
                SessionSettings.DEFAULTS,
                AdmissionSettings.DEFAULTS,
                ClientPolicy.OPEN,
                new FailingUpstream(),
                store,
                posted::add,
                directory,
                1,
                NOW);
    }

    private static ConnectRequest request(String clientId) {
        return new ConnectRequest(clientId, false, Duration.ofMinutes(1), new WillChange.Keep());
    }

    private ClientSession connect(String clientId, NetworkIdentity from, ClientPort to) {
        shard.connect(request(clientId), from, to, NOW);
        return Objects.requireNonNull(shard.sessionAt(from));
    }

    private void publishFails(ClientSession session) {
        String topic = FailingUpstream.THROWS_ON_PUBLISH;
        LongConsumer publish = now -> session.flows()
                .onPublish(false, Qos.AT_LEAST_ONCE, false, TopicForm.SHORT, 0x2121, topic, 7, Octets.EMPTY, now);
        shard.run(session, publish, NOW);
    }

    private void catchUp() {
        while (!posted.isEmpty()) {
            posted.remove().accept(NOW);
        }
    }

    @Test
    void sessionThatFails_isEndedAndItsClientTold() {
        ClientSession session = connect("sensor", ADDRESS, port);
        port.said();

        publishFails(session);

        assertThat(port.said()).containsExactly("disconnect");
        assertThat(shard.sessionAt(ADDRESS)).isNull();
        assertThat(shard.hasSession("sensor")).isFalse();
        assertThat(directory.ownerOf(ADDRESS)).isNull();
        assertThat(directory.sessions()).isZero();
        assertThat(shard.counters().get(Count.SESSIONS_FAILED)).isEqualTo(1);
    }

    @Test
    void sessionThatFailsAfterItsEnd_isEndedOnce() {
        ClientSession session = connect("sensor", ADDRESS, port);
        connect("other", OTHER_ADDRESS, otherPort);

        publishFails(session);
        publishFails(session);

        assertThat(directory.sessions()).isEqualTo(1);
    }

    @Test
    void otherSessions_goOn() {
        ClientSession failing = connect("sensor", ADDRESS, port);
        ClientSession other = connect("other", OTHER_ADDRESS, otherPort);
        publishFails(failing);
        otherPort.said();

        shard.run(other, other::onPingReq, NOW);

        assertThat(otherPort.said()).containsExactly("pingResp");
        assertThat(shard.sessionAt(OTHER_ADDRESS)).isSameAs(other);
    }

    @Test
    void clientOfASessionThatFailed_canConnectAtOnce() {
        publishFails(connect("sensor", ADDRESS, port));
        port.said();

        connect("sensor", ADDRESS, port);

        assertThat(port.said()).containsExactly("connAck SUCCESS");
    }

    @Test
    void upstreamThatFailsWhenASessionEnds_leavesNoHalfOfItBehind() {
        ClientSession session = connect("sensor", ADDRESS, port);
        session.flows().onSubscribe(2, Qos.AT_LEAST_ONCE, TopicForm.NORMAL, 0, FailingUpstream.THROWS_ON_UNSUBSCRIBE);
        catchUp();

        assertThatIllegalStateException().isThrownBy(() -> publishFails(session));

        assertThat(shard.hasSession("sensor")).isFalse();
        assertThat(directory.sessions()).isZero();
        ClientSession next = connect("sensor", ADDRESS, port);
        assertThat(next).isNotSameAs(session);
    }

    @Test
    void deliveryToASessionThatHasEnded_isCountedAndConfirmed() {
        ClientSession session = connect("sensor", ADDRESS, port);
        publishFails(session);
        ApplicationMessage message = new ApplicationMessage("a/b", Octets.EMPTY, Qos.AT_LEAST_ONCE, false);
        AtomicInteger confirmed = new AtomicInteger();

        shard.deliver(new Delivery(
                message,
                false,
                List.of(new Recipient(session, SubscriptionOptions.of(Qos.AT_LEAST_ONCE))),
                null,
                confirmed::incrementAndGet));
        catchUp();

        assertThat(confirmed).hasValue(1);
        assertThat(session.queuedMessages()).isZero();
        assertThat(shard.counters().get(Count.DROPPED_SESSION_ENDED)).isEqualTo(1);
    }

    @Test
    void keptSessionThatCannotBeTakenUp_isLeftAloneUntilItsClientHasANewOne() {
        MemorySessionStore store = storeWith("sensor");
        Shard keeping = shard(store);

        keeping.restore(unsound("sensor"), null, null, NOW);

        assertThat(keeping.hasSession("sensor")).isFalse();
        assertThat(directory.sessions()).isZero();
        assertThat(keeping.counters().get(Count.SESSIONS_FAILED)).isEqualTo(1);
        catchUp();
        assertThat(idsIn(store)).containsExactly(1L);

        keeping.connect(request("sensor"), ADDRESS, port, NOW);
        catchUp();
        assertThat(idsIn(store)).hasSize(1).doesNotContain(1L);
    }

    @Test
    void keptSessionThatCannotBeTakenUp_yieldsToAClientOfAnotherProtocol() {
        MemorySessionStore store = storeWith("sensor");
        Shard keeping = shard(store);
        keeping.restore(unsound("sensor"), null, null, NOW);

        assertThat(keeping.yieldTo("sensor", NOW)).isTrue();

        assertThat(idsIn(store)).isEmpty();
        assertThat(keeping.yieldTo("sensor", NOW)).isFalse();
    }

    private static MemorySessionStore storeWith(String clientId) {
        MemorySessionStore store = new MemorySessionStore();
        Changes unit = store.begin();
        unit.add(new Change.PutSession(values(store.nextId(), clientId)));
        unit.submit();
        return store;
    }

    private static List<Long> idsIn(MemorySessionStore store) {
        return KeptContents.of(store).sessions().stream()
                .map(each -> each.values().id())
                .toList();
    }

    private static KeptSession unsound(String clientId) {
        List<StoredAlias> twice = List.of(new StoredAlias(1, "a", true), new StoredAlias(1, "b", true));
        return new KeptSession(values(1, clientId), List.of(), twice, 0, List.of(), List.of());
    }

    private static StoredSession values(long id, String clientId) {
        return new StoredSession(
                id,
                StoredSession.Protocol.MQTT_SN,
                clientId,
                "",
                StoredSession.State.DISCONNECTED,
                true,
                "",
                Duration.ZERO,
                Duration.ZERO,
                0,
                NOW,
                null,
                0,
                0,
                -1);
    }
}
