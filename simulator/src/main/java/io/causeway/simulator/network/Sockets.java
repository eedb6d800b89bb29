package io.causeway.simulator.network;

import java.io.IOException;

/** Where sensors get their addresses from. Owned by the thread of the run. */
public interface Sockets {
    /**
     * Opens one towards the gateway, with an address that no other has.
     *
     * @throws IOException if there is none left
     */
    SensorSocket open(DatagramReceiver receiver) throws IOException;
}
