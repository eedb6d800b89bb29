package io.causeway.store.sqlite;

import io.causeway.store.Change;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What has expired goes by itself, a little at a time. */
class SweepTest {
    private static final int EXPIRING = 95;
    private static final Tuning OFTEN = new Tuning(
            1_024, 100, 1_000, 1_000_000, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(5), 10);

    private final TestTime time = new TestTime();

    @TempDir
    private Path directory;

    @Test
    void expired_isRemovedInSlices_theRestStays() throws Exception {
        SqliteSessionStore store =
                SqliteSessionStore.open(directory, StoreSettings.DEFAULTS, OFTEN, Schema.CURRENT, time::nanos, time);
        Samples.submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
        for (int i = 1; i <= EXPIRING; i++) {
            Samples.submit(store, new Change.PutRetained(Samples.expiring("t/" + i, 60, time.nanos())));
            Samples.submit(store, new Change.PutMessage(1, Samples.queued(i, Samples.expiring("m", 60, time.nanos()))));
        }
        Samples.submit(store, new Change.PutRetained(Samples.expiring("later", 61, time.nanos())));
        Samples.submit(store, new Change.PutRetained(Samples.message("for ever", "x")));
        Samples.submit(store, new Change.MarkMessage(1, 1, 12, false));
        await().until(() -> store.statistics().waitingChanges() == 0);
        assertThat(store.statistics().swept()).isZero();

        time.pass(Duration.ofSeconds(60));
        await().until(() -> store.statistics().swept() == 2 * EXPIRING - 1);

        Snapshot snapshot = Snapshot.of(store);
        assertThat(snapshot.retained()).containsOnlyKeys("later", "for ever");
        assertThat(snapshot.sessions().get(0).messages())
                .singleElement()
                .satisfies(each -> assertThat(each.packetId()).isEqualTo(12));
        assertThat(store.statistics().failures()).isZero();
        store.close();
    }
}
