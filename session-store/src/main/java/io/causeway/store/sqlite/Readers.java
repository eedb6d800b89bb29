package io.causeway.store.sqlite;

import io.causeway.store.StoreUnreadableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Connections to read by, beside the writer: each is used by one thread at a time and then kept for the next. */
final class Readers implements AutoCloseable {
    private static final int IDLE = 4;

    private final OpenedFile file;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * Reads something.
     *
     * @param <T> that
     */
    @FunctionalInterface
    interface Reading<T> {
        T read(Connection connection) throws SQLException;
    }

    Readers(OpenedFile file) {
        this.file = file;
    }

    /** @throws StoreUnreadableException if it fails */
    <T> T read(Reading<T> reading) {
        try {
            Connection connection = borrow();
            boolean sound = false;
            try {
                T result = reading.read(connection);
                sound = true;
                return result;
            } finally {
                giveBack(connection, sound);
            }
        } catch (SQLException failure) {
            throw new StoreUnreadableException(Failure.inWords(file.path(), failure), failure);
        }
    }

    @Override
    public void close() throws SQLException {
        synchronized (this) {
            closed = true;
        }
        for (Connection each = poll(); each != null; each = poll()) {
            each.close();
        }
    }

    private Connection borrow() throws SQLException {
        Connection present = poll();
        return present == null ? open() : present;
    }

    /** Which file and which log it reads is settled with the first reading. */
    private Connection open() throws SQLException {
        file.requireInPlace();
        Connection connection = Database.openToRead(file.path());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA schema_version");
            file.requireInPlace();
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private void giveBack(Connection connection, boolean sound) throws SQLException {
        synchronized (this) {
            if (sound && !closed && idle.size() < IDLE) {
                idle.push(connection);
                return;
            }
        }
        connection.close();
    }

    private synchronized @Nullable Connection poll() {
        return idle.poll();
    }
}
