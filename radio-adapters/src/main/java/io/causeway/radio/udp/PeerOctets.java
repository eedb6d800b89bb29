package io.causeway.radio.udp;

import io.causeway.radio.LinkAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A peer and the address of ours that it talks to, as octets.
 *
 * <pre>
 * Local(4)  Peer(4)  PeerPort(2)
 * Local(16) Peer(16) PeerPort(2) Interface(n, ISO 8859-1; only if Local is link-local)
 * </pre>
 *
 * @param local  of this machine, of the same IP version as the peer
 * @param remote the peer's address and port
 */
record PeerOctets(LocalAddress local, InetSocketAddress remote) {
    private static final int IPV4_OCTETS = 4;
    private static final int IPV6_OCTETS = 16;

    byte[] write() {
        byte[] ours = local.address().getAddress();
        byte[] theirs = remote.getAddress().getAddress();
        byte[] scope = isScoped(local.address()) ? local.link().name().getBytes(ISO_8859_1) : new byte[0];
        return ByteBuffer.allocate(ours.length + theirs.length + Short.BYTES + scope.length)
                .put(ours)
                .put(theirs)
                .putShort((short) remote.getPort())
                .put(scope)
                .array();
    }

    /** Nothing if these octets stand for no peer that can be sent to. */
    static Optional<PeerOctets> read(byte[] octets) {
        if (octets.length == 2 * IPV4_OCTETS + Short.BYTES) {
            return read(ByteBuffer.wrap(octets), IPV4_OCTETS);
        }
        boolean isIpv6 = octets.length >= 2 * IPV6_OCTETS + Short.BYTES && octets.length <= LinkAddress.MAX_OCTETS;
        return isIpv6 ? read(ByteBuffer.wrap(octets), IPV6_OCTETS) : Optional.empty();
    }

    private static Optional<PeerOctets> read(ByteBuffer in, int addressOctets) {
        InetAddress ours = address(in, addressOctets);
        InetAddress theirs = address(in, addressOctets);
        int port = Short.toUnsignedInt(in.getShort());
        String scope = ISO_8859_1.decode(in).toString();
        boolean isPeer = port != 0 && !theirs.isAnyLocalAddress() && !theirs.isMulticastAddress();
        boolean isWhole = ours.getClass() == theirs.getClass() && isScoped(ours) != scope.isEmpty();
        return isPeer && isWhole
                ? Optional.of(new PeerOctets(
                        new LocalAddress(ours, addressOctets * Byte.SIZE, new NetworkLink(scope, 0, false)),
                        new InetSocketAddress(theirs, port)))
                : Optional.empty();
    }

    /** The peer as seen through the endpoint that has the local address; its link is the scope of a link-local peer. */
    UdpAddress at(UdpEndpoint endpoint) {
        if (!isScoped(remote.getAddress())) {
            return new UdpAddress(endpoint, remote);
        }
        int scope = endpoint.local().link().index();
        return new UdpAddress(
                endpoint, new InetSocketAddress(scoped(remote.getAddress().getAddress(), scope), remote.getPort()));
    }

    private static boolean isScoped(InetAddress address) {
        return address instanceof Inet6Address && address.isLinkLocalAddress();
    }

    private static InetAddress address(ByteBuffer in, int octets) {
        byte[] address = new byte[octets];
        in.get(address);
        try {
            return octets == IPV4_OCTETS ? Inet4Address.getByAddress(address) : scoped(address, 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address of " + octets + " octets", e);
        }
    }

    private static InetAddress scoped(byte[] address, int scope) {
        try {
            return Inet6Address.getByAddress("", address, scope);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an IPv6 address of " + address.length + " octets", e);
        }
    }
}
