package io.causeway.simulator.verify;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT broker behind the gateway.
 *
 * @param uri      mqtt, mqtts, ws or wss, with a host, and without user and password
 * @param user     empty: none
 * @param password of the user
 * @param caFile   PEM file with the certificate authorities to trust with mqtts and wss; null: those of Java
 */
public record BrokerTarget(
        URI uri, String user, String password, @Nullable Path caFile) {
    private static final Map<String, Integer> PORTS = Map.of("mqtt", 1883, "mqtts", 8883, "ws", 80, "wss", 443);

    /** @throws IllegalArgumentException if the URI does not name a broker; the message says what is allowed */
    public BrokerTarget {
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("user and password do not belong into the address of the broker");
        }
        if (uri.getScheme() == null || !PORTS.containsKey(uri.getScheme())) {
            throw new IllegalArgumentException("'" + uri + "' is no broker: mqtt, mqtts, ws or wss is expected");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("there is no host in '" + uri + "'");
        }
    }

    /** A name or an address, IPv6 without brackets. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** That of the scheme, if none is named. */
    int port() {
        return uri.getPort() < 0 ? PORTS.get(uri.getScheme()) : uri.getPort();
    }

    /** Whether the connection is encrypted. */
    boolean isSecure() {
        return uri.getScheme().equals("mqtts") || uri.getScheme().equals("wss");
    }

    boolean isWebSocket() {
        return uri.getScheme().equals("ws") || uri.getScheme().equals("wss");
    }

    /** As a person names it: without what is secret. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
