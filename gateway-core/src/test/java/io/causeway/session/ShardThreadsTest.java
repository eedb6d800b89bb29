package io.causeway.session;

import io.causeway.harness.TestAddress;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.store.SessionStore;
import io.causeway.testkit.Requirement;
import io.causeway.upstream.LocalUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Shards on threads of their own, whose clients take each other's addresses all the time. */
@Requirement("G-NAT-03")
class ShardThreadsTest {
    private static final int SHARDS = 4;
    private static final int CLIENTS = 64;
    private static final int ADDRESSES = 8;
    private static final int STEPS = 20_000;
    /** No task leads to more tasks than so many, one after the other. */
    private static final int LONGEST_CHAIN = 5;

    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime about to wrap

    private final Directory directory = new Directory();
    private final LocalUpstream upstream =
            new LocalUpstream(new Router(), new RetainedStore(1, 1 << 20), SessionStore.NONE);
    private final List<Loop> loops = new ArrayList<>();

    ShardThreadsTest() {
        for (int i = 0; i < SHARDS; i++) {
            loops.add(new Loop());
        }
    }

    private final class Loop {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Shard shard = new Shard(
                SessionSettings.DEFAULTS,
                AdmissionSettings.DEFAULTS,
                ClientPolicy.OPEN,
                upstream,
                SessionStore.NONE,
                work -> thread.execute(() -> work.accept(NOW)),
                directory,
                SHARDS,
                NOW);
        private final RecordingPort port = new RecordingPort();

        private void connects(int client, NetworkIdentity from, boolean clean) {
            ConnectRequest request =
                    new ConnectRequest("client-" + client, clean, Duration.ofMinutes(1), new WillChange.Keep());
            shard.connect(request, from, port, NOW);
            port.said();
        }

        /** Nobody disconnects: an address that was left in order would stay with its shard for a while. */
        private void goesOn(NetworkIdentity from, boolean sleeps) {
            ClientSession session = shard.sessionAt(from);
            if (session == null) {
                return;
            }
            if (sleeps) {
                session.onSleep(Duration.ofMinutes(1), NOW);
            } else {
                shard.run(session, session::onPingReq, NOW);
            }
        }
    }

    @AfterEach
    void endTheThreads() {
        loops.forEach(each -> each.thread.shutdownNow());
    }

    private static NetworkIdentity address(int number) {
        return new TestAddress("10.0.0.1", number);
    }

    private void everybodyCatchesUp() throws Exception {
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            for (Loop each : loops) {
                Future<?> reached = each.thread.submit(() -> {});
                reached.get(1, TimeUnit.MINUTES);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverTheOrder_anAddressHasOneOwnerAndItKnowsTheClient(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            int client = random.nextInt(CLIENTS);
            int kind = random.nextInt(5);
            NetworkIdentity from = address(random.nextInt(ADDRESSES));
            Loop loop = loops.get(client % SHARDS);
            switch (kind) {
                case 0 -> loop.thread.execute(() -> loop.connects(client, from, false));
                case 1 -> loop.thread.execute(() -> loop.connects(client, from, true));
                case 2 -> loop.thread.execute(() -> loop.shard.wake("client-" + client, from, loop.port, NOW));
                default -> loop.thread.execute(() -> loop.goesOn(from, kind == 3));
            }
        }
        everybodyCatchesUp();

        for (int number = 0; number < ADDRESSES; number++) {
            NetworkIdentity address = address(number);
            Shard owner = directory.ownerOf(address);
            assertThat(loops)
                    .extracting(each -> each.shard)
                    .filteredOn(each -> each.sessionAt(address) != null)
                    .as("shards with a client at %s", address)
                    .containsExactlyElementsOf(owner == null ? List.of() : List.of(owner));
        }
        assertThat(directory.sessions())
                .isEqualTo(loops.stream()
                        .mapToInt(each -> each.shard.census().sessions())
                        .sum());
    }
}
