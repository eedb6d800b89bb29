package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Change;
import io.causeway.store.KeptSession;
import io.causeway.store.StoredAlias;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredForward;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredReceived;
import io.causeway.store.StoredSubscription;
import io.causeway.store.StoredWill;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A row that cannot be decoded costs no other. */
class DamagedRowsTest {
    private final TestTime time = new TestTime();

    @TempDir
    private Path directory;

    private SqliteSessionStore store;

    @BeforeEach
    void fill() throws StoreException {
        open();
        for (int id = 1; id <= 3; id++) {
            Samples.submit(
                    store,
                    new Change.PutSession(Samples.session(id, time.nanos())),
                    new Change.PutSubscription(id, Samples.subscription("a/#")),
                    new Change.PutSubscription(id, Samples.subscription("b/#")),
                    new Change.PutAlias(id, new StoredAlias(1, "a", true)),
                    new Change.PutAlias(id, new StoredAlias(2, "b", true)),
                    new Change.PutMessage(id, Samples.queued(1, Samples.rich(time.nanos()))),
                    new Change.PutMessage(id, Samples.queued(2, Samples.message("a", "x"))),
                    new Change.PutReceived(id, new StoredReceived(1, -1)),
                    new Change.PutReceived(id, new StoredReceived(2, -1)));
        }
        ApplicationMessage other = Samples.message("other", "x");
        Samples.submit(
                store,
                new Change.PutRetained(Samples.rich(time.nanos())),
                new Change.PutRetained(other),
                new Change.PutWill(new StoredWill(1, "one", "user", Samples.rich(time.nanos()))),
                new Change.PutWill(new StoredWill(2, "two", "user", other)),
                new Change.PutArrival(new StoredArrival("north", 1, Samples.rich(time.nanos()), false)),
                new Change.PutArrival(new StoredArrival("north", 2, other, false)));
        for (int i = 1; i <= 5; i++) {
            Samples.submit(store, new Change.PutForward(Samples.forward(i, "north", time.nanos())));
        }
        store.close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            qos = 9                   | QoS 9
            retain = 1, packet_id = -1| packet id -1
            identifiers = '1,x'       | "x"
            properties = x'0102'      | properties that end early
            """)
    void damagedMessage_costsThatMessage(String damage, String reason) throws Exception {
        change("UPDATE message SET " + damage + " WHERE session = 2 AND sequence = 1");
        open();

        List<KeptSession> sessions = Snapshot.of(store).sessions();

        assertThat(sessions).extracting(each -> each.values().id()).containsExactly(1L, 2L, 3L);
        assertThat(sessions.get(1).messages())
                .extracting(StoredMessage::sequence)
                .containsExactly(2L);
        assertThat(sessions.get(0).messages()).hasSize(2);
        assertThat(store.damagedRows()).isEqualTo(1);
        assertThat(StoreMaintenance.check(directory).damages())
                .singleElement()
                .asString()
                .contains("table message, session 2, sequence 1", reason);
    }

    @Test
    void damagedParts_costNoMoreThanThemselves() throws Exception {
        change("UPDATE subscription SET qos = 9 WHERE session = 2 AND filter = 'a/#'");
        change("UPDATE alias SET value = 70000 WHERE session = 2 AND value = 1");
        change("UPDATE received SET packet_id = 70000 WHERE session = 2 AND packet_id = 1");
        open();

        KeptSession session = Snapshot.of(store).sessions().get(1);

        assertThat(session.subscriptions())
                .extracting(StoredSubscription::filter)
                .containsExactly("b/#");
        assertThat(session.aliases()).extracting(StoredAlias::value).containsExactly(2);
        assertThat(session.lostAliases()).isEqualTo(1);
        assertThat(session.received()).extracting(StoredReceived::packetId).containsExactly(2);
        assertThat(session.messages()).hasSize(2);
        assertThat(store.damagedRows()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state = 'DREAMING'", "protocol = ''", "client_id = ''", "will_topic = 't', will_qos = 3"})
    void damagedSession_isLeftAloneWithAllThatIsIts(String damage) throws Exception {
        change("UPDATE session SET " + damage + " WHERE id = 2");
        open();

        assertThat(Snapshot.of(store).sessions())
                .extracting(each -> each.values().id())
                .containsExactly(1L, 3L);
        assertThat(store.damagedRows()).isEqualTo(1);
        store.close();
        change("UPDATE session SET state = 'ASLEEP', protocol = 'MQTT_SN', client_id = 'c', will_topic = NULL"
                + " WHERE id = 2");
        open();
        KeptSession mended = Snapshot.of(store).sessions().get(1);
        assertThat(mended.messages()).hasSize(2);
        assertThat(mended.subscriptions()).hasSize(2);
    }

    @Test
    void damagedSessionWhoseClientHasBegunAnew_isNoMore() throws Exception {
        change("UPDATE session SET state = 'DREAMING' WHERE id = 2");
        open();
        Samples.submit(store, new Change.PutSession(Samples.session(4, time.nanos())));
        store.close();
        change("UPDATE session SET client_id = 'sensor-2' WHERE id = 4");
        open();
        Snapshot.of(store);
        store.close();

        change("DELETE FROM session WHERE id = 4");
        open();
        assertThat(Snapshot.of(store).sessions())
                .extracting(each -> each.values().id())
                .containsExactly(1L, 3L);
        assertThat(store.damagedRows()).isZero();
    }

    @Test
    void damagedMessagesOfNobody_costNoOther() throws Exception {
        change("UPDATE retained SET properties = x'01' WHERE topic = 'räume/1/temp'");
        change("UPDATE will SET qos = 7 WHERE id = 1");
        change("UPDATE arrival SET packet_id = 1, qos = 3 WHERE packet_id = 1");
        open();

        Snapshot snapshot = Snapshot.of(store);

        assertThat(snapshot.retained()).containsOnlyKeys("other");
        assertThat(snapshot.wills()).extracting(StoredWill::id).containsExactly(2L);
        assertThat(snapshot.arrivals()).containsOnlyKeys("north 2");
        assertThat(store.damagedRows()).isEqualTo(3);
    }

    @Test
    void damagedForward_isLeftOutOfAFullPageAndOfTheOutlines() throws Exception {
        change("UPDATE forward SET properties = x'01' WHERE sequence IN (1, 3)");
        open();

        assertThat(store.forwards("north", 0, 2))
                .extracting(StoredForward::sequence)
                .containsExactly(2L, 4L);
        assertThat(store.forwards("north", 4, 2))
                .extracting(StoredForward::sequence)
                .containsExactly(5L);
        List<Long> outlines = new ArrayList<>();
        store.outlines("north", each -> outlines.add(each.sequence()));
        assertThat(outlines).containsExactly(2L, 4L, 5L);
        assertThat(store.damagedRows()).isEqualTo(2);
    }

    @Test
    void damagedOutline_isLeftOut() throws Exception {
        change("UPDATE forward SET qos = 7 WHERE sequence = 1");
        open();

        List<Long> outlines = new ArrayList<>();
        store.outlines("north", each -> outlines.add(each.sequence()));

        assertThat(outlines).containsExactly(2L, 3L, 4L, 5L);
        assertThat(store.forwards("north", 0, 9)).hasSize(4);
        assertThat(store.damagedRows()).isEqualTo(1);
    }

    @Test
    void whatCannotBeDecoded_isExportedAsItIsAndNamed() throws Exception {
        change("UPDATE message SET properties = x'0102' WHERE session = 2 AND sequence = 1");
        StringBuilder lines = new StringBuilder();

        List<String> damages = StoreMaintenance.of(directory).export(lines);

        assertThat(damages).singleElement().asString().contains("table message, session 2, sequence 1");
        assertThat(lines).contains("\"properties\":{\"base64\":\"AQI=\"");
        assertThat(lines.toString().lines().filter(line -> line.contains("\"table\":\"message\"")))
                .hasSize(6);
        assertThat(lines).contains("\"table\":\"arrival\"");
    }

    private void open() throws StoreException {
        store = SqliteSessionStore.open(directory, StoreSettings.DEFAULTS, time::nanos, time);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataDirectory.databaseIn(directory));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
