package io.causeway.session;

/**
 * How many clients of one shard are in which state, and what waits for them.
 *
 * @param queuedMessages in all clients' queues
 * @param willsWaiting   wills that the upstream has not taken yet
 */
public record Census(int active, int asleep, int awake, int disconnected, long queuedMessages, int willsWaiting) {
    public static final Census EMPTY = new Census(0, 0, 0, 0, 0, 0);

    /** All clients that have a session. */
    public int sessions() {
        return active + asleep + awake + disconnected;
    }

    public Census plus(Census other) {
        return new Census(
                active + other.active,
                asleep + other.asleep,
                awake + other.awake,
                disconnected + other.disconnected,
                queuedMessages + other.queuedMessages,
                willsWaiting + other.willsWaiting);
    }
}
