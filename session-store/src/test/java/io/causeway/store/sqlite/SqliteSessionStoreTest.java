package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.StoredAlias;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredForward;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredReceived;
import io.causeway.store.StoredSession;
import io.causeway.store.StoredSubscription;
import io.causeway.store.StoredWill;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.causeway.store.sqlite.Samples.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class SqliteSessionStoreTest {
    private static final StoreSettings PROMPT = new StoreSettings(Duration.ZERO, 1);
    private static final long FOR_EVER = 0xffff_ffffL;

    private final TestTime time = new TestTime();
    private final MemorySessionStore model = new MemorySessionStore();

    @TempDir
    private Path directory;

    private SqliteSessionStore store;

    @BeforeEach
    void open() throws StoreException {
        store = SqliteSessionStore.open(directory, PROMPT, time::nanos, time);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void hurriedCommit_waitsForNoCompany() throws Exception {
        store.close();
        StoreSettings patient = new StoreSettings(Duration.ofSeconds(10), 1_000);
        store = SqliteSessionStore.open(directory, patient, System::nanoTime, Clock.systemUTC());
        CountDownLatch durable = new CountDownLatch(1);
        Changes unit = store.begin();
        unit.add(new Change.PutWill(new StoredWill(store.nextId(), "client", "user", Samples.rich(System.nanoTime()))));
        unit.whenDurable(durable::countDown);
        unit.submit();

        store.hurry();

        assertThat(durable.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void everyKindOfChange_isThereAfterAReopening() throws StoreException {
        long since = time.nanosAgo(Duration.ofMinutes(5));
        ApplicationMessage rich = Samples.rich(time.nanosAgo(Duration.ofSeconds(30)));
        both(new Change.PutSession(Samples.withWill(Samples.session(1, since), rich)));
        both(new Change.PutSession(Samples.mqttSession(2, FOR_EVER, since)));
        both(new Change.PutSubscription(
                1, new StoredSubscription("$share/g/z/#", Qos.EXACTLY_ONCE, "normal", true, true, 17, true)));
        both(new Change.PutSubscription(1, Samples.subscription("a/#")));
        both(new Change.PutSubscription(1, Samples.subscription("b/+")));
        both(new Change.RemoveSubscription(1, "b/+"));
        both(new Change.PutAlias(1, new StoredAlias(65_534, "räume/1", false)));
        both(new Change.PutAlias(1, new StoredAlias(1, "t", true)));
        both(new Change.PutMessage(1, new StoredMessage(3, rich, List.of(1, 268_435_455), 0, false)));
        both(new Change.PutMessage(1, Samples.queued(4, Samples.message("t", ""))));
        both(new Change.PutMessage(1, Samples.queued(5, Samples.message("t", "gone"))));
        both(new Change.MarkMessage(1, 3, 65_535, true));
        both(new Change.RemoveMessage(1, 5));
        both(new Change.PutReceived(1, new StoredReceived(0, Long.MIN_VALUE)));
        both(new Change.PutReceived(1, new StoredReceived(65_535, 1)));
        both(new Change.RemoveReceived(1, 65_535));
        both(new Change.PutRetained(rich));
        both(new Change.PutRetained(Samples.message("gone", "x")));
        both(new Change.RemoveRetained("gone"));
        both(new Change.PutWill(new StoredWill(6, "lost", "user", rich)));
        both(new Change.PutWill(new StoredWill(7, "lost", "user", rich)));
        both(new Change.RemoveWill(7));
        both(new Change.PutForward(new StoredForward(8, "north", "sensor", rich, 0, false, since)));
        both(new Change.PutForward(Samples.forward(9, "north", since)));
        both(new Change.PutForward(Samples.forward(10, "south", since)));
        both(new Change.MarkForward(8, 12, true));
        both(new Change.RemoveForward(9));
        both(new Change.PutArrival(new StoredArrival("north", 1, rich, true)));
        both(new Change.PutArrival(new StoredArrival("north", 2, rich, false)));
        both(new Change.RemoveArrival("north", 2));
        both(new Change.PutSession(Samples.session(11, since)));
        both(new Change.PutMessage(11, Samples.queued(12, rich)));
        both(new Change.RemoveSession(11));
        Snapshot expected = Snapshot.of(model);

        reopen();

        assertThat(Snapshot.of(store)).isEqualTo(expected);
        assertThat(expected.sessions()).hasSize(2);
        assertThat(outlines("north")).isEqualTo(outlinesOfModel("north")).hasSize(1);
        assertThat(store.forwards("north", 8, 10)).isEmpty();
        assertThat(store.forwards("south", 0, 1)).hasSize(1);
        assertThat(store.forwards("nowhere", 0, 1)).isEmpty();
    }

    @Test
    void subscriptionChanged_keepsItsPlace_oneMadeAnewComesLast() throws StoreException {
        submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
        for (String filter : List.of("c", "a", "b")) {
            submit(store, new Change.PutSubscription(1, Samples.subscription(filter)));
        }
        submit(
                store,
                new Change.PutSubscription(1, Samples.subscription("c")),
                new Change.RemoveSubscription(1, "a"),
                new Change.PutSubscription(1, Samples.subscription("a")));

        reopen();

        assertThat(onlySession().subscriptions())
                .extracting(StoredSubscription::filter)
                .containsExactly("c", "b", "a");
    }

    @Test
    void timeGoesOnBetweenTwoProcesses_thingsAreAsOldAsTheyAre() throws StoreException {
        submit(store, new Change.PutSession(Samples.session(1, time.nanosAgo(Duration.ofSeconds(5)))));
        submit(store, new Change.PutRetained(Samples.expiring("t", 60, time.nanosAgo(Duration.ofSeconds(10)))));
        store.close();
        time.restart();
        time.pass(Duration.ofSeconds(20));
        open();

        assertThat(onlySession().values().sinceNanos()).isEqualTo(time.nanosAgo(Duration.ofSeconds(25)));
        ApplicationMessage expected = Samples.expiring("t", 60, time.nanosAgo(Duration.ofSeconds(30)));
        assertThat(Snapshot.of(store).retained()).containsEntry("t", expected);
        assertThat(expected.properties().remainingSeconds(time.nanos())).isEqualTo(30);
    }

    @Test
    void clockSetBack_nothingIsOfTheFuture() throws StoreException {
        submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
        submit(store, new Change.PutRetained(Samples.expiring("t", 60, time.nanos())));
        submit(store, new Change.PutForward(Samples.forward(1, "north", time.nanos())));
        store.close();
        time.jump(Duration.ofDays(-365));
        open();

        Snapshot snapshot = Snapshot.of(store);
        assertThat(onlySession().values().sinceNanos()).isEqualTo(time.nanos());
        assertThat(snapshot.retained().get("t")).isEqualTo(Samples.expiring("t", 60, time.nanos()));
        assertThat(store.forwards("north", 0, 1).get(0).sinceNanos()).isEqualTo(time.nanos());
    }

    @Test
    void clockSetFarAhead_agesStayOnTheScale() throws StoreException {
        submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
        store.close();
        time.jump(Duration.ofDays(400 * 365));
        open();

        assertThat(time.nanos() - onlySession().values().sinceNanos())
                .isEqualTo(Duration.ofDays(36_500).toNanos());
    }

    @Test
    void expiredMeanwhile_isLeftOut_unlessItIsOnItsWay() throws StoreException {
        submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
        ApplicationMessage expiring = Samples.expiring("t", 10, time.nanos());
        submit(store, new Change.PutMessage(1, Samples.queued(1, expiring)));
        submit(store, new Change.PutMessage(1, Samples.queued(2, Samples.message("t", "stays"))));
        submit(store, new Change.PutMessage(1, new StoredMessage(3, expiring, List.of(), 77, true)));
        submit(store, new Change.PutRetained(expiring));
        store.close();
        time.pass(Duration.ofSeconds(10));
        open();

        assertThat(onlySession().messages()).extracting(StoredMessage::sequence).containsExactly(2L, 3L);
        assertThat(Snapshot.of(store).retained()).isEmpty();
    }

    @Test
    void sessionsExpiredMeanwhile_areRemoved_thoseWithAWillAreNot() throws Exception {
        long since = time.nanos();
        submit(store, new Change.PutSession(Samples.mqttSession(1, 60, since)));
        submit(store, new Change.PutMessage(1, Samples.queued(1, Samples.message("t", "x"))));
        submit(store, new Change.PutSession(Samples.mqttSession(2, 61, since)));
        submit(store, new Change.PutSession(Samples.mqttSession(3, FOR_EVER, since)));
        submit(
                store,
                new Change.PutSession(
                        Samples.withWill(Samples.mqttSession(4, 10, since), Samples.message("will", "lost"))));
        submit(store, new Change.PutSession(Samples.session(5, since)));
        store.close();
        time.pass(Duration.ofSeconds(60));
        open();

        assertThat(Snapshot.of(store).sessions())
                .extracting(KeptSession::values)
                .extracting(StoredSession::id)
                .containsExactly(2L, 3L, 4L, 5L);
        store.close();
        assertThat(rowsOf("message")).isZero();
        assertThat(rowsOf("session")).isEqualTo(4);
    }

    @Test
    void whatBelongsToNoSession_isNotShownAndRemoved() throws Exception {
        submit(store, new Change.PutMessage(1, Samples.queued(1, Samples.message("t", "x"))));
        submit(store, new Change.PutSession(Samples.session(2, time.nanos())));
        submit(store, new Change.PutAlias(3, new StoredAlias(1, "t", true)));
        reopen();
        assertThat(StoreMaintenance.check(directory).orphans()).isEqualTo(2);

        KeptSession only = onlySession();
        store.close();

        assertThat(only.values().id()).isEqualTo(2);
        assertThat(only.messages()).isEmpty();
        StoreCheck check = StoreMaintenance.check(directory);
        assertThat(check.orphans()).isZero();
        assertThat(check.isSound()).isTrue();
    }

    @Test
    void idsOfAnEarlierLife_areNeverGivenAgain() throws StoreException {
        long last = 0;
        for (int life = 0; life < 3; life++) {
            for (int i = 0; i < 25_000; i++) {
                long id = store.nextId();
                assertThat(id).isGreaterThan(last);
                last = id;
            }
            submit(store, new Change.PutSession(Samples.session(last, time.nanos())), new Change.RemoveSession(last));
            submit(store, new Change.PutSession(Samples.session(last, time.nanos())));
            submit(store, new Change.RemoveSession(last));
            reopen();
        }
    }

    @Test
    void closed_hasAllThatWasSubmitted() throws StoreException {
        store.close();
        store = SqliteSessionStore.open(
                directory, new StoreSettings(Duration.ofSeconds(10), 1_000_000), time::nanos, time);
        List<Changes> units = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            units.add(submit(store, new Change.PutSession(Samples.session(i, time.nanos()))));
        }

        reopen();

        assertThat(units).allMatch(Changes::isDurable);
        assertThat(Snapshot.of(store).sessions()).hasSize(1_000);
    }

    @Test
    void changesEnoughForACommit_doNotWaitForTheInterval() throws StoreException {
        store.close();
        store = SqliteSessionStore.open(directory, new StoreSettings(Duration.ofSeconds(10), 5), time::nanos, time);
        List<Changes> units = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            units.add(submit(store, new Change.PutSession(Samples.session(i, time.nanos()))));
        }

        await().atMost(Duration.ofSeconds(9)).until(() -> units.stream().allMatch(Changes::isDurable));
        assertThat(store.statistics().commits()).isEqualTo(1);
    }

    @Test
    void closedTwice_leavesTheNextOneItsDirectory() throws StoreException {
        SqliteSessionStore former = store;
        reopen();
        former.close();

        assertThatExceptionOfType(StoreException.class).isThrownBy(this::open);
    }

    @Test
    void cameAndWent_isDurableWithoutACommit() throws StoreException {
        submit(store, new Change.PutSession(Samples.session(1, time.nanos())));
        await().until(() -> store.statistics().commits() == 1);

        Changes unit = submit(
                store,
                new Change.PutMessage(1, Samples.queued(1, Samples.message("t", "x"))),
                new Change.RemoveMessage(1, 1),
                new Change.PutForward(Samples.forward(2, "north", time.nanos())),
                new Change.RemoveForward(2));
        await().until(unit::isDurable);

        StoreStatistics statistics = store.statistics();
        assertThat(statistics.commits()).isEqualTo(1);
        assertThat(statistics.changes()).isEqualTo(1);
        assertThat(statistics.waitingChanges()).isZero();
        assertThat(statistics.waitingOctets()).isZero();
        assertThat(statistics.databaseOctets()).isPositive();
        assertThat(statistics.taking()).isTrue();
    }

    @Test
    void journals_areCountedByLink() throws StoreException {
        submit(store, new Change.PutForward(Samples.forward(1, "north", time.nanos())));
        submit(store, new Change.PutForward(Samples.forward(2, "south", time.nanos())));
        submit(store, new Change.PutForward(Samples.forward(3, "south", time.nanos())));
        reopen();

        assertThat(store.journals()).containsExactly(Map.entry("north", 1L), Map.entry("south", 2L));
    }

    @Test
    void loadedWhileOthersSubmit_isOfOneMoment() {
        ApplicationMessage message = Samples.message("t", "x");
        submit(store, new Change.PutRetained(message));
        submit(store, new Change.PutWill(new StoredWill(1, "before", "user", message)));
        await().until(() -> store.statistics().waitingChanges() == 0);

        List<String> wills = new ArrayList<>();
        store.load(new Contents() {
            @Override
            public void onRetained(ApplicationMessage shown) {
                Changes unit = submit(store, new Change.PutWill(new StoredWill(2, "meanwhile", "user", message)));
                await().until(unit::isDurable);
            }

            @Override
            public void onSession(KeptSession session) {
                throw new AssertionError("there is none");
            }

            @Override
            public void onWill(StoredWill will) {
                wills.add(will.clientId());
            }

            @Override
            public void onArrival(StoredArrival arrival) {
                throw new AssertionError("there is none");
            }
        });

        assertThat(wills).containsExactly("before");
    }

    @Test
    void reservedIdDamaged_idsInUseAreNotGivenAgain() throws Exception {
        submit(store, new Change.PutSession(Samples.session(50_000, time.nanos())));
        store.close();
        try (var connection = Database.openToWrite(directory.resolve("causeway.db"), Tuning.DEFAULTS);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE counter SET value = 'many' WHERE name = 'reserved_id'");
        }
        open();

        assertThat(store.nextId()).isGreaterThan(50_000);
    }

    @Test
    void forwards_arePagedInOrder() {
        for (int i = 1; i <= 25; i++) {
            submit(store, new Change.PutForward(Samples.forward(i, i % 5 == 0 ? "south" : "north", time.nanos())));
        }
        await().until(() -> store.statistics().waitingChanges() == 0);

        List<Long> sequences = new ArrayList<>();
        List<StoredForward> page = store.forwards("north", 0, 7);
        while (!page.isEmpty()) {
            page.forEach(each -> sequences.add(each.sequence()));
            page = store.forwards("north", sequences.get(sequences.size() - 1), 7);
        }

        assertThat(sequences).hasSize(20).isSorted().doesNotContain(5L, 10L);
    }

    private void both(Change change) {
        submit(store, change);
        submit(model, change);
    }

    private void reopen() throws StoreException {
        store.close();
        open();
    }

    private KeptSession onlySession() {
        List<KeptSession> sessions = Snapshot.of(store).sessions();
        assertThat(sessions).hasSize(1);
        return sessions.get(0);
    }

    private long rowsOf(String table) throws StoreException {
        return StoreMaintenance.of(directory).info().tables().stream()
                .filter(each -> each.table().equals(table))
                .mapToLong(StoreInfo.Content::rows)
                .sum();
    }

    private List<StoredForward.Outline> outlines(String link) {
        List<StoredForward.Outline> outlines = new ArrayList<>();
        store.outlines(link, outlines::add);
        return outlines;
    }

    private List<StoredForward.Outline> outlinesOfModel(String link) {
        List<StoredForward.Outline> outlines = new ArrayList<>();
        model.outlines(link, outlines::add);
        return outlines;
    }
}
