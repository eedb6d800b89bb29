package io.causeway.broker.session;

/**
 * What the MQTT sessions of one loop amount to.
 *
 * @param connected      sessions with a connection
 * @param disconnected   sessions that wait for their client
 * @param subscriptions  of all sessions, shared ones included
 * @param queuedMessages waiting to be sent
 * @param inFlight       sent and not acknowledged
 * @param willsWaiting   for their delay to be over
 */
public record BrokerCensus(
        int connected, int disconnected, int subscriptions, long queuedMessages, long inFlight, int willsWaiting) {
    public static final BrokerCensus EMPTY = new BrokerCensus(0, 0, 0, 0, 0, 0);

    public BrokerCensus plus(BrokerCensus other) {
        return new BrokerCensus(
                connected + other.connected,
                disconnected + other.disconnected,
                subscriptions + other.subscriptions,
                queuedMessages + other.queuedMessages,
                inFlight + other.inFlight,
                willsWaiting + other.willsWaiting);
    }
}
