package io.causeway.radio.udp;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses as operators write them: IPv6 shortened (RFC 5952), link-local ones with the name of their interface. */
final class AddressText {
    private AddressText() {}

    static String of(InetAddress address, String interfaceName) {
        String text = NetUtil.toAddressString(address);
        return address.isLinkLocalAddress() && address instanceof Inet6Address ? text + "%" + interfaceName : text;
    }

    /** What {@link #of(InetSocketAddress, String)} has written; nothing if it is no such text, or its interface is not there. */
    static Optional<InetSocketAddress> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String literal = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean valid = bracketed ? NetUtil.isValidIpV6Address(literal) : NetUtil.isValidIpV4Address(literal);
        if (!valid) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return Optional.of(new InetSocketAddress(InetAddress.getByName(literal), port));
        } catch (UnknownHostException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String of(InetSocketAddress address, String interfaceName) {
        String host = of(address.getAddress(), interfaceName);
        return address.getAddress() instanceof Inet6Address
                ? "[" + host + "]:" + address.getPort()
                : host + ":" + address.getPort();
    }
}
