package io.causeway.bridge;

import java.net.URI;
import java.util.Locale;

/**
 * Where a broker listens.
 *
 * @param scheme how to talk to it
 * @param host   name or address, an IPv6 one without brackets
 * @param port   1 to 65,535
 * @param path   of the WebSocket, with its query; not used otherwise
 */
record BrokerAddress(Scheme scheme, String host, int port, String path) {
    private static final String DEFAULT_PATH = "/mqtt";
    private static final int LARGEST_PORT = 65_535;

    enum Scheme {
        MQTT(1883, false, false),
        MQTTS(8883, true, false),
        WS(80, false, true),
        WSS(443, true, true);

        private final int defaultPort;
        private final boolean secure;
        private final boolean webSocket;

        Scheme(int defaultPort, boolean secure, boolean webSocket) {
            this.defaultPort = defaultPort;
            this.secure = secure;
            this.webSocket = webSocket;
        }

        boolean isSecure() {
            return secure;
        }

        boolean isWebSocket() {
            return webSocket;
        }
    }

    /** @throws IllegalArgumentException if the URI does not name a broker; the message says what is allowed */
    static BrokerAddress of(URI uri) {
        Scheme scheme = schemeOf(uri);
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException("no host in " + uri);
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "user and password do not belong into " + scheme.name().toLowerCase(Locale.ROOT) + "://" + host);
        }
        int port = uri.getPort() == -1 ? scheme.defaultPort : uri.getPort();
        if (port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("port " + port + " in " + uri + " is not 1 to 65535");
        }
        boolean bracketed = host.startsWith("[");
        return new BrokerAddress(
                scheme, bracketed ? host.substring(1, host.length() - 1) : host, port, pathOf(uri, scheme));
    }

    private static Scheme schemeOf(URI uri) {
        String name = uri.getScheme() == null ? "" : uri.getScheme();
        for (Scheme scheme : Scheme.values()) {
            if (scheme.name().equalsIgnoreCase(name)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("scheme of " + uri + " is not mqtt, mqtts, ws or wss");
    }

    private static String pathOf(URI uri, Scheme scheme) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (!scheme.isWebSocket()) {
            if (path.length() > 1) {
                throw new IllegalArgumentException("a path in " + uri + ", which only ws and wss have");
            }
            return "";
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return (path.isEmpty() ? DEFAULT_PATH : path) + query;
    }

    String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** As a log names it: without the path, which may hold a token. */
    @Override
    public String toString() {
        return scheme.name().toLowerCase(Locale.ROOT) + "://" + hostAndPort();
    }
}
