package io.causeway.simulator.verify;

import io.netty.buffer.ByteBuf;

/** Hears what has arrived at the broker; called within {@link Verifier#drain}. */
public interface ArrivalListener {
    /**
     * A message, of whatever publisher.
     *
     * @param payload       borrowed for the call
     * @param isRedelivery  whether the broker says that it may have delivered it before: it is marked as a duplicate or as
     *     retained. A second copy is then the broker's own, and no fault of the gateway
     * @param receivedNanos when it was received, {@link System#nanoTime()}
     */
    void onArrived(String topic, ByteBuf payload, boolean isRedelivery, long receivedNanos);
}
