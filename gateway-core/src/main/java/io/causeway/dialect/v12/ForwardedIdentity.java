package io.causeway.dialect.v12;

import io.causeway.codec.Octets;
import io.causeway.session.NetworkIdentity;

/**
 * A client behind a forwarder (1.2 §5.5): the node id tells it from the others there.
 *
 * @param forwarder where the forwarder is
 * @param nodeId    returned to it unchanged
 */
public record ForwardedIdentity(NetworkIdentity forwarder, Octets nodeId) implements NetworkIdentity {
    /** Length, MsgType and Ctrl of the envelope. */
    private static final int ENVELOPE_OCTETS = 3;

    @Override
    public Object admissionKey() {
        return forwarder.admissionKey();
    }

    @Override
    public int largestPacketOctets() {
        return forwarder.largestPacketOctets() - ENVELOPE_OCTETS - nodeId.length();
    }

    @Override
    public String toString() {
        return forwarder + "/" + nodeId.toHex();
    }
}
