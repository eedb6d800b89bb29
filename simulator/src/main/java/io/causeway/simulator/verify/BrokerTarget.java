package io.causeway.simulator.verify;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    /** Paho's words for ours. */
    private static final Map<String, String> SCHEMES = Map.of("mqtt", "tcp", "mqtts", "ssl", "ws", "ws", "wss", "wss");

    /** @throws IllegalArgumentException if the URI does not name a broker; the message says what is allowed */
    public BrokerTarget {
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("user and password do not belong into the address of the broker");
        }
        if (uri.getScheme() == null || !SCHEMES.containsKey(uri.getScheme())) {
            throw new IllegalArgumentException("'" + uri + "' is no broker: mqtt, mqtts, ws or wss is expected");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("there is no host in '" + uri + "'");
        }
    }

    /** Whether the connection is encrypted. */
    boolean isSecure() {
        return uri.getScheme().equals("mqtts") || uri.getScheme().equals("wss");
    }

    /** As Paho wants it. */
    String address() {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return SCHEMES.get(uri.getScheme()) + "://" + uri.getRawAuthority() + path + query;
    }

    /** As a person names it: without what is secret. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
