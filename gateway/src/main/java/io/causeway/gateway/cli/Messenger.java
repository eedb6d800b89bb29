package io.causeway.gateway.cli;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;

/** A client of a gateway or a broker that waits for each answer. Its methods are for one thread. */
interface Messenger extends AutoCloseable {

    /** @throws CommandFailure if the connection is refused, or nobody answers */
    void connect() throws CommandFailure, InterruptedException;

    /**
     * Publishes; returns when the message is acknowledged as its QoS asks. Needs a connection, but not at QoS -1.
     *
     * @throws CommandFailure if the message is refused or not possible, or nobody answers
     */
    void publish(Topic topic, Octets payload, Qos qos, boolean retain) throws CommandFailure, InterruptedException;

    /**
     * Subscribes, from then on the listener is told of messages. Needs a connection.
     *
     * @throws CommandFailure if the subscription is refused or not possible, or nobody answers
     */
    void subscribe(Topic topic, Qos qos) throws CommandFailure, InterruptedException;

    /** Ends the connection in order, if there is one. */
    @Override
    void close();

    /** Is told what happens to a connection. Called by a thread of the messenger, one call at a time. */
    interface Listener {
        /** For those who only publish. */
        Listener NONE = new Listener() {
            @Override
            public void onDelivery(Delivery delivery) {}

            @Override
            public void onLost(String cause) {}
        };

        /** A message; it is acknowledged when this returns. */
        void onDelivery(Delivery delivery);

        /** The connection has ended, and nobody here asked for it. */
        void onLost(String cause);
    }

    /**
     * A message that came for a subscription.
     *
     * @param topic its name; of a predefined topic its id, as no name is known
     * @param payload any octets
     * @param qos 0, 1 or 2
     * @param retained whether it had been kept, rather than published just now
     */
    record Delivery(String topic, Octets payload, int qos, boolean retained) {}
}
