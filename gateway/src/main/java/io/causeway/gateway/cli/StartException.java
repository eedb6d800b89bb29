package io.causeway.gateway.cli;

import io.causeway.gateway.config.HostPort;
import java.io.IOException;
import java.nio.file.Path;

/** The gateway cannot be started. The message is for the operator: what failed, why, and which setting to change. */
public final class StartException extends Exception {

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * An address that cannot be bound.
     *
     * @param key the setting that asks for it, like {@code links[0].bind}
     */
    public static StartException cannotBind(Protocol protocol, HostPort address, String key, IOException cause) {
        return cannotBind(protocol, address, key, cause, new PortHolder(Path.of("/proc")));
    }

    static StartException cannotBind(
            Protocol protocol, HostPort address, String key, IOException cause, PortHolder holders) {
        String holder = holders.find(protocol, address.port())
                .map(process -> ", its port is held by " + process)
                .orElse("");
        return new StartException(
                "cannot bind " + protocol + " " + address + ": " + cause.getMessage() + holder + "; change " + key,
                cause);
    }
}
