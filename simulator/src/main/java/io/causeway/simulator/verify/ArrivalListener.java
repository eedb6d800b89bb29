package io.causeway.simulator.verify;

import io.causeway.simulator.payload.Stamp;

/** Hears what has arrived at the broker; called within {@link Verifier#drain}. */
public interface ArrivalListener {
    /**
     * A message with a stamp, of whatever run.
     *
     * @param isRedelivery  whether the broker says that it may have delivered it before: it is marked as a duplicate or as
     *     retained. A second copy is then the broker's own, and no fault of the gateway
     * @param receivedNanos when it was received, {@link System#nanoTime()}
     */
    void onArrived(Stamp stamp, boolean isRedelivery, long receivedNanos);

    /** A message without a stamp. */
    void onForeign();
}
