package io.causeway.store.sqlite;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.MemorySessionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A disk that does not take what it is given, and others that do not behave. */
class TroubleTest {
    private static final Tuning IMPATIENT = new Tuning(
            1_024, 100, 50, 100_000, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(30), 100);
    private static final int UNITS = 400;

    private final TestTime time = new TestTime();
    private final MemorySessionStore model = new MemorySessionStore();

    @TempDir
    private Path directory;

    @Test
    void diskFull_keepsAllInMemoryUntilThereIsRoom() throws Exception {
        try (RamDisk disk = RamDisk.mount(directory, "400k")) {
            SqliteSessionStore store = open(new StoreSettings(Duration.ZERO, 10));
            List<Integer> durable = new CopyOnWriteArrayList<>();
            for (int i = 0; i < UNITS; i++) {
                int number = i;
                Change put = new Change.PutRetained(heavy("t/" + i));
                Samples.submit(model, put);
                Samples.submit(store, put).whenDurable(() -> durable.add(number));
            }
            await().until(() -> store.trouble().isPresent());

            assertThat(store.isTaking()).isFalse();
            assertThat(store.trouble()).get().asString().contains("causeway.db").contains("full");
            await().until(() -> store.statistics().failures() > 3);
            assertThat(durable).hasSizeLessThan(UNITS);
            assertThat(store.statistics().waitingChanges()).isEqualTo(UNITS - durable.size());

            disk.remount("size=8m");
            await().until(() -> durable.size() == UNITS);
            assertThat(store.isTaking()).isTrue();
            assertThat(store.trouble()).isEmpty();
            assertThat(durable).isEqualTo(IntStream.range(0, UNITS).boxed().toList());
            store.close();

            SqliteSessionStore reopened = open(StoreSettings.DEFAULTS);
            assertThat(Snapshot.of(reopened)).isEqualTo(Snapshot.of(model));
            reopened.close();
            assertThat(StoreMaintenance.check(directory).damages()).isEmpty();
        }
    }

    @Test
    void diskFullWhenClosed_hasAllBeforeThatWasDurable() throws Exception {
        try (RamDisk disk = RamDisk.mount(directory, "400k")) {
            SqliteSessionStore store = open(new StoreSettings(Duration.ZERO, 1));
            List<Changes> units = IntStream.range(0, UNITS)
                    .mapToObj(i -> Samples.submit(store, new Change.PutRetained(heavy("t/" + i))))
                    .toList();
            await().until(() -> store.trouble().isPresent());
            store.close();

            disk.remount("size=8m");
            SqliteSessionStore reopened = open(StoreSettings.DEFAULTS);
            long durable = units.stream().filter(Changes::isDurable).count();
            assertThat(durable).isLessThan(UNITS);
            assertThat(Snapshot.of(reopened).retained()).hasSize((int) durable);
            reopened.close();
        }
    }

    @Test
    void groupLostWhenClosed_takesWhatCameLaterWithIt() throws Exception {
        open(StoreSettings.DEFAULTS).close();
        inTheFile("CREATE TRIGGER refuse BEFORE INSERT ON retained WHEN NEW.topic = 'first'"
                + " BEGIN SELECT RAISE(ABORT, 'on purpose'); END");
        SqliteSessionStore store = open(new StoreSettings(Duration.ZERO, 1));
        Samples.submit(store, new Change.PutRetained(heavy("first")));
        await().until(() -> store.trouble().isPresent());
        Changes second = Samples.submit(store, new Change.PutRetained(heavy("second")));
        store.close();

        assertThat(second.isDurable()).isFalse();
        inTheFile("DROP TRIGGER refuse");
        SqliteSessionStore reopened = open(StoreSettings.DEFAULTS);
        assertThat(Snapshot.of(reopened).retained()).isEmpty();
        reopened.close();
    }

    @Test
    void diskThatHangs_isToldAndNothingNewIsTakenUntilItAnswers() throws Exception {
        SqliteSessionStore store = open(new StoreSettings(Duration.ZERO, 1));
        CountDownLatch hanging = new CountDownLatch(1);
        CompletableFuture<Void> answering = new CompletableFuture<>();
        Changes hung = store.begin();
        hung.add(new Change.RemoveRetained("a"));
        hung.whenDurable(() -> {
            hanging.countDown();
            answering.join();
        });
        hung.submit(); // only now, or it may be durable already and hang this thread
        hanging.await();
        Changes unit = Samples.submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
        time.pass(SqliteSessionStore.LONGEST_COMMIT.plusSeconds(1));
        assertThat(store.isTaking()).isFalse();
        assertThat(store.trouble()).get().asString().contains("has not answered for 6 s");

        answering.complete(null);
        await().until(unit::isDurable);
        assertThat(store.isTaking()).isTrue();
        store.close();
    }

    @Test
    void moreWaitsThanIsToWait_nothingNewIsTaken() throws Exception {
        SqliteSessionStore store = open(new StoreSettings(Duration.ofSeconds(10), 1_000));
        Change[] changes = IntStream.range(0, 51)
                .mapToObj(i -> new Change.RemoveRetained("t/" + i))
                .toArray(Change[]::new);
        Samples.submit(store, changes);

        assertThat(store.isTaking()).isFalse();
        assertThat(store.trouble()).get().asString().contains("51 changes wait");
        store.close();
        assertThat(store.statistics().waitingChanges()).isZero();
    }

    @Test
    void heavierThanWhatIsToWait_nothingNewIsTaken() throws Exception {
        SqliteSessionStore store = open(new StoreSettings(Duration.ofSeconds(10), 1_000));
        ApplicationMessage message = new ApplicationMessage("t", Octets.of(new byte[100_000]), Qos.AT_LEAST_ONCE, true);
        Samples.submit(store, new Change.PutRetained(message));

        assertThat(store.isTaking()).isFalse();
        store.close();
    }

    @Test
    void followerFails_othersAreToldAllTheSame() throws Exception {
        SqliteSessionStore store = open(new StoreSettings(Duration.ofSeconds(1), 3));
        CountDownLatch told = new CountDownLatch(3);
        Changes unit = Samples.submit(store, new Change.RemoveRetained("a"));
        unit.whenDurable(() -> {
            throw new IllegalStateException("on purpose");
        });
        unit.whenDurable(told::countDown);
        Samples.submit(store, new Change.RemoveRetained("b")).whenDurable(told::countDown);
        Samples.submit(store, new Change.PutRetained(heavy("c"))).whenDurable(told::countDown);

        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(store.statistics().failedFollowers()).isEqualTo(1);
        store.close();
    }

    private void inTheFile(String sql) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + DataDirectory.databaseIn(directory));
                Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private SqliteSessionStore open(StoreSettings settings) throws StoreException {
        return SqliteSessionStore.open(directory, settings, IMPATIENT, Schema.CURRENT, time::nanos, time);
    }

    private static ApplicationMessage heavy(String topic) {
        return new ApplicationMessage(topic, Octets.of(new byte[2_000]), Qos.AT_LEAST_ONCE, true);
    }
}
