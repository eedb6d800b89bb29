package io.causeway.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One check of a file: of its pages, then of every row. For one use. */
final class Inspection {
    private static final String SOUND = "ok";

    private final Path file;
    private final Moment now;
    private final List<String> damages = new ArrayList<>();
    private long rows;
    private long orphans;

    Inspection(Path file, Clock clock) {
        this.file = file;
        this.now = new Moment(System.nanoTime(), clock.millis());
    }

    StoreCheck run() {
        try (Connection connection = Database.openToRead(file);
                Statement statement = connection.createStatement()) {
            try (ResultSet findings = statement.executeQuery("PRAGMA integrity_check")) {
                while (findings.next()) {
                    note(findings.getString(1));
                }
            }
            for (Table<?> each : Table.ALL) {
                inspect(each, statement);
            }
            for (Table<?> each : Table.OF_SESSIONS) {
                count(each, statement);
            }
        } catch (SQLException failure) {
            note(String.valueOf(failure.getMessage()));
        }
        return new StoreCheck(file, rows, orphans, damages);
    }

    private void inspect(Table<?> table, Statement statement) throws SQLException {
        try (ResultSet each = statement.executeQuery(table.select())) {
            while (each.next()) {
                try {
                    table.read(each, now);
                    rows++;
                } catch (DamagedRowException damage) {
                    note(String.valueOf(damage.getMessage()));
                }
            }
        }
    }

    private void count(Table<?> table, Statement statement) throws SQLException {
        try (ResultSet number = statement.executeQuery(
                "SELECT count(*) FROM " + table.name() + " WHERE session NOT IN (SELECT id FROM session)")) {
            orphans += number.getLong(1);
        }
    }

    private void note(String finding) {
        if (!finding.equals(SOUND)) {
            damages.add(finding);
        }
    }
}
