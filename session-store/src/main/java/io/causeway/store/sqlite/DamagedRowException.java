package io.causeway.store.sqlite;

import java.io.Serial;
import java.sql.SQLException;

/** A row holds what this store never writes there. */
final class DamagedRowException extends SQLException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String row;

    /** @param row which one, in words */
    DamagedRowException(String row, IllegalArgumentException cause) {
        super(row + ": " + cause.getMessage(), cause);
        this.row = row;
    }

    String row() {
        return row;
    }
}
