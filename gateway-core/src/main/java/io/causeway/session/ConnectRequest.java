package io.causeway.session;

import java.time.Duration;

/**
 * A client's wish to be connected, its handshake done.
 *
 * @param clientId   the session's key
 * @param cleanStart drop what is stored, and keep nothing beyond the connection
 * @param keepAlive  zero: not supervised
 * @param willChange what happens to the stored will
 */
public record ConnectRequest(String clientId, boolean cleanStart, Duration keepAlive, WillChange willChange) {

    /** The client spoke of a will, if only to have none. */
    boolean changesWill() {
        return !(willChange instanceof WillChange.Keep);
    }

    /** What a connection does to the will that is stored (1.2 §6.3). */
    public sealed interface WillChange {
        /** No will was spoken of: it stays as it is. */
        record Keep() implements WillChange {}

        /** An empty will topic was sent. */
        record Delete() implements WillChange {}

        /** A new will takes the place of the stored one. */
        record Replace(WillData will) implements WillChange {}
    }
}
