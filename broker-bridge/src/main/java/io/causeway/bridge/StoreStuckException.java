package io.causeway.bridge;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/** What a packet relies on did not become durable in time, so the packet cannot leave, nor any behind it. */
final class StoreStuckException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    StoreStuckException(Duration waited) {
        super("the store has not kept for " + waited.toMillis() + " ms what must be kept before more is sent");
    }
}
