package io.causeway.session;

/**
 * Where a client is, as far as the session needs to know: an opaque value with {@code equals} and {@code hashCode}
 * that names one peer on one link, behind its forwarder if there is one. {@code toString} is what logs show.
 */
public interface NetworkIdentity {
    /** What connection attempts are counted by: usually the host, without its port. */
    Object admissionKey();

    /** Largest MQTT-SN packet that can be sent there, in octets, envelopes already taken off. */
    int largestPacketOctets();

    /** As text from which this gateway finds it again after a restart; empty if it cannot. */
    default String storedForm() {
        return "";
    }
}
