package io.causeway.simulator.network;

import io.netty.buffer.ByteBuf;

/** One address of a sensor. Owned by the thread of the run. */
public interface SensorSocket {
    /**
     * Sends to the gateway; what is not taken is told to the receiver.
     *
     * @param datagram borrowed for the call
     */
    void send(ByteBuf datagram);

    /** From now on what the gateway sends to this address goes nowhere. */
    void close();
}
