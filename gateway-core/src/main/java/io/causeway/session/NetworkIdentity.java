package io.causeway.session;

import java.time.Duration;

/**
 * Where a client is, as far as the session needs to know: an opaque value with {@code equals} and {@code hashCode}
 * that names one peer on one link, behind its forwarder if there is one. {@code toString} is what logs show.
 */
public interface NetworkIdentity {
    /** What connection attempts are counted by: usually the host, without its port. */
    Object admissionKey();

    /** Largest MQTT-SN packet that can be sent there, in octets, envelopes already taken off. */
    int largestPacketOctets();

    /**
     * T_retry towards the client (1.2 §7.2), as suits the medium: an answer that is only slow is not to be taken for lost.
     *
     * @param usual what the gateway's settings say
     * @return more than zero
     */
    default Duration retryInterval(Duration usual) {
        return usual;
    }

    /** As text from which this gateway finds it again after a restart; empty if it cannot. */
    default String storedForm() {
        return "";
    }
}
