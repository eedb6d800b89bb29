package io.causeway.session;

/**
 * Is told of clients that come, go, sleep and wake, whatever protocol they speak. Called on the loop that owns the
 * client, so quick; safe for many threads, for there are many loops.
 */
@FunctionalInterface
public interface ClientEvents {
    /** Nobody wants to know. */
    ClientEvents NONE = event -> {};

    void on(ClientEvent event);
}
