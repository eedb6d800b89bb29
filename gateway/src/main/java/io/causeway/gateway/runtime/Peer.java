package io.causeway.gateway.runtime;

import io.causeway.radio.LinkAddress;
import io.causeway.session.NetworkIdentity;
import java.time.Duration;

/**
 * A client's address as the sessions know it: where it is on which link.
 *
 * @param link    compared by identity
 * @param address as the link knows it
 */
record Peer(Link link, LinkAddress address) implements NetworkIdentity {
    @Override
    public Object admissionKey() {
        return address.admissionKey();
    }

    @Override
    public int largestPacketOctets() {
        return link.transport().largestDatagramOctets(address);
    }

    @Override
    public Duration retryInterval(Duration usual) {
        return link.retryInterval(usual);
    }

    @Override
    public String storedForm() {
        return link.storedForm(address);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
