package io.causeway.store;

import java.io.Serial;

/** What is kept cannot be read as a whole; the message says where it is, why, and what helps. */
public final class StoreUnreadableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public StoreUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
