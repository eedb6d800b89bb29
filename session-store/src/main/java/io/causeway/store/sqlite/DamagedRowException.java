package io.causeway.store.sqlite;

import java.io.Serial;
import java.sql.SQLException;

/** A row holds what this store never writes there. */
final class DamagedRowException extends SQLException {
    @Serial
    private static final long serialVersionUID = 1L;

    DamagedRowException(String table, IllegalArgumentException cause) {
        super("table " + table + " holds a row with " + cause.getMessage(), cause);
    }
}
