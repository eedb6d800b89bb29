package io.causeway.store.sqlite;

import java.io.Serial;

/** An open store cannot be read; the message says which file, why, and what helps. */
public final class StoreUnreadableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StoreUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
