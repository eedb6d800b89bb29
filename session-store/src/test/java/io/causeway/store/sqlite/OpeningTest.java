package io.causeway.store.sqlite;

import io.causeway.store.Change;
import io.causeway.store.StoreUnreadableException;
import io.causeway.store.StoredWill;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What can stand in the way of a store, and what is said about it. */
class OpeningTest {
    private final TestTime time = new TestTime();

    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void directoryMissing_isMadeForThisUserAlone() throws Exception {
        Path missing = directory.resolve("a/b");

        open(missing).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(missing)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(DataDirectory.databaseIn(missing))))
                .isEqualTo("rw-------");
    }

    @Test
    void opened_leavesNoUnpackedLibraryBehind() throws Exception {
        open(directory).close();

        try (var files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("causeway.db", "causeway.lock", "causeway.stamp");
        }
    }

    @Test
    void directoryIsAFile_isRefused() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertRefused(file).withMessageContaining(file.toString()).withMessageContaining("check data-dir");
    }

    @Test
    void openInThisProcess_isRefusedAndStaysLocked() throws Exception {
        SqliteSessionStore store = open(directory);

        assertRefused(directory)
                .withMessageContaining("pid " + ProcessHandle.current().pid());
        assertRefused(directory).withMessageContaining("another gateway uses it");

        store.close();
        open(directory).close();
    }

    @Test
    void openInAnotherProcess_isRefusedUntilThatIsKilled() throws Exception {
        try (Child child = Child.run(HolderProcess.class, directory)) {
            child.nextNumber();
            assertRefused(directory).withMessageContaining("(pid " + child.pid() + ")");
            child.kill(1);
        }

        open(directory).close();
    }

    @Test
    void laterVersion_isRefusedAndNothingIsChanged() throws Exception {
        open(directory).close();
        change("PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file());

        assertRefused(directory)
                .withMessageContaining(file().toString())
                .withMessageContaining("version 99")
                .withMessageContaining("up to version " + Schema.CURRENT.version());
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, Integer.MIN_VALUE})
    void versionThatNoReleaseHasWritten_isRefused(int version) throws Exception {
        open(directory).close();
        change("PRAGMA user_version = " + version);

        assertRefused(directory).withMessageContaining("damaged").withMessageContaining("version " + version);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StoreMaintenance.check(directory))
                .withMessageContaining("damaged");
    }

    @Test
    void databaseOfAnotherProgram_isRefused() throws Exception {
        change("CREATE TABLE recipe (name TEXT)");

        assertRefused(directory).withMessageContaining("another program");
    }

    @Test
    void headerOverwritten_isRefusedAndLeftAsItIs() throws Exception {
        open(directory).close();
        overwrite(0, 100);
        byte[] before = Files.readAllBytes(file());

        assertRefused(directory)
                .withMessageContaining(file().toString())
                .withMessageContaining("damaged")
                .withMessageContaining("causeway store check");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        assertThat(StoreMaintenance.check(directory).isSound()).isFalse();
    }

    @Test
    void pagesOverwritten_areFoundWhenTheyAreRead() throws Exception {
        SqliteSessionStore store = open(directory);
        for (int i = 1; i <= 500; i++) {
            Samples.submit(store, new Change.PutSession(Samples.session(i, time.nanos())));
        }
        store.close();
        overwrite(40 * 1_024, 10 * 1_024);

        SqliteSessionStore damaged = open(directory);
        assertThatExceptionOfType(StoreUnreadableException.class)
                .isThrownBy(() -> Snapshot.of(damaged))
                .withMessageContaining("causeway store check");
        damaged.close();

        assertThat(StoreMaintenance.check(directory).damages()).isNotEmpty();
    }

    @Test
    void fileOfAnEarlierVersion_isBroughtUpWithWhatIsInIt() throws Exception {
        SqliteSessionStore store = open(directory);
        Samples.submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
        store.close();
        List<List<String>> steps = new ArrayList<>(Schema.CURRENT.steps());
        steps.add(List.of("CREATE TABLE later (name TEXT)", "INSERT INTO later VALUES ('there')"));
        Schema later = new Schema(steps);

        SqliteSessionStore migrated = open(directory, later);
        assertThat(Snapshot.of(migrated).sessions()).hasSize(1);
        migrated.close();

        assertThat(later.versionOf(file())).isEqualTo(later.version());
        open(directory, later).close();
        assertRefused(directory).withMessageContaining("later release");
    }

    @Test
    void willOfTheFirstVersion_isOfAnAnonymousClient() throws Exception {
        for (String each : Schema.CURRENT.steps().get(0)) {
            change(each);
        }
        change("PRAGMA application_id = " + Schema.APPLICATION_ID);
        change("PRAGMA user_version = 1");
        change("INSERT INTO will (id, topic, payload, qos, retain, client_id) VALUES (1, 't', x'78', 1, 0, 'client')");

        SqliteSessionStore store = open(directory);
        assertThat(Snapshot.of(store).wills())
                .containsExactly(new StoredWill(1, "client", "", Samples.message("t", "x")));
        Samples.submit(store, new Change.PutWill(new StoredWill(2, "client", "user", Samples.message("t", "x"))));
        store.close();

        SqliteSessionStore again = open(directory);
        assertThat(Snapshot.of(again).wills()).extracting(StoredWill::user).containsExactly("", "user");
        again.close();
    }

    @Test
    void stepThatFails_leavesTheVersionBeforeIt() throws Exception {
        open(directory).close();
        List<List<String>> steps = new ArrayList<>(Schema.CURRENT.steps());
        steps.add(List.of("CREATE TABLE later (name TEXT)", "INSERT INTO nowhere VALUES (1)"));

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> open(directory, new Schema(steps)));

        open(directory).close();
    }

    @Test
    void readOnlyFileSystem_isRefused() throws Exception {
        try (RamDisk disk = RamDisk.mount(directory, "2m")) {
            SqliteSessionStore store = open(directory);
            Samples.submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
            store.close();
            disk.remount("ro");

            assertRefused(directory).withMessageContaining("cannot be written").withMessageContaining("read-only");
            assertThat(StoreMaintenance.check(directory).isSound()).isTrue();
            assertThat(StoreMaintenance.of(directory).info().tables()).isNotEmpty();
        }
    }

    @Test
    void noRoomAtAll_isRefused() throws Exception {
        try (RamDisk disk = RamDisk.mount(directory, "16k")) {
            assertRefused(directory).withMessageContaining(directory.toString()).withMessageContaining("room");
            disk.remount("size=8m");
            open(directory).close();
        }
    }

    private ThrowableAssertAlternative<StoreException> assertRefused(Path where) {
        return assertThatExceptionOfType(StoreException.class).isThrownBy(() -> open(where));
    }

    private SqliteSessionStore open(Path where) throws StoreException {
        return open(where, Schema.CURRENT);
    }

    private SqliteSessionStore open(Path where, Schema schema) throws StoreException {
        return SqliteSessionStore.open(where, StoreSettings.DEFAULTS, Tuning.DEFAULTS, schema, time::nanos, time);
    }

    private Path file() {
        return DataDirectory.databaseIn(directory);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void overwrite(int offset, int length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek(offset);
            bytes.write("?".repeat(length).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
