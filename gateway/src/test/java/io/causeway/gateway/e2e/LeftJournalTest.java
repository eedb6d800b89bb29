package io.causeway.gateway.e2e;

import io.causeway.codec.Octets;
import io.causeway.gateway.cli.StartException;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.StoredForward;
import io.causeway.store.sqlite.SqliteSessionStore;
import io.causeway.store.sqlite.StoreException;
import io.causeway.store.sqlite.StoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Messages that wait for a connection that there is no more. */
@Timeout(60)
class LeftJournalTest {
    private final Path directory;
    private final Path data;

    LeftJournalTest(@TempDir Path directory) {
        this.directory = directory;
        this.data = directory.resolve("data");
    }

    /** The broker is away all the time. */
    private String configuration() {
        return """
                data-dir: DATA
                links:
                  - {type: udp, bind: "127.0.0.1:0"}
                upstream:
                  mode: aggregating
                  broker: "mqtt://127.0.0.1:1"
                  client-id: now
                admin: none
                """.replace("DATA", data.toString());
    }

    private void leave(String link) throws StoreException {
        SqliteSessionStore store =
                SqliteSessionStore.open(data, StoreSettings.DEFAULTS, System::nanoTime, Clock.systemUTC());
        ApplicationMessage message = new ApplicationMessage("t", Octets.EMPTY, Qos.AT_LEAST_ONCE, false);
        Changes unit = store.begin();
        unit.add(new Change.PutForward(
                new StoredForward(store.nextId(), link, "sensor", message, 0, false, System.nanoTime())));
        unit.submit();
        store.close();
    }

    @Test
    void journalOfARenamedConnection_isNamedInTheLogAndNoOtherIs() throws Exception {
        leave("formerly");
        leave("now");
        leave("now-3");
        try (GatewayProcess gateway = GatewayProcess.run(directory, configuration())) {
            gateway.awaitReady();

            assertThat(gateway.err())
                    .contains("1 messages wait in the journal of 'formerly', which is no connection with a journal")
                    .doesNotContain("wait in the journal of 'now")
                    .contains("1 messages of the journal of 'now-3', which is no connection any more, are moved");
        }
    }

    @Test
    void damageFoundWhileAJournalIsMoved_endsTheStartAndIsExplained() throws Exception {
        leave("now-2");
        damageMessages();

        assertThatThrownBy(() -> TestGateway.start(configuration()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(data.resolve("causeway.db").toString());
    }

    /** So that only who reads whole messages of a journal finds it. */
    private void damageMessages() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("causeway.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE forward RENAME COLUMN payload TO something_else");
        }
    }
}
