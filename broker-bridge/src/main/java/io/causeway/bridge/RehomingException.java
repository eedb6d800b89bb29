package io.causeway.bridge;

import java.io.Serial;

/** What waits for connections that are no more cannot be given to others; the message says what is in the way. */
public final class RehomingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RehomingException(String message) {
        super(message);
    }
}
