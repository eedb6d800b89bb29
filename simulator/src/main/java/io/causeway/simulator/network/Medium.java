package io.causeway.simulator.network;

import java.io.IOException;
import java.util.List;

/** What carries the datagrams of a run: {@link Sockets}, and what makes them hear. Owned by the thread of the run. */
public interface Medium extends Sockets, AutoCloseable {
    /** Whether sensors may begin: on a medium that a gateway has to open first, one has. */
    default boolean isReady() {
        return true;
    }

    /**
     * Hands over what has come, or comes within the time.
     *
     * @param mostNanos zero: does not wait
     * @throws IOException if nothing will ever come any more
     */
    void receive(long mostNanos) throws IOException;

    /** The rules of the medium itself that the gateway has broken so far, each in words. */
    default List<String> complaints() {
        return List.of();
    }

    @Override
    void close() throws IOException;
}
