package io.causeway.settings;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * A host and a port as they stand in settings: {@code host:port}, {@code 192.0.2.1:port}, {@code [2001:db8::1]:port} or
 * {@code [fe80::1%eth0]:port}. Nothing is looked up before {@link #resolve()}.
 *
 * @param host a name or an address literal, an IPv6 one without its brackets
 * @param port 0 to 65535; 0 lets the system choose when it is bound
 */
public record HostPort(String host, int port) {
    private static final Bounds<Integer> PORTS = new Bounds<>(0, 65_535);

    /** @throws IllegalArgumentException if the host is neither a name nor an address, or the port is out of range */
    public HostPort {
        PORTS.require("port", port);
        if (host.contains(":") && !NetUtil.isValidIpV6Address(host)) {
            throw new IllegalArgumentException("'" + host + "' is no IPv6 address");
        }
        if (!host.contains(":") && !isName(host)) {
            throw new IllegalArgumentException("'" + host + "' is no host name or address");
        }
    }

    /** @throws IllegalArgumentException with the reason, if the text has none of the forms above */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            throw new IllegalArgumentException("'" + text + "' has no port");
        }
        return new HostPort(parseHost(text.substring(0, colon)), parsePort(text.substring(colon + 1)));
    }

    /** Whether the host is an IPv6 literal. */
    public boolean isIpv6() {
        return host.contains(":");
    }

    /** Whether the host is an IPv4 literal. */
    public boolean isIpv4() {
        return NetUtil.isValidIpV4Address(host);
    }

    /**
     * The address to bind or to send to. A name is looked up, which can block; a name that is not known gives an
     * unresolved address.
     */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (isIpv6() ? "[" + host + "]" : host) + ":" + port;
    }

    public static String parseHost(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String address = text.substring(1, text.length() - 1);
            if (!NetUtil.isValidIpV6Address(address)) {
                throw new IllegalArgumentException("'" + address + "' is no IPv6 address");
            }
            return address;
        }
        if (text.contains(":")) {
            throw new IllegalArgumentException("an IPv6 address needs brackets, like [::1]");
        }
        return text;
    }

    public static int parsePort(String text) {
        if (!text.matches("[0-9]{1,5}") || !PORTS.contain(Integer.valueOf(text))) {
            throw new IllegalArgumentException("'" + text + "' is no port, 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static boolean isName(String host) {
        return host.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
    }
}
