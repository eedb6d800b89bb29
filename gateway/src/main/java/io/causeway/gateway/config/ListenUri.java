package io.causeway.gateway.config;

import io.causeway.settings.HostPort;
import io.netty.util.NetUtil;
import java.util.Objects;

/**
 * Where the integrated broker listens: {@code host:port}, {@code mqtt://host:port}, {@code mqtts://…},
 * {@code ws://host:port[/path]} or {@code wss://…}.
 *
 * @param scheme  what is spoken there
 * @param address to bind; port 0 lets the system choose
 * @param path    of the WebSocket, {@code /mqtt} if none was given; empty for plain MQTT
 */
public record ListenUri(BrokerUri.Scheme scheme, HostPort address, String path) {
    private static final String USUAL_PATH = "/mqtt";

    /** @throws IllegalArgumentException if there is a path without a WebSocket, or none with one */
    public ListenUri {
        Objects.requireNonNull(address);
        boolean pathFits = scheme.usesWebSocket() ? path.startsWith("/") : path.isEmpty();
        if (!pathFits) {
            throw new IllegalArgumentException("'" + path + "' is no path for " + scheme.word());
        }
    }

    /** @throws IllegalArgumentException with the reason, if the text has none of the forms above */
    public static ListenUri parse(String text) {
        if (!text.contains("://")) {
            return new ListenUri(BrokerUri.Scheme.MQTT, HostPort.parse(text), "");
        }
        BrokerUri.Scheme scheme = BrokerUri.Scheme.of(text);
        String rest = text.substring(text.indexOf("://") + "://".length());
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash);
        HostPort address = HostPort.parse(slash < 0 ? rest : rest.substring(0, slash));
        if (scheme.usesWebSocket()) {
            return new ListenUri(scheme, address, path.length() > 1 ? path : USUAL_PATH);
        }
        return new ListenUri(scheme, address, path.equals("/") ? "" : path);
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return isLoopback(address.host());
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || (NetUtil.isValidIpV4Address(host) && host.startsWith("127."));
    }

    /** Whether who connects to this address on this machine comes here. */
    boolean isReachedBy(HostPort other) {
        boolean everywhere = address.host().equals("0.0.0.0") || address.host().equals("::");
        boolean same = other.host().equals(address.host())
                || (isLoopback(other.host()) && (everywhere || isLoopback(address.host())));
        return address.port() == other.port() && same;
    }

    @Override
    public String toString() {
        return scheme.word() + "://" + address + path;
    }
}
