package io.causeway.gateway.config;

import io.causeway.settings.HostPort;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The address of an MQTT broker: {@code mqtt://host[:port]}, {@code mqtts://…}, {@code ws://host[:port][/path]} or
 * {@code wss://…}.
 *
 * @param scheme how the broker is reached
 * @param address host and port, the scheme's usual port if none was given; never port 0
 * @param path of the WebSocket, with its leading slash; empty for the usual one, {@code /mqtt}, and for plain MQTT
 */
public record BrokerUri(Scheme scheme, HostPort address, String path) {

    /** Plain or WebSocket, each with and without TLS. */
    public enum Scheme {
        MQTT(1883, false, false),
        MQTTS(8883, true, false),
        WS(80, false, true),
        WSS(443, true, true);

        private final int usualPort;
        private final boolean tls;
        private final boolean webSocket;

        Scheme(int usualPort, boolean tls, boolean webSocket) {
            this.usualPort = usualPort;
            this.tls = tls;
            this.webSocket = webSocket;
        }

        /** @throws IllegalArgumentException if the text does not begin with the word of one and {@code ://} */
        static Scheme of(String text) {
            return Arrays.stream(values())
                    .filter(known -> text.startsWith(known.word() + "://"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' does not begin with " + schemes()));
        }

        private static String schemes() {
            return Arrays.stream(values()).map(known -> known.word() + "://").collect(Collectors.joining(", "));
        }

        public boolean usesTls() {
            return tls;
        }

        public boolean usesWebSocket() {
            return webSocket;
        }

        /** The word before {@code ://}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if the port is 0, or a path stands where there is no WebSocket */
    public BrokerUri {
        Objects.requireNonNull(scheme);
        if (address.port() == 0) {
            throw new IllegalArgumentException("port 0 cannot be connected to");
        }
        if (!path.isEmpty() && (!scheme.webSocket || !path.startsWith("/"))) {
            throw new IllegalArgumentException("'" + path + "' is no path of a WebSocket");
        }
    }

    /** @throws IllegalArgumentException with the reason, if the text has none of the forms above */
    public static BrokerUri parse(String text) {
        int end = text.indexOf("://");
        Scheme scheme = Scheme.of(text);
        String rest = text.substring(end + "://".length());
        if (rest.contains("@")) {
            throw new IllegalArgumentException("user and password do not belong into the address");
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        return new BrokerUri(scheme, addressOf(authority, scheme), scheme.webSocket || !path.equals("/") ? path : "");
    }

    private static HostPort addressOf(String authority, Scheme scheme) {
        boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        return hasPort ? HostPort.parse(authority) : new HostPort(HostPort.parseHost(authority), scheme.usualPort);
    }

    /** Whether the connection is protected by TLS. */
    public boolean usesTls() {
        return scheme.tls;
    }

    @Override
    public String toString() {
        return scheme.word() + "://" + address + path;
    }
}
