package io.causeway.radio.udp;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as operators write them: IPv6 shortened (RFC 5952), link-local ones with the name of their interface. */
final class AddressText {
    private AddressText() {}

    static String of(InetAddress address, String interfaceName) {
        String text = NetUtil.toAddressString(address);
        return address.isLinkLocalAddress() && address instanceof Inet6Address ? text + "%" + interfaceName : text;
    }

    static String of(InetSocketAddress address, String interfaceName) {
        String host = of(address.getAddress(), interfaceName);
        return address.getAddress() instanceof Inet6Address
                ? "[" + host + "]:" + address.getPort()
                : host + ":" + address.getPort();
    }
}
