package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredArrival;
import java.util.List;

/**
 * A session at an MQTT 3.1.1 broker and the network connections that it has, one after the other: the seam to an MQTT
 * client. What was published at QoS 1 and 2 belongs to the session until it is acknowledged, and is sent again, with
 * its packet id and in its order, on the next connection (§4.4).
 *
 * <p>Called by one worker only; a call may block it for a short time. Nothing is thrown for a connection that is just
 * going down: {@link Listener#onLost} tells.
 */
interface MqttConnection {
    /**
     * Begins to connect, which ends in {@link Listener#onConnected} or {@link Listener#onLost}. Messages of the session
     * that are {@linkplain PendingPublish#isAbandoned abandoned} are forgotten.
     *
     * @param maxInflight most messages to have unacknowledged, also of those that are sent again
     */
    void connect(int maxInflight);

    /**
     * Makes a QoS 2 message that was sent in an earlier life one of the session again, before the first connection.
     *
     * @param publish {@linkplain PendingPublish#isReceived received} if the broker is known to have it
     * @return false if the packet id belongs to another message: it has to be published anew
     */
    boolean restore(PendingPublish publish, int packetId);

    /** As {@link #restore}, for a QoS 2 message of the broker that was not completed. */
    void restore(StoredArrival arrival);

    /** Whether a topic name or filter can be sent at all. */
    boolean canCarry(String topic);

    /** Takes a message over; false if there is no connection. {@link Listener#onPublished} tells when it is done. */
    boolean publish(PendingPublish publish);

    /** Sends one SUBSCRIBE; {@link Listener#onSubscribed} brings its answer. */
    void subscribe(int requestId, List<Subscription> subscriptions);

    /** Sends one UNSUBSCRIBE; its answer is of no interest. */
    void unsubscribe(List<TopicFilter> filters);

    /** Tells the broker that we have a message (QoS 1, 2); false if its connection is gone. */
    boolean acknowledge(InboundMessage message);

    /**
     * Sends what had to wait for the store and need not any longer: packets of QoS 2, which others pass.
     *
     * @return false if there may be more
     */
    boolean sendHeld();

    /** Ends the connection by a DISCONNECT, as far as that takes no more than a moment. There is no further event. */
    void disconnect();

    /** Drops the connection or the attempt. There is no further event. */
    void abort();

    /** A filter, with the prefix, and the QoS asked for it. */
    record Subscription(TopicFilter filter, Qos qos) {}

    /** Told what happens; on threads of the MQTT client, which it must not hold up for long. */
    interface Listener {
        /**
         * @param sessionPresent whether the broker still had the session
         * @param asBridge       whether the broker was told, and accepts, that we are a bridge
         * @param forgotten      messages that went down with an old session and that the connection does not send again,
         *                       in the order of sending
         */
        void onConnected(boolean sessionPresent, boolean asBridge, List<PendingPublish> forgotten);

        /** A CONNECT may have reached the broker, and have made a new session there: its answer did not come. */
        void onUnanswered();

        /** The connection, or the attempt at one, is over. */
        void onLost(ConnectionLoss loss);

        /** At QoS 1 and 2 acknowledged by the broker, at QoS 0 written to the network. */
        void onPublished(PendingPublish publish);

        /** @param returnCodes one per filter of the request: the QoS granted, or 0x80 (§3.9.3) */
        void onSubscribed(int requestId, List<Integer> returnCodes);

        void onArrived(InboundMessage message);
    }
}
