package io.causeway.store.sqlite;

import io.causeway.store.Change;
import io.causeway.store.MemorySessionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the file has after any units is what the store in memory has after the same. */
class RandomUnitsTest {
    private static final int UNITS = 2_000;
    private static final int REOPENED_ABOUT_EVERY = 250;

    private final TestTime time = new TestTime();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyUnitsAndRestarts_comeToWhatTheModelHas(long seed) throws StoreException {
        Random random = new Random(seed);
        RandomUnits units = new RandomUnits(seed, time.nanos());
        MemorySessionStore model = new MemorySessionStore();
        SqliteSessionStore store = open(random);
        for (int i = 0; i < UNITS; i++) {
            Change[] unit = units.next().toArray(Change[]::new);
            Samples.submit(model, unit);
            Samples.submit(store, unit);
            if (random.nextInt(REOPENED_ABOUT_EVERY) == 0) {
                store.close();
                store = open(random);
                assertThat(Snapshot.of(store)).isEqualTo(Snapshot.of(model));
            }
        }
        store.close();

        try (Opened reopened = new Opened(open(random))) {
            assertThat(Snapshot.of(reopened.store())).isEqualTo(Snapshot.of(model));
        }
        assertThat(StoreMaintenance.check(directory).damages()).isEmpty();
    }

    /** Closes it at the end. */
    private record Opened(SqliteSessionStore store) implements AutoCloseable {
        @Override
        public void close() {
            store.close();
        }
    }

    /** From commits of a few changes to such of hundreds. */
    private SqliteSessionStore open(Random random) throws StoreException {
        int changes = List.of(1, 20, 1_000).get(random.nextInt(3));
        StoreSettings settings = new StoreSettings(Duration.ofMillis(random.nextInt(20)), changes);
        return SqliteSessionStore.open(directory, settings, time::nanos, time);
    }
}
