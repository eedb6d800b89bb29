package io.causeway.harness;

import io.causeway.session.NetworkIdentity;
import java.util.Optional;

/**
 * An address on the test's network.
 *
 * @param host what admission counts by
 * @param port tells the peers of one host apart
 */
public record TestAddress(String host, int port, int largestPacketOctets) implements NetworkIdentity {
    private static final int UDP_OCTETS = 65_507;

    public TestAddress(String host, int port) {
        this(host, port, UDP_OCTETS);
    }

    static Optional<TestAddress> find(String storedForm) {
        int colon = storedForm.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new TestAddress(
                        storedForm.substring(0, colon), Integer.parseInt(storedForm.substring(colon + 1))));
    }

    @Override
    public String storedForm() {
        return toString();
    }

    @Override
    public Object admissionKey() {
        return host;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
