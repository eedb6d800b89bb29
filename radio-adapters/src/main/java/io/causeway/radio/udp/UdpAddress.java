package io.causeway.radio.udp;

import io.causeway.radio.LinkAddress;
import java.net.InetSocketAddress;

/** A peer's address and port, and the endpoint it talks to. */
record UdpAddress(UdpEndpoint endpoint, InetSocketAddress remote) implements LinkAddress {
    @Override
    public Object admissionKey() {
        return remote.getAddress();
    }

    @Override
    public String storedForm() {
        return endpoint.local().text() + ' ' + this;
    }

    @Override
    public byte[] octets() {
        return new PeerOctets(endpoint.local(), remote).write();
    }

    @Override
    public String toString() {
        return AddressText.of(remote, endpoint.local().link().name());
    }
}
