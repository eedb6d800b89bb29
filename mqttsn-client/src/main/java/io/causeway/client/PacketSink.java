package io.causeway.client;

import io.causeway.codec.v12.Packet;

/** Where the parts of a session send: on to the port, with the keep-alive looking on. */
@FunctionalInterface
interface PacketSink {
    void send(Packet packet, long nowNanos);
}
