package io.causeway.client;

import io.causeway.codec.v12.ReturnCode;

/** Is told what happens to a connection unasked. Called on the client's loop, so it must not block. */
public interface ConnectionListener {
    /** For those who do not care. */
    ConnectionListener IGNORE = cause -> {};

    /** The connection is gone; what was under way has failed. Connecting again is up to the application. */
    void onLost(LossCause cause);

    /**
     * The gateway rejected a PUBLISH of QoS 0 that had been sent long since. After congestion the application should
     * publish nothing for some minutes (1.2 §6.6, §7.2).
     */
    default void onRejection(ReturnCode returnCode) {}
}
