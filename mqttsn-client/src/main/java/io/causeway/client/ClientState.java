package io.causeway.client;

/** Where a client stands towards its gateway (1.2 §6.14, figure 4, from the client's side). */
public enum ClientState {
    /** Never connected, disconnected in order, or lost. */
    DISCONNECTED,
    /** CONNECT is out, or the will is being asked for. */
    CONNECTING,
    ACTIVE,
    /** No new request is taken; those that are out are awaited, then DISCONNECT is. */
    DISCONNECTING,
    /** As {@link #DISCONNECTING}, but with a duration. */
    FALLING_ASLEEP,
    ASLEEP,
    /** PINGREQ with the client id is out: the gateway delivers what it has kept. */
    AWAKE
}
