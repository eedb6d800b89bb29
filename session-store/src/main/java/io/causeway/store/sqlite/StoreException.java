package io.causeway.store.sqlite;

import java.io.Serial;

/** The store cannot be used; the message says which file, why, and what helps. */
public final class StoreException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
