package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.ReturnCode;

/** What a {@link ClientSession} does to the world. Called within a call to the session, which it may call in turn. */
public interface ClientPort {
    /** Sends one packet to the gateway; it may get lost. */
    void send(Packet packet);

    /** The packet that follows is sent again, because no answer has come (1.2 §6.13). For those who count. */
    default void onRepetition(Packet packet) {}

    /** A message has arrived. It counts as delivered when this returns. */
    void onMessage(IncomingMessage message);

    /**
     * The gateway rejected a PUBLISH of QoS 0, which has been replied to as sent long since (1.2 §6.6). After congestion,
     * nothing should be published for some minutes.
     */
    void onRejection(ReturnCode returnCode);

    /** The connection is gone. What was under way has been told so already. */
    void onConnectionLost(LossCause cause);
}
