package io.causeway.gateway.cli;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import io.causeway.store.sqlite.SqliteSessionStore;
import io.causeway.store.sqlite.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoreCommandTest {
    private final Shell shell = new Shell();
    private final Path directory;
    private final Path data;

    StoreCommandTest(@TempDir Path directory) {
        this.directory = directory;
        this.data = directory.resolve("data");
    }

    @BeforeEach
    void keepARetainedMessage() throws Exception {
        SessionStore store = open();
        Changes unit = store.begin();
        unit.add(new Change.PutRetained(
                new ApplicationMessage("plant/state", Octets.utf8("on"), Qos.AT_LEAST_ONCE, true)));
        unit.submit();
        store.close();
    }

    @Test
    void info_tellsWhatIsKept() {
        assertThat(shell.execute("store", "info", "--data-dir", data.toString()))
                .isZero();

        assertThat(shell.outLines().get(0))
                .startsWith(data.resolve("causeway.db") + ": schema version ")
                .contains(" unused), write-ahead log ");
        assertThat(shell.out()).containsPattern("(?m)^session +0 ").containsPattern("(?m)^retained +1 .*octets|KiB");
    }

    @Test
    void settings_nameTheDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("causeway.yaml"), "gateway-id: 7");

        assertThat(shell.execute("store", "info", "-c", file.toString())).isZero();

        assertThat(shell.out()).startsWith(data.resolve("causeway.db").toString());
    }

    @Test
    void directoryInUse_canBeLookedIntoButNotCompacted() throws Exception {
        SessionStore running = open();
        try {
            assertThat(shell.execute("store", "info", "-d", data.toString())).isZero();
            assertThat(shell.execute("store", "check", "-d", data.toString())).isZero();
            assertThat(shell.execute("store", "compact", "-d", data.toString())).isEqualTo(1);
            assertThat(shell.err()).contains("another gateway uses it");
        } finally {
            running.close();
        }
    }

    @Test
    void checkOfASoundStore_saysSo() {
        assertThat(shell.execute("store", "check", "-d", data.toString())).isZero();

        assertThat(shell.out()).startsWith(data.resolve("causeway.db") + ": sound, ");
    }

    @Test
    void checkOfADamagedStore_namesTheDamageAndWhatToDo() throws Exception {
        Files.write(data.resolve("causeway.db"), new byte[200], StandardOpenOption.WRITE);

        assertThat(shell.execute("store", "check", "-d", data.toString())).isEqualTo(1);

        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains(data.resolve("causeway.db").toString(), "causeway store export");
    }

    @Test
    void compact_tellsWhatItGaveBack() {
        assertThat(shell.execute("store", "compact", "-d", data.toString())).isZero();

        assertThat(shell.out()).startsWith(data.resolve("causeway.db") + ": ").contains(" given back");
    }

    @Test
    void export_printsALineOfJsonForEachRow() {
        assertThat(shell.execute("store", "export", "-d", data.toString())).isZero();

        assertThat(shell.outLines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("{\"table\":\"retained\"")
                        .contains("\"plant/state\"")
                        .endsWith("}"));
    }

    @Test
    void exportOfADamagedStore_goesOnAndNamesWhatIsDamaged() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("causeway.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE retained SET properties = x'0102'");
        }

        assertThat(shell.execute("store", "export", "-d", data.toString())).isEqualTo(1);

        assertThat(shell.outLines()).anySatisfy(line -> assertThat(line).contains("\"plant/state\"", "AQI="));
        assertThat(shell.errLines())
                .anySatisfy(line -> assertThat(line).contains("table retained, topic plant/state"))
                .anySatisfy(line -> assertThat(line).contains("damages found: 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "check", "compact", "export"})
    void directoryWithoutAStore_isExplainedAndLeftAlone(String command) {
        Path empty = directory.resolve("empty");

        assertThat(shell.execute("store", command, "-d", empty.toString())).isEqualTo(1);

        assertThat(shell.err()).startsWith("causeway: " + empty.resolve("causeway.db") + ": there is no store");
        assertThat(empty).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "check", "compact", "export"})
    void help_isPrinted(String command) {
        assertThat(shell.execute("store", command, "--help")).isZero();

        assertThat(shell.out()).startsWith("Usage: causeway store " + command).contains("--data-dir", "Exit codes:");
    }

    @Test
    void settingsThatKeepNothing_areNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("causeway.yaml"), "data-dir: none");

        assertThat(shell.execute("store", "info", "-c", file.toString())).isEqualTo(1);

        assertThat(shell.errLines())
                .containsExactly("causeway: data-dir is none: this gateway keeps nothing on the disk");
    }

    @Test
    void wrongSettings_areWrongUsage() throws Exception {
        Path file = Files.writeString(directory.resolve("causeway.yaml"), "data-dir: [");

        assertThat(shell.execute("store", "info", "-c", file.toString())).isEqualTo(2);
    }

    @Test
    void bothPlacesAtOnce_areWrongUsage() {
        assertThat(shell.execute("store", "info", "-c", "causeway.yaml", "-d", "data"))
                .isEqualTo(2);

        assertThat(shell.err()).contains("mutually exclusive");
    }

    @Test
    void noCommand_isWrongUsage() {
        assertThat(shell.execute("store")).isEqualTo(2);

        assertThat(shell.err()).contains("Missing required subcommand");
    }

    private SessionStore open() throws Exception {
        return SqliteSessionStore.open(data, StoreSettings.DEFAULTS, System::nanoTime, Clock.systemUTC());
    }
}
