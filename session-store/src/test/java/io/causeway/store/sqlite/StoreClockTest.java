package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A clock on the wall that is set while the gateway runs, or was not set when it started. */
class StoreClockTest {
    private static final Tuning OFTEN = new Tuning(
            1_024, 100, 1_000, 1_000_000, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(5), 10);
    private static final Duration YEARS = Duration.ofDays(20_000);

    private final TestTime time = new TestTime();

    @TempDir
    private Path directory;

    private SqliteSessionStore store;

    @BeforeEach
    void open() throws StoreException {
        store = SqliteSessionStore.open(directory, StoreSettings.DEFAULTS, OFTEN, Schema.CURRENT, time::nanos, time);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void clockSetForward_isNoTimeThatPassed() throws Exception {
        keepForAMinute();
        time.jump(YEARS);
        awaitAnchor();

        time.pass(Duration.ofSeconds(59));
        keep(new Change.PutRetained(Samples.message("another", "x")));
        assertThat(store.statistics().swept()).isZero();
        restartAfter(Duration.ZERO);
        assertThat(ageOfTheMessage()).isEqualTo(Duration.ofSeconds(59));

        time.pass(Duration.ofSeconds(2));
        await().until(() -> store.statistics().swept() == 1);
    }

    @Test
    void clockSetBack_keepsNothingForEver() throws Exception {
        keepForAMinute();
        time.jump(YEARS.negated());
        awaitAnchor();

        time.pass(Duration.ofSeconds(61));

        await().until(() -> store.statistics().swept() == 1);
    }

    @Test
    void startedIn1970AndSetLater_isAsOldAsItWouldBe() throws Exception {
        restartAt1970();
        keepForAMinute();
        time.pass(Duration.ofSeconds(10));
        time.jump(YEARS);
        awaitAnchor();

        restartAfter(Duration.ofSeconds(20));

        assertThat(ageOfTheMessage()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void startedIn1970_countsNoTimeWithoutAClockButItsOwn() throws Exception {
        keepForAMinute();
        time.pass(Duration.ofSeconds(10));
        restartAt1970();
        assertThat(ageOfTheMessage()).isLessThanOrEqualTo(Duration.ofSeconds(10));

        time.pass(Duration.ofSeconds(61));

        await().until(() -> store.statistics().swept() == 1);
    }

    @Test
    void neverSetBefore_isSetAtTheNextStart_nothingExpiresAtOnce() throws Exception {
        restartAt1970();
        keepForAMinute();
        store.close();
        time.jump(YEARS);

        restartAfter(Duration.ofSeconds(1));

        assertThat(ageOfTheMessage()).isLessThan(Duration.ofSeconds(60));
    }

    private void keepForAMinute() {
        keep(new Change.PutRetained(Samples.expiring("t", 60, time.nanos())));
    }

    private void keep(Change change) {
        Changes unit = Samples.submit(store, change);
        await().until(unit::isDurable);
    }

    private void restartAt1970() throws StoreException {
        store.close();
        time.jump(YEARS.negated());
        time.restart();
        open();
    }

    private void restartAfter(Duration pause) throws StoreException {
        store.close();
        time.restart();
        time.pass(pause);
        open();
    }

    private Duration ageOfTheMessage() {
        ApplicationMessage message =
                Objects.requireNonNull(Snapshot.of(store).retained().get("t"));
        return Duration.ofNanos(time.nanos() - message.properties().receivedNanos());
    }

    /** Until the file would tell the next process that the clock was set. */
    private void awaitAnchor() {
        await().until(() -> {
            try (Connection connection = Database.openToRead(DataDirectory.databaseIn(directory))) {
                return Anchor.read(connection)
                        .filter(each -> each.wallMillis() == time.millis())
                        .isPresent();
            } catch (SQLException busy) {
                return false;
            }
        });
    }
}
