package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.harness.ScriptedUpstream;
import io.causeway.harness.TestAddress;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.store.SessionStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A shard with nothing to wait for can be left alone: nobody's timer holds on to a session that is no more. */
class ShardTimersTest {
    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);

    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final Router router = new Router();
    private final Shard shard = new Shard(
            SessionSettings.DEFAULTS,
            AdmissionSettings.DEFAULTS,
            ClientPolicy.OPEN,
            new ScriptedUpstream(router, SessionStore.NONE),
            SessionStore.NONE,
            posted::add,
            new Directory(),
            1,
            NOW);

    private ClientSession connected(boolean clean, Duration keepAlive) {
        ConnectRequest request = new ConnectRequest("sensor", clean, keepAlive, new WillChange.Keep());
        shard.connect(request, ADDRESS, new RecordingPort(), NOW);
        return Objects.requireNonNull(shard.sessionAt(ADDRESS));
    }

    private void hasAMessageInFlight(ClientSession session) {
        session.flows().onSubscribe(1, Qos.AT_LEAST_ONCE, TopicForm.NORMAL, 0, "a/b");
        catchUp();
        router.route(new ApplicationMessage("a/b", Octets.EMPTY, Qos.AT_LEAST_ONCE, false), () -> {});
        catchUp();
    }

    private void catchUp() {
        while (!posted.isEmpty()) {
            posted.remove().accept(NOW);
        }
    }

    private boolean waitsForNothing() {
        return shard.nanosToNextTimer(NOW) == Long.MAX_VALUE;
    }

    @Test
    void connectedClient_isLookedAtWhenItMightBeTime() {
        connected(true, Duration.ofMinutes(1));

        assertThat(shard.nanosToNextTimer(NOW))
                .isBetween(
                        Duration.ofSeconds(10).toNanos(), Duration.ofSeconds(75).toNanos());
    }

    @Test
    void clientWithoutKeepAlive_isNotWatched() {
        connected(true, Duration.ZERO);

        assertThat(waitsForNothing()).isTrue();
    }

    @Test
    void sessionThatEnds_leavesNoTimerBehind() {
        ClientSession session = connected(true, Duration.ofMinutes(1));
        hasAMessageInFlight(session);

        session.onDisconnect(NOW);

        assertThat(waitsForNothing()).isTrue();
    }

    @Test
    void persistentSessionThatIsDisconnected_leavesNoTimerBehind() {
        ClientSession session = connected(false, Duration.ofMinutes(1));
        hasAMessageInFlight(session);

        session.onDisconnect(NOW);

        assertThat(waitsForNothing()).isTrue();
    }

    @Test
    void sessionReplacedByACleanOne_leavesNoTimerBehind() {
        hasAMessageInFlight(connected(false, Duration.ofMinutes(1)));

        connected(true, Duration.ZERO);

        assertThat(waitsForNothing()).isTrue();
    }
}
