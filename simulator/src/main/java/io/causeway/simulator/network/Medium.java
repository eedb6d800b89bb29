package io.causeway.simulator.network;

import java.io.IOException;

/** What carries the datagrams of a run: {@link Sockets}, and what makes them hear. Owned by the thread of the run. */
public interface Medium extends Sockets, AutoCloseable {
    /**
     * Hands over what has come, or comes within the time.
     *
     * @param mostNanos zero: does not wait
     * @throws IOException if nothing will ever come any more
     */
    void receive(long mostNanos) throws IOException;

    @Override
    void close() throws IOException;
}
