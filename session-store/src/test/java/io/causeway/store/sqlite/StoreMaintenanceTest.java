package io.causeway.store.sqlite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.causeway.store.Change;
import io.causeway.store.StoredReceived;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class StoreMaintenanceTest {
    private static final int SESSIONS = 200;

    private final TestTime time = new TestTime();

    @TempDir
    private Path directory;

    private SqliteSessionStore store;

    @BeforeEach
    void fill() throws StoreException {
        store = SqliteSessionStore.open(directory, StoreSettings.DEFAULTS, time::nanos, time);
        for (int i = 1; i <= SESSIONS; i++) {
            Samples.submit(
                    store,
                    new Change.PutSession(Samples.session(i, time.nanos())),
                    new Change.PutMessage(i, Samples.queued(1, Samples.rich(time.nanos()))),
                    new Change.PutReceived(i, new StoredReceived(1, -1)));
        }
        Samples.submit(store, new Change.PutForward(Samples.forward(1, "north", time.nanos())));
        Samples.submit(
                store,
                new Change.PutForward(Samples.forward(2, "south", time.nanosAgo(Duration.ofMinutes(1)))),
                new Change.PutForward(Samples.forward(3, "south", time.nanos())));
        await().until(() -> store.statistics().waitingChanges() == 0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void info_countsBesideAStoreAtWork() throws StoreException {
        StoreInfo info = StoreMaintenance.of(directory).info();

        assertThat(info.file()).isEqualTo(directory.resolve("causeway.db"));
        assertThat(info.schemaVersion()).isEqualTo(Schema.CURRENT.version());
        assertThat(info.logOctets()).isPositive();
        assertThat(info.tables())
                .filteredOn(each -> each.table().equals("message"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.rows()).isEqualTo(SESSIONS);
                    assertThat(each.octets()).isGreaterThan(SESSIONS * 50L);
                });
        assertThat(info.journals()).extracting(StoreInfo.Journal::link).containsExactly("north", "south");
        StoreInfo.Journal south = info.journals().get(1);
        assertThat(south.messages()).isEqualTo(2);
        assertThat(south.octets()).isEqualTo(22);
        assertThat(south.oldest()).contains(Instant.ofEpochMilli(time.millis() - 60_000));
    }

    @Test
    void journalDrained_hasNoOldest() throws StoreException {
        Samples.submit(store, new Change.RemoveForward(1));
        await().until(() -> store.statistics().waitingChanges() == 0);

        StoreInfo.Journal north =
                StoreMaintenance.of(directory).info().journals().get(0);

        assertThat(north.messages()).isZero();
        assertThat(north.oldest()).isEmpty();
    }

    @Test
    void check_findsNothingWrongBesideAStoreAtWork() throws StoreException {
        StoreCheck check = StoreMaintenance.check(directory);

        assertThat(check.isSound()).isTrue();
        assertThat(check.rows()).isEqualTo(3 * SESSIONS + 3);
        assertThat(check.orphans()).isZero();
    }

    @Test
    void check_findsAMessageThatIsNone() throws Exception {
        store.close();
        try (var connection = Database.openToWrite(directory.resolve("causeway.db"), Tuning.DEFAULTS);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE message SET properties = x'0102' WHERE session = 7");
        }

        assertThat(StoreMaintenance.check(directory).damages())
                .singleElement()
                .asString()
                .contains("table message", "properties that end early");
    }

    @Test
    void export_isAnObjectOfJsonPerRow() throws Exception {
        StringBuilder lines = new StringBuilder();
        StoreMaintenance.of(directory).export(lines);

        List<JsonNode> rows = new ArrayList<>();
        for (String line : lines.toString().lines().toList()) {
            rows.add(new ObjectMapper().readTree(line));
        }
        assertThat(rows).filteredOn(each -> is(each, "session")).hasSize(SESSIONS);
        assertThat(rows).filteredOn(each -> is(each, "forward")).hasSize(3);
        JsonNode message =
                rows.stream().filter(each -> is(each, "message")).findFirst().orElseThrow();
        assertThat(message.get("session").asLong()).isEqualTo(1);
        assertThat(message.get("topic").asText()).isEqualTo("räume/1/temp");
        assertThat(message.get("payload").get("base64").asText()).isEqualTo("AP+A");
        assertThat(message.get("payload").has("text")).isFalse();
        JsonNode properties = message.get("properties");
        assertThat(properties.get("content_type").asText()).isEqualTo("text/plain");
        assertThat(properties.get("expiry_seconds").asLong()).isEqualTo(3_600);
        assertThat(properties.get("user_properties").get(2).get(1).asText()).isEqualTo("😀");
        JsonNode forward =
                rows.stream().filter(each -> is(each, "forward")).findFirst().orElseThrow();
        assertThat(forward.get("payload").get("text").asText()).isEqualTo("value 1");
        assertThat(forward.get("properties").isNull()).isTrue();
    }

    @Test
    void compact_needsTheDirectoryForItself_andGivesRoomBack() throws Exception {
        StoreMaintenance maintenance = StoreMaintenance.of(directory);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(maintenance::compact)
                .withMessageContaining("another gateway uses it");
        for (int i = 2; i <= SESSIONS; i++) {
            Samples.submit(store, new Change.RemoveSession(i));
        }
        store.close();
        long free = maintenance.info().freeOctets();
        assertThat(free).isPositive();

        assertThat(maintenance.compact()).isGreaterThanOrEqualTo(free);

        assertThat(maintenance.info().freeOctets()).isZero();
        assertThat(StoreMaintenance.check(directory).isSound()).isTrue();
        assertThat(StoreMaintenance.check(directory).rows()).isEqualTo(6);
    }

    @Test
    void readersAtWork_leaveTheLockAndTheStoreAlone() throws Exception {
        StoreMaintenance.of(directory).info();
        StoreMaintenance.check(directory);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> SqliteSessionStore.open(directory, StoreSettings.DEFAULTS, time::nanos, time));
        Samples.submit(store, new Change.RemoveSession(1));
        await().until(() -> store.statistics().waitingChanges() == 0);
        assertThat(store.statistics().failures()).isZero();
    }

    @Test
    void noStore_isSaid(@TempDir Path elsewhere) throws Exception {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StoreMaintenance.of(elsewhere))
                .withMessageContaining("there is no store");
        assertThat(elsewhere).isEmptyDirectory();
    }

    private static boolean is(JsonNode row, String table) {
        return row.get("table").asText().equals(table);
    }
}
