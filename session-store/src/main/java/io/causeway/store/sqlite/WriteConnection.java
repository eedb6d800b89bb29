package io.causeway.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongSupplier;

/**
 * What the writer writes by; when the disk has failed, another one takes its place. A transaction is open between commits
 * too, so that nobody else can write to the file, not even a gateway that found no lock file. Owned by the writer.
 */
final class WriteConnection implements AutoCloseable {
    private final OpenedFile file;
    private final Connection connection;
    private final Statement statement;
    private final GroupStatements statements;
    private boolean inTransaction;

    private WriteConnection(OpenedFile file, Connection connection, LongSupplier nextPlace) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.statement = connection.createStatement();
        this.statements = new GroupStatements(connection, nextPlace);
    }

    /**
     * @param nextPlace see {@link GroupStatements}
     * @throws SQLException if it cannot be opened, or another file has taken its place
     */
    static WriteConnection open(OpenedFile file, Tuning tuning, LongSupplier nextPlace) throws SQLException {
        file.requireInPlace();
        Connection connection = Database.openToWrite(file.path(), tuning);
        try {
            return new WriteConnection(file, connection, nextPlace);
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    Connection connection() {
        return connection;
    }

    Statement statement() {
        return statement;
    }

    GroupStatements statements() {
        return statements;
    }

    /** Keeps all others from writing. */
    void begin() throws SQLException {
        file.requireInPlace();
        if (!inTransaction) {
            statement.execute("BEGIN IMMEDIATE");
            inTransaction = true;
        }
    }

    /** When it returns, all since the beginning is where the next process finds it. */
    void commit() throws SQLException {
        if (inTransaction) {
            statement.execute("COMMIT");
            inTransaction = false;
        }
        file.requireInPlace();
    }

    /** What was not committed is undone. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
