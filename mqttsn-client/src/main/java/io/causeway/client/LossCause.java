package io.causeway.client;

/** Why a connection ended that nobody had asked to end. */
public enum LossCause {
    /** A request stayed without answer after all repetitions (1.2 §6.13). */
    NO_RESPONSE,
    /** The gateway sent DISCONNECT: it does not know this client, or not any more (1.2 §6.12). Or it refused the way back from a sleep. */
    GATEWAY_DISCONNECT,
    /** The client was closed here. */
    CLOSED
}
