package io.causeway.simulator.network;

import java.io.IOException;
import java.util.function.LongSupplier;

/** Opens what carries the datagrams of a run. */
@FunctionalInterface
public interface MediumSource {
    /**
     * Opens it for the thread that calls.
     *
     * @param clock {@link System#nanoTime()}
     * @param loop  is run by {@link Medium#receive}, so that its other sockets hear too
     * @throws IOException if that cannot be done, with words for the user
     */
    Medium open(LongSupplier clock, SocketLoop loop) throws IOException;
}
