package io.causeway.gateway.cli;

import io.causeway.gateway.config.GatewayConfig;

/** Opens a gateway. */
@FunctionalInterface
public interface GatewayStarter {

    /**
     * Returns when every endpoint is open; a broker need not be connected by then.
     *
     * @throws StartException if something cannot be opened; nothing is left open then
     */
    RunningGateway start(GatewayConfig config) throws StartException;
}
