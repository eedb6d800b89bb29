package io.causeway.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the rows of a table that a statement finds, one after the other, and can look at the next one without
 * passing it. A row that cannot be decoded is left out.
 *
 * @param <T> what a row is
 */
final class Rows<T> implements AutoCloseable {
    private final Table<T> table;
    private final Moment now;
    private final DamagedRows damaged;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private @Nullable T next;

    /**
     * @param statement closed at the end
     * @param now       what the times in the rows are measured by
     */
    Rows(PreparedStatement statement, Table<T> table, Moment now, DamagedRows damaged) throws SQLException {
        this.table = table;
        this.now = now;
        this.damaged = damaged;
        this.statement = statement;
        this.rows = statement.executeQuery();
        advance();
    }

    /** Null after the last one. */
    @Nullable
    T peek() {
        return next;
    }

    /** Null after the last one. */
    @Nullable
    T next() throws SQLException {
        T passed = next;
        if (passed != null) {
            advance();
        }
        return passed;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    private void advance() throws SQLException {
        next = null;
        while (next == null && rows.next()) {
            try {
                next = table.read(rows, now);
            } catch (DamagedRowException damage) {
                damaged.add(damage);
            }
        }
    }
}
