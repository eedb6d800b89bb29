package io.causeway.store;

import io.causeway.routing.Qos;

/**
 * A subscription of a session.
 *
 * @param filter            as the client wrote it, with the group if the subscription is shared
 * @param form              MQTT-SN: how the client named the topic, in a word of the core; MQTT: empty
 * @param noLocal           not what the client itself publishes
 * @param retainAsPublished live messages keep the retain flag of their publisher
 * @param identifier        MQTT 5: to be told with each delivery, or 0
 * @param retainedOwed      the client has not been sent all retained messages that the filter means
 */
public record StoredSubscription(
        String filter,
        Qos qos,
        String form,
        boolean noLocal,
        boolean retainAsPublished,
        int identifier,
        boolean retainedOwed) {}
