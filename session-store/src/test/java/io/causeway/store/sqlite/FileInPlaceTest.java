package io.causeway.store.sqlite;

import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.StoreUnreadableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The database is where it was, and nobody else's. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be deleted there")
class FileInPlaceTest {
    private final TestTime time = new TestTime();

    @TempDir
    private Path directory;

    private SqliteSessionStore store;

    @BeforeEach
    void open() throws StoreException {
        store = SqliteSessionStore.open(directory, StoreSettings.DEFAULTS, time::nanos, time);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void movedAwayWhileNobodyWrites_isNoticed_andFineWhenItIsBack() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        Changes before = put("before");
        await().until(before::isDurable);

        Files.move(file(), elsewhere);
        await().until(() -> !store.isTaking());
        assertThat(store.trouble()).get().asString().contains("causeway.db", "deleted or moved away", "put it back");
        Changes meanwhile = put("meanwhile");
        long failures = store.statistics().failures();
        await().until(() -> store.statistics().failures() > failures + 2);
        assertThat(meanwhile.isDurable()).isFalse();
        assertThat(file()).doesNotExist();

        Files.move(elsewhere, file());
        await().until(meanwhile::isDurable);
        assertThat(store.isTaking()).isTrue();
        store.close();
        open();
        assertThat(Snapshot.of(store).retained()).containsOnlyKeys("before", "meanwhile");
    }

    @Test
    void deletedBeforeACommit_nothingOfItIsPromised() throws Exception {
        Files.delete(file());

        Changes unit = put("lost");

        await().until(() -> store.trouble().isPresent());
        assertThat(unit.isDurable()).isFalse();
    }

    @Test
    void movedAway_whoWaitsForTheStoreToTakeAgainIsToldOnceItDoes() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(file(), elsewhere);
        await().until(() -> !store.isTaking());

        Changes withoutChanges = Samples.submit(store);
        long failures = store.statistics().failures();
        await().until(() -> store.statistics().failures() > failures + 2);
        assertThat(withoutChanges.isDurable()).isFalse();

        Files.move(elsewhere, file());
        await().until(withoutChanges::isDurable);
        assertThat(store.isTaking()).isTrue();
    }

    @Test
    void replacedByAnother_isNotReadFrom() throws Exception {
        Changes unit = Samples.submit(store, new Change.PutForward(Samples.forward(1, "north", time.nanos())));
        await().until(unit::isDurable);
        Path other = directory.resolve("of-another");
        SqliteSessionStore.open(other, StoreSettings.DEFAULTS, time::nanos, time)
                .close();
        Files.move(DataDirectory.databaseIn(other), file(), StandardCopyOption.REPLACE_EXISTING);

        assertThatExceptionOfType(StoreUnreadableException.class)
                .isThrownBy(() -> store.forwards("north", 0, 10))
                .withMessageContaining("was replaced");
    }

    @Test
    void replacedByAnother_isNotWrittenTo() throws Exception {
        Path other = Files.createFile(directory.resolve("other"));
        Files.move(other, file(), StandardCopyOption.REPLACE_EXISTING);

        Changes unit = put("lost");

        await().until(() ->
                store.trouble().filter(each -> each.contains("replaced")).isPresent());
        store.close();
        assertThat(unit.isDurable()).isFalse();
        assertThat(file()).isEmptyFile();
    }

    @Test
    void lockFileDeleted_aSecondGatewayIsKeptOutAllTheSame() throws Exception {
        Path other = directory.resolve("of-another");
        try (Child child = Child.run(HolderProcess.class, other)) {
            child.nextNumber();
            await().until(() -> isHeld(other));
            Files.delete(other.resolve("causeway.lock"));

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteSessionStore.open(other, StoreSettings.DEFAULTS, time::nanos, time))
                    .withMessageContaining("perhaps a gateway, holds it locked");
            assertThat(StoreMaintenance.of(other).info().tables()).isNotEmpty();
        }
    }

    @Test
    void anotherProgram_canReadButNotWrite() throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> isHeld(directory));

        Changes unit = put("kept");

        await().until(unit::isDurable);
        assertThat(StoreMaintenance.check(directory).isSound()).isTrue();
    }

    private static boolean isHeld(Path directory) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataDirectory.databaseIn(directory));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return false;
        } catch (SQLException held) {
            return true;
        }
    }

    private Changes put(String topic) {
        return Samples.submit(store, new Change.PutRetained(Samples.message(topic, "x")));
    }

    private Path file() {
        return DataDirectory.databaseIn(directory);
    }
}
