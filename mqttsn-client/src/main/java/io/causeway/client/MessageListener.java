package io.causeway.client;

/** Takes the messages that the gateway delivers. Called on the client's loop, so it must not block. */
@FunctionalInterface
public interface MessageListener {
    /** At QoS 1 and 2 the message is acknowledged when this returns, also if it throws. */
    void onMessage(IncomingMessage message);
}
