package io.causeway.gateway.cli;

import io.causeway.settings.HostPort;
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
     * A link that cannot be opened.
     *
     * @param key the setting to change, like {@code links[0].bind}
     * @param cause names the address and what is in the way
     */
    public static StartException cannotOpen(String key, IOException cause) {
        return new StartException(cause.getMessage() + "; change " + key, cause);
    }

    /**
     * A TCP address that cannot be listened on.
     *
     * @param key the setting to change, like {@code admin.listen}
     */
    public static StartException cannotListen(HostPort address, String key, IOException cause) {
        return cannotListen(address, key, cause, new PortHolder(Path.of("/proc")));
    }

    static StartException cannotListen(HostPort address, String key, IOException cause, PortHolder holders) {
        String holder = holders.find(address.port())
                .map(process -> ", held by " + process)
                .orElse("");
        return new StartException(
                "cannot listen on TCP " + address + ": " + cause.getMessage() + holder + "; change " + key, cause);
    }
}
