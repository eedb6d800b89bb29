package io.causeway.client;

import io.causeway.codec.v12.ReturnCode;
import java.net.InetSocketAddress;

/** Is told what happens to a connection unasked. Called on the client's loop, so it must not block. */
public interface ConnectionListener {
    /** For those who do not care. */
    ConnectionListener IGNORE = cause -> {};

    /**
     * The connection is gone; what was under way has failed, unless it is carried over. Connecting again is up to the
     * application, unless the client was opened with a {@link Reconnection}.
     */
    void onLost(LossCause cause);

    /**
     * A client that had lost its connection has connected again by itself. If its session is a clean one, or the gateway
     * another, this is the time to subscribe.
     *
     * @param gateway the one it is connected to now
     */
    default void onReconnected(InetSocketAddress gateway) {}

    /**
     * The gateway rejected a PUBLISH of QoS 0 that had been sent long since. After congestion the application should
     * publish nothing for some minutes (1.2 §6.6, §7.2).
     */
    default void onRejection(ReturnCode returnCode) {}
}
