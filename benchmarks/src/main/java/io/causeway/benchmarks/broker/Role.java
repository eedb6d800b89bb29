package io.causeway.benchmarks.broker;

import io.netty.buffer.ByteBuf;

/** What a connected client of the load is there for. Called on the loop. */
interface Role {
    /** Says nothing and expects nothing. */
    Role IDLE = new Role() {};

    /**
     * @param payload       lent for the call; its reader index is at the payload, its writer index somewhere behind
     * @param receivedNanos when it was read from the socket
     */
    default void onMessage(ByteBuf payload, int payloadOctets, long receivedNanos) {}

    /** One more of the client's own messages is through its handshake: PUBACK or PUBCOMP. */
    default void onAcknowledged() {}

    /** The broker has ended the connection without being asked to. */
    default void onLost() {}
}
