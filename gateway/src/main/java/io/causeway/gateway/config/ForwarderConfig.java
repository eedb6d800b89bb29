package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import io.causeway.settings.HostPort;
import java.util.List;
import java.util.Objects;

/**
 * All settings of a forwarder; each component is the key of the same name in the file.
 *
 * @param links       the ways on which devices reach it, 1 to 63; their order is part of what the gateway knows devices by
 * @param gateway     where the gateway is
 * @param gatewayPort UDP port of this machine that the gateway sees as sender, 0 to 65535; 0 lets the system choose, and
 *                    then the gateway takes a restarted forwarder for another one
 * @param admin       the endpoint for metrics and health
 * @param logLevel    what is logged
 */
public record ForwarderConfig(
        List<LinkConfig> links, ForwardTo gateway, int gatewayPort, AdminConfig admin, LogLevel logLevel) {
    public static final int USUAL_GATEWAY_PORT = 1885;

    /** On loopback only, and not where a gateway on the same machine has its own. */
    public static final AdminConfig USUAL_ADMIN = new AdminConfig.Listening(new HostPort("127.0.0.1", 9884));

    static final Bounds<Integer> GATEWAY_PORT = new Bounds<>(0, 65_535);

    private static final int MAX_LINKS = 63;

    /** @throws IllegalArgumentException if a value is out of bounds */
    public ForwarderConfig {
        links = List.copyOf(links);
        if (links.isEmpty() || links.size() > MAX_LINKS) {
            throw new IllegalArgumentException(links.size() + " links, where 1 to " + MAX_LINKS + " are possible");
        }
        Objects.requireNonNull(gateway);
        GATEWAY_PORT.require("gateway-port", gatewayPort);
        Objects.requireNonNull(admin);
        Objects.requireNonNull(logLevel);
    }
}
