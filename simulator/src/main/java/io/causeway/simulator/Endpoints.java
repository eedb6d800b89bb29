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
     * @throws IllegalArgumentException if it is of another scheme, or names no host
     */
    static InetSocketAddress address(URI uri, String scheme, int defaultPort) {
        if (!scheme.equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("expected " + scheme + "://HOST[:PORT] instead of " + uri);
        }
        return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? defaultPort : uri.getPort());
    }
}
