package io.causeway.simulator.fleet;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.verify.ArrivalListener;
import java.util.Optional;

/** The broker behind the gateway, as the run sees it. Owned by the thread of the run. */
interface Broker {
    /** Hands over what has arrived since the last call. */
    void drain(ArrivalListener listener);

    /**
     * Sends a command.
     *
     * @param whenAccepted called when the broker has acknowledged it, not within this call
     * @return false if too many wait: it is not sent
     */
    boolean send(String topic, Octets payload, Qos qos, Runnable whenAccepted);

    /** Whether there are commands that it may still accept. */
    boolean isSending();

    /** Why it cannot be asked now; empty if it can. */
    Optional<String> trouble();

    /** Whether it tells, every ten seconds, what it has lost itself. */
    boolean tellsLosses();

    /** Why what is missing may be the broker's own fault; empty if it cannot be. */
    Optional<String> doubt();
}
