package io.causeway.dialect.v12;

import io.causeway.codec.Octets;
import io.causeway.session.NetworkIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A client behind a forwarder (1.2 §5.5): the node id tells it from the others there.
 *
 * @param forwarder where the forwarder is
 * @param nodeId    returned to it unchanged
 */
public record ForwardedIdentity(NetworkIdentity forwarder, Octets nodeId) implements NetworkIdentity {
    /** Length, MsgType and Ctrl of the envelope. */
    private static final int ENVELOPE_OCTETS = 3;

    /** What the stored form begins with; no link's own does. */
    private static final String STORED = "behind/";

    /**
     * Finds an address again from its {@linkplain NetworkIdentity#storedForm() stored form}, whether it is behind a
     * forwarder or not.
     *
     * @param links finds one that is not
     */
    public static Optional<NetworkIdentity> find(
            String storedForm, Function<String, Optional<? extends NetworkIdentity>> links) {
        if (!storedForm.startsWith(STORED)) {
            return links.apply(storedForm).map(each -> each);
        }
        int end = storedForm.indexOf('/', STORED.length());
        if (end < 0) {
            return Optional.empty();
        }
        Octets nodeId = Octets.ofHex(storedForm.substring(STORED.length(), end));
        return links.apply(storedForm.substring(end + 1)).map(forwarder -> new ForwardedIdentity(forwarder, nodeId));
    }

    @Override
    public String storedForm() {
        String there = forwarder.storedForm();
        return there.isEmpty() ? "" : STORED + nodeId.toHex() + "/" + there;
    }

    @Override
    public Object admissionKey() {
        return forwarder.admissionKey();
    }

    @Override
    public int largestPacketOctets() {
        return forwarder.largestPacketOctets() - ENVELOPE_OCTETS - nodeId.length();
    }

    @Override
    public Duration retryInterval(Duration usual) {
        return forwarder.retryInterval(usual);
    }

    @Override
    public String toString() {
        return forwarder + "/" + nodeId.toHex();
    }
}
