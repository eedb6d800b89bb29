package io.causeway.gateway.cli;

import io.causeway.gateway.config.GatewayConfig;
import java.time.Duration;
import java.util.List;

/** A gateway whose endpoints are open. Every method may be called from any thread. */
public interface RunningGateway {

    /** What is open, each in words for the operator, like {@code UDP 0.0.0.0:1883}. */
    List<String> endpoints();

    /** Takes over what can change while it runs: topics, allowed clients and trace. */
    void reload(GatewayConfig config);

    /** Whether devices can be served: messages can pass, or are kept until they can. */
    boolean ready();

    /**
     * Closes the endpoints, publishes no will, and hands on or keeps what is still under way. Returns when all of it is done or
     * the time is up.
     */
    void close(Duration drain);
}
