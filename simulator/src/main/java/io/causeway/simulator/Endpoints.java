package io.causeway.simulator;

import java.net.InetSocketAddress;
import java.net.URI;

/** Addresses as they stand on a command line. */
final class Endpoints {
    static final int MQTT_SN_PORT = 1883;

    private Endpoints() {}

    /**
     * Where a URI points to; the name is looked up.
     *
     * @throws IllegalArgumentException if it is of another scheme, names no host, or one that nobody knows
     */
    static InetSocketAddress address(URI uri, String scheme, int defaultPort) {
        if (!scheme.equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("expected " + scheme + "://HOST[:PORT] instead of " + uri);
        }
        InetSocketAddress address =
                new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? defaultPort : uri.getPort());
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unknown host: " + uri.getHost());
        }
        return address;
    }
}
