package io.causeway.gateway.config;

import io.causeway.settings.HostPort;

/** The HTTP endpoint for metrics and health: {@code admin}. */
public sealed interface AdminConfig {
    /** On loopback only: there is neither TLS nor a password. */
    AdminConfig DEFAULT = new Listening(new HostPort("127.0.0.1", 9883));

    /** {@code none}: there is no such endpoint. */
    record Disabled() implements AdminConfig {}

    /**
     * The endpoint is open.
     *
     * @param listen the address and TCP port to listen on
     */
    record Listening(HostPort listen) implements AdminConfig {}
}
