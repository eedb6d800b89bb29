package io.causeway.session;

import io.causeway.harness.ScriptedUpstream;
import io.causeway.harness.TestAddress;
import io.causeway.routing.Router;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.store.MemorySessionStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients of two protocols share their ids: who connects ends what there was. */
class TakeoverTest {
    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);

    private final MemorySessionStore store = new MemorySessionStore();
    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final RecordingPort port = new RecordingPort();
    private final Shard shard = new Shard(
            SessionSettings.DEFAULTS,
            AdmissionSettings.DEFAULTS,
            ClientPolicy.OPEN,
            new ScriptedUpstream(new Router(), store),
            store,
            posted::add,
            new Directory(),
            1,
            NOW);

    @Test
    void sessionThatYields_isForgottenBeforeTheOneInItsPlaceIsKept() {
        connect();
        catchUp();
        port.said();
        store.hold();

        assertThat(shard.yieldTo("c", NOW)).isTrue();

        assertThat(store.waiting()).isEqualTo(1);
        assertThat(port.said()).containsExactly("disconnect");
        assertThat(shard.yieldTo("c", NOW)).isFalse();
    }

    @Test
    void connect_takesTheClientIdFromTheOtherProtocol_alsoWhereThereIsASessionHere() {
        List<String> taken = new ArrayList<>();
        shard.useTakeover((clientId, nowNanos) -> taken.add(clientId));

        connect();
        connect();

        assertThat(taken).containsExactly("c", "c");
    }

    private void connect() {
        shard.connect(new ConnectRequest("c", false, Duration.ofMinutes(1), new WillChange.Keep()), ADDRESS, port, NOW);
    }

    private void catchUp() {
        while (!posted.isEmpty()) {
            posted.remove().accept(NOW);
        }
    }
}
