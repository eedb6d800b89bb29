package io.causeway.simulator.network;

import io.netty.buffer.ByteBuf;

/** A sensor, as its socket sees it. Called on the thread of the run. */
public interface DatagramReceiver {
    /** @param datagram borrowed for the call */
    void onDatagram(ByteBuf datagram, long nowNanos);

    /**
     * The system did not take a datagram, or reports that nobody takes them.
     *
     * @param cause in the system's words
     */
    void onSocketTrouble(String cause);
}
