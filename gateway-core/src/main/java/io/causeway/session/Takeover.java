package io.causeway.session;

/** Ends the session that a client of another protocol has with the same client id, on the same loop. */
@FunctionalInterface
public interface Takeover {
    /** Where there is no other protocol. */
    Takeover NONE = (clientId, nowNanos) -> false;

    /** False if there was none; else the store has been told, and is told of whatever comes in its place after that. */
    boolean yieldTo(String clientId, long nowNanos);
}
