package io.causeway.gateway.cli;

import java.util.List;

/** A forwarder whose endpoints are open. Every method may be called from any thread. */
public interface RunningForwarder extends AutoCloseable {

    /** What is open, each in words for the operator, like {@code UDP 0.0.0.0:1884}. */
    List<String> endpoints();

    /** Whether devices can be served: a gateway is known, and not known to be silent. */
    boolean ready();

    /** Closes the endpoints at once: nothing is under way in a forwarder. */
    @Override
    void close();
}
