package io.causeway.routing;

/** Takes deliveries for the subscribers that it owns. Called from any thread. */
@FunctionalInterface
public interface DeliveryTarget {
    /** Queues the delivery for its recipients on the owner's thread, then confirms it. */
    void deliver(Delivery delivery);

    /** Whether so much waits for the owner that messages at QoS 0 had better be dropped. */
    default boolean isOverloaded() {
        return false;
    }
}
