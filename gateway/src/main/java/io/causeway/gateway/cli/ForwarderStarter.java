package io.causeway.gateway.cli;

import io.causeway.gateway.config.ForwarderConfig;

/** Opens a forwarder. */
@FunctionalInterface
public interface ForwarderStarter {

    /**
     * Returns when every endpoint is open; a gateway need not be known by then.
     *
     * @throws StartException if something cannot be opened; nothing is left open then
     */
    RunningForwarder start(ForwarderConfig config) throws StartException;
}
