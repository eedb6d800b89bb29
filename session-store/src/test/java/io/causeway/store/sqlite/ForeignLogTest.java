package io.causeway.store.sqlite;

import io.causeway.store.Change;
import io.causeway.store.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** An earlier copy of the database is put back, and the write-ahead log of the later one still lies there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be replaced there")
class ForeignLogTest {
    private static final int OLD_TOPICS = 50;
    private static final Tuning OFTEN_COPIED = new Tuning(
            1_024, 20, 200_000, 64L << 20, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(20), 200);

    private final TestTime time = new TestTime();

    @TempDir
    private Path directory;

    private Path copy;

    @BeforeEach
    void copyAtRest() throws Exception {
        SqliteSessionStore store = open(Tuning.DEFAULTS);
        put(store, "old/", OLD_TOPICS);
        store.close();
        copy = Files.copy(file(), directory.resolve("copy"));
    }

    @Test
    void copyPutBackWhileRunning_isTheSameAfterTheNextStart() throws Exception {
        SqliteSessionStore store = open(Tuning.DEFAULTS);
        put(store, "new/", 100);
        putCopyBack();
        await().until(() -> !store.isTaking());
        store.close();
        assertThat(Database.logOf(file())).isNotEmptyFile();

        assertThatCopyIsTakenUp();
    }

    @Test
    void copyPutBackAfterPartOfTheLogWasCopied_isTheSameAfterTheNextStart() throws Exception {
        SqliteSessionStore store = open(OFTEN_COPIED);
        long before = Files.size(file());
        put(store, "new/", 300);
        await().until(() -> Files.size(file()) > before);
        put(store, "newer/", 3);
        putCopyBack();
        await().until(() -> !store.isTaking());
        store.close();

        assertThatCopyIsTakenUp();
    }

    @Test
    void copyWrittenOverTheFileAfterACrash_isTheSameAfterTheNextStart() throws Exception {
        SqliteSessionStore store = open(Tuning.DEFAULTS);
        put(store, "new/", 100);
        Path crashed = Files.createDirectory(directory.resolve("crashed"));
        copyAll(crashed);
        store.close();
        Files.write(DataDirectory.databaseIn(crashed), Files.readAllBytes(copy));

        directory = crashed;
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StoreMaintenance.of(directory))
                .withMessageContaining("of another database");
        assertThatCopyIsTakenUp();
    }

    @Test
    void directoryCopiedAfterACrash_hasAllThatWasDurable() throws Exception {
        SqliteSessionStore store = open(Tuning.DEFAULTS);
        put(store, "new/", 100);
        Path crashed = Files.createDirectory(directory.resolve("crashed"));
        copyAll(crashed);
        store.close();

        directory = crashed;
        assertThat(topics()).hasSize(OLD_TOPICS + 100);
        assertThat(logsSetAside()).isEmpty();
    }

    private void assertThatCopyIsTakenUp() throws Exception {
        assertThat(topics()).hasSize(OLD_TOPICS).allMatch(each -> each.startsWith("old/"));
        assertThat(StoreMaintenance.check(directory).damages()).isEmpty();
        assertThat(logsSetAside()).hasSize(1);
    }

    private Set<String> topics() throws StoreException {
        SqliteSessionStore store = open(Tuning.DEFAULTS);
        Set<String> topics = Snapshot.of(store).retained().keySet();
        store.close();
        return topics;
    }

    private List<Path> logsSetAside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> each.getFileName().toString().startsWith("causeway.db-wal-"))
                    .toList();
        }
    }

    private void copyAll(Path to) throws IOException {
        for (String each : List.of("causeway.db", "causeway.db-wal", "causeway.stamp")) {
            Files.copy(directory.resolve(each), to.resolve(each));
        }
    }

    private void putCopyBack() throws IOException {
        Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void put(SqliteSessionStore store, String prefix, int topics) {
        Changes last = store.begin();
        for (int i = 0; i < topics; i++) {
            last = Samples.submit(store, new Change.PutRetained(Samples.message(prefix + i, "x".repeat(200))));
        }
        await().until(last::isDurable);
    }

    private SqliteSessionStore open(Tuning tuning) throws StoreException {
        return SqliteSessionStore.open(directory, StoreSettings.DEFAULTS, tuning, Schema.CURRENT, time::nanos, time);
    }

    private Path file() {
        return DataDirectory.databaseIn(directory);
    }
}
