package io.causeway.broker.listen;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One address that clients connect to.
 *
 * @param bind          where; port 0: the system chooses one
 * @param tls           with the secured schemes, and only with them
 * @param webSocketPath that WebSocket clients ask for; counts with their schemes only
 */
public record ListenerSettings(
        ListenerScheme scheme,
        InetSocketAddress bind,
        @Nullable ListenerTls tls,
        String webSocketPath,
        ListenerLimits limits) {
    /** What clients ask for unless they are told otherwise. */
    public static final String DEFAULT_WEB_SOCKET_PATH = "/mqtt";

    /** @throws IllegalArgumentException if TLS is missing or out of place, or the path does not begin with a slash */
    public ListenerSettings {
        if (scheme.isSecured() != (tls != null)) {
            throw new IllegalArgumentException(scheme.text() + (tls == null ? " needs TLS" : " has no TLS"));
        }
        if (!webSocketPath.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with a slash: " + webSocketPath);
        }
    }

    /** With the usual path and limits. */
    public ListenerSettings(ListenerScheme scheme, InetSocketAddress bind, @Nullable ListenerTls tls) {
        this(scheme, bind, tls, DEFAULT_WEB_SOCKET_PATH, ListenerLimits.DEFAULTS);
    }

    public ListenerSettings withLimits(ListenerLimits newLimits) {
        return new ListenerSettings(scheme, bind, tls, webSocketPath, newLimits);
    }
}
