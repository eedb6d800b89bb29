package io.causeway.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Goes through rows of a table one after the other, and can look at the next one without passing it.
 *
 * @param <T> what a row is
 */
final class Rows<T> implements AutoCloseable {
    private final Table<T> table;
    private final Moment now;
    private final Statement statement;
    private final ResultSet rows;
    private @Nullable T next;

    /**
     * @param order what comes after {@code SELECT ... FROM table}
     * @param now   what the times in the rows are measured by
     */
    Rows(Connection connection, Table<T> table, String order, Moment now) throws SQLException {
        this.table = table;
        this.now = now;
        this.statement = connection.createStatement();
        this.rows = statement.executeQuery(table.select() + order);
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
        next = rows.next() ? table.read(rows, now) : null;
    }
}
