package io.causeway.routing;

/**
 * Somebody with subscriptions: an MQTT-SN or MQTT session. Compared by identity, so a session that starts anew is
 * another subscriber. Free to share between threads; only its owner may look inside.
 */
public interface Subscriber {
    String clientId();

    /** The loop that owns this subscriber and takes what is delivered to it. */
    DeliveryTarget owner();

    /** Whether what is delivered can leave at once. Any thread; only a hint, for shared subscriptions. */
    default boolean isReachable() {
        return true;
    }

    /**
     * A subscription that was granted is no more: the server that brings its messages does not take it again. Called
     * from any thread.
     */
    void onSubscriptionLost(TopicFilter filter);
}
