package io.causeway.radio.udp;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * An address of this machine.
 *
 * @param address    with its scope, if it is an IPv6 link-local one
 * @param prefixBits how many leading bits it shares with its neighbours on the link
 * @param link       the interface that has it, or {@link NetworkLink#NONE} if none shows it
 */
record LocalAddress(InetAddress address, int prefixBits, NetworkLink link) {

    static LocalAddress withoutLink(InetAddress address) {
        return new LocalAddress(address, address.getAddress().length * Byte.SIZE, NetworkLink.NONE);
    }

    /** From {@link #text}, also where this machine has no such address now; nothing if the text is none. */
    static Optional<LocalAddress> parse(String text) {
        int percent = text.indexOf('%');
        String host = percent < 0 ? text : text.substring(0, percent);
        String interfaceName = percent < 0 ? "" : text.substring(percent + 1);
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        if (address == null) {
            return Optional.empty();
        }
        LocalAddress local = withoutLink(address);
        return Optional.of(new LocalAddress(address, local.prefixBits, new NetworkLink(interfaceName, 0, false)));
    }

    /** Distinguishes addresses as the system does: link-local ones with the same octets differ by interface. */
    String text() {
        return AddressText.of(address, link.name());
    }

    /** Whether a socket opened for this address serves that one, found later. */
    boolean isStill(LocalAddress later) {
        return text().equals(later.text()) && link.index() == later.link.index();
    }

    /** Whether a configured address is this one; a link-local one may be configured without its scope. */
    boolean isMeantBy(InetAddress configured) {
        boolean scopeFits = !(configured instanceof Inet6Address wanted && address instanceof Inet6Address own)
                || wanted.getScopeId() == 0
                || wanted.getScopeId() == own.getScopeId();
        return scopeFits && address.equals(configured);
    }

    /** Whether link-local is spoken to link-local, and global to global. */
    boolean isInScopeOf(InetAddress peer) {
        return address.isLinkLocalAddress() == (peer.isLinkLocalAddress() || peer.isMCLinkLocal());
    }

    /** Whether a peer with this address would be on the link that this address belongs to. */
    boolean isNeighbourOf(InetAddress peer) {
        byte[] ours = address.getAddress();
        byte[] theirs = peer.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int wholeOctets = prefixBits / Byte.SIZE;
        if (!Arrays.equals(ours, 0, wholeOctets, theirs, 0, wholeOctets)) {
            return false;
        }
        int restBits = prefixBits % Byte.SIZE;
        return restBits == 0 || ((ours[wholeOctets] ^ theirs[wholeOctets]) & 0xff) >>> (Byte.SIZE - restBits) == 0;
    }
}
